using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Stages.AudioIngestion.Fingerprinting;

namespace Pipeline.Stages.AudioIngestion;

/// <summary>What people are told at the end.</summary>
internal static class Summary
{
    private const int GroupsShown = 10;
    private const double SecondsPerFrame = (double)SpectrogramPeaks.Hop / SpectrogramPeaks.SampleRate;

    public static void Print(IReadOnlyList<Clip> clips, DuplicateSearch duplicates, Manifest? manifest)
    {
        var faults = new Tally();
        foreach (Clip clip in clips)
        {
            if (clip.Fault is { } fault)
            {
                faults.Add(fault);
            }
        }

        int labels = clips.Select(c => c.Item.Label).Where(l => l is not null).Distinct().Count();
        double hours = clips.Sum(c => c.DurationS) / 3600;
        Terminal.Message($"{Amount.Of(clips.Count, "recording")} in {Amount.Of(labels, "class", "classes")}, {hours:0.##} hours; {clips.Count - faults.Total} sound" + (faults.Total > 0 ? $"; faults: {faults}" : ""));
        if (labels == 0)
        {
            Terminal.Message("no file is in a class folder: --root is the folder above them, if there are any");
        }

        foreach (Likeness pair in duplicates.Alike.Take(GroupsShown))
        {
            Terminal.Message(
                $"{clips[pair.Second].Item.Path} holds the sound of {clips[pair.First].Item.Path}, {pair.OffsetFrames * SecondsPerFrame:+0.0;-0.0;0.0} s in ({pair.Share:0 %} of the fingerprint)");
        }

        if (duplicates.Alike.Count > GroupsShown)
        {
            Terminal.Message($"{duplicates.Alike.Count - GroupsShown} more pairs hold the same sound: see the column duplicate_group");
        }

        if (manifest is not null)
        {
            int known = clips.Count(c => c.Manifest is not null);
            if (known == 0)
            {
                Terminal.Message("warning: the manifest names none of the recordings, so that no artists are known: its column 'file' has paths such as blues/blues.00000.wav, from the class folder on");
                return;
            }

            Terminal.Message($"the manifest names {known} of the recordings" + (manifest.Count > known ? $"; {manifest.Count - known} of its clips are not here" : ""));
        }
    }
}
