using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>One's own songs that are, byte for byte, recordings of the datasets that a model is made of.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="First">The first of them.</param>
/// <param name="FirstRecording">The recording that it is.</param>
/// <param name="AreCompared">Whether there was something to compare with.</param>
internal sealed record LearntFiles(int Count, string? First, string? FirstRecording, bool AreCompared)
{
    /// <summary>Looks for them.</summary>
    /// <param name="files">The songs.</param>
    /// <param name="tables">Tables of recordings.</param>
    /// <param name="isLearnt">Whether a recording counts.</param>
    /// <param name="cancel">Ends the search.</param>
    public static LearntFiles Find(
        IReadOnlyList<FoundFile> files, IReadOnlyList<TableReader<Recording>> tables, Func<string, bool> isLearnt, CancellationToken cancel)
    {
        ILookup<string, FoundFile> byHash = files.Where(f => f.Sha256 is not null).ToLookup(f => f.Sha256!);
        var found = new Dictionary<FoundFile, string>();
        bool areCompared = false;
        foreach (Recording row in tables.SelectMany(t => t.Read(cancel)).Where(r => r.Sha256 is not null))
        {
            areCompared = true;
            foreach (FoundFile file in byHash[row.Sha256!].Where(_ => isLearnt(row.RecordingId)))
            {
                found.TryAdd(file, row.RecordingId);
            }
        }

        FoundFile? first = files.FirstOrDefault(found.ContainsKey);
        return new LearntFiles(found.Count, first?.Item.Path, first is null ? null : found[first], areCompared);
    }
}
