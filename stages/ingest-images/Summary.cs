using Pipeline.Cli;
using Pipeline.Datasets;

namespace Pipeline.Stages.ImageIngestion;

/// <summary>What people are told at the end.</summary>
internal static class Summary
{
    private const int PairsShown = 10;

    public static void Print(IReadOnlyList<ClipPicture> clips, IReadOnlyList<(int First, int Second)> alike, Manifest? manifest)
    {
        var faults = new Tally();
        foreach (ClipPicture clip in clips)
        {
            if (clip.Fault is { } fault)
            {
                faults.Add(fault);
            }
        }

        int labels = clips.Select(c => c.Item.Label).Where(l => l is not null).Distinct().Count();
        string all = $"{Amount.Of(clips.Count, "picture")} in {Amount.Of(labels, "class", "classes")}; {clips.Count - faults.Total} sound";
        Terminal.Message(all + (faults.Total > 0 ? $"; faults: {faults}" : ""));
        if (labels == 0)
        {
            Terminal.Message("no file is in a class folder: --root is the folder above them, if there are any");
        }

        foreach ((int first, int second) in alike.Take(PairsShown))
        {
            Terminal.Message($"{clips[second].Item.Path} looks like {clips[first].Item.Path}");
        }

        if (alike.Count > PairsShown)
        {
            Terminal.Message($"{alike.Count - PairsShown} more pairs look alike: see the column duplicate_group");
        }

        if (manifest is not null)
        {
            int known = clips.Count(c => c.Manifest is not null);
            Terminal.Message($"the manifest names {known} of the pictures" + (manifest.Count > known ? $"; {manifest.Count - known} of its clips are not here" : ""));
        }
    }
}
