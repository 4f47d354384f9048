namespace Pipeline.Parquet;

/// <summary>What the footer of a file says.</summary>
/// <param name="Schema">The columns.</param>
/// <param name="RowCount">Number of rows in all row groups.</param>
/// <param name="RowGroups">The row groups, in file order.</param>
/// <param name="KeyValues">Text that writers leave for readers, in file order.</param>
/// <param name="CreatedBy">The program that wrote the file, if told.</param>
public sealed record FileMetadata(
    ParquetSchema Schema,
    long RowCount,
    IReadOnlyList<RowGroupMetadata> RowGroups,
    IReadOnlyList<KeyValuePair<string, string?>> KeyValues,
    string? CreatedBy)
{
    /// <summary>The text left under a key, or null.</summary>
    public string? this[string key]
    {
        get
        {
            foreach ((string k, string? value) in KeyValues)
            {
                if (k == key)
                {
                    return value;
                }
            }

            return null;
        }
    }
}
