namespace Pipeline.Tables;

/// <summary>The keys under which a table's footer tells what it is.</summary>
public static class TableKeys
{
    /// <summary>The table's name.</summary>
    public const string Table = "pipeline.table";

    /// <summary>The version of its contract.</summary>
    public const string Version = "pipeline.version";

    /// <summary>How it came to be: see <see cref="Tables.Provenance"/>.</summary>
    public const string Provenance = "pipeline.provenance";
}
