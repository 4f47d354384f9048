using Pipeline.Cli;
using Pipeline.Parquet;
using Pipeline.Tables;

namespace Pipeline.Stages.Merging;

/// <summary>A file that is to be part of the merged table.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Table">Which table it is.</param>
/// <param name="RowCount">Its rows.</param>
/// <param name="Provenance">How it came to be.</param>
/// <param name="Shard">Which part of its stage's work it is; null where it is all of it.</param>
internal sealed record Part(string Path, TableContract Table, long RowCount, Provenance Provenance, Shard? Shard)
{
    /// <summary>The setting that says which part of its stage's work a table is.</summary>
    public const string ShardSetting = "shard";

    /// <summary>The stage that made it.</summary>
    public ProvenanceEntry Maker => Provenance.Entries[^1];

    /// <summary>Reads a file's footer.</summary>
    /// <exception cref="TableException">It is no table of the pipeline.</exception>
    public static Part Open(string path)
    {
        using ParquetFile file = ParquetFile.Open(path);
        string known = string.Join(", ", Contracts.All.Select(c => c.Name));
        string name = file.Metadata[TableKeys.Table]
            ?? throw new TableException($"{path}: its footer has no {TableKeys.Table}, so that it cannot be told which table it is, of {known}");
        TableContract table = Contracts.Find(name)
            ?? throw new TableException($"{path} is a '{name}' table, which is not known: merge can do {known}");
        if (file.Schema.Fields.FirstOrDefault(f => table.Columns.All(c => c.Name != f.Name)) is { } further)
        {
            Terminal.Message($"{path}: column '{further.Name}' is not one of '{name}': it is left out");
        }

        Provenance provenance = Provenance.Of(file);
        Shard? shard = null;
        if (provenance.Entries is [.., var maker] && maker.Settings.FirstOrDefault(s => s.Key == ShardSetting).Value is { } text)
        {
            Shard part = Cli.Shard.TryParse(text, out Shard told, out string? error) ? told : throw new TableException($"{path}: its provenance cannot be read: {error}");
            shard = part == Cli.Shard.All ? null : part;
        }

        return new Part(path, table, file.Metadata.RowCount, provenance, shard);
    }
}
