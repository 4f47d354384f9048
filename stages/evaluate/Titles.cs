using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>Looks up what the recordings of mistakes are called.</summary>
internal static class Titles
{
    /// <summary>The columns that are read beside those that every recording has.</summary>
    public static readonly string[] Columns = ["title", "artist"];

    /// <summary>The parts, with the names of their mistakes.</summary>
    public static Evaluation[] Add(IReadOnlyList<TableReader<Recording>> tables, IReadOnlyList<Evaluation> parts, CancellationToken cancel)
    {
        var names = new Dictionary<string, (string? Title, string? Artist)>();
        foreach (string id in parts.SelectMany(p => p.Mistakes).Select(m => m.RecordingId))
        {
            names[id] = default;
        }

        foreach (Recording row in tables.SelectMany(t => t.Read(cancel)))
        {
            if (names.ContainsKey(row.RecordingId))
            {
                names[row.RecordingId] = (row.Title, row.Artist);
            }
        }

        return [.. parts.Select(p => p with { Mistakes = [.. p.Mistakes.Select(m => m with { Name = names[m.RecordingId] })] })];
    }
}
