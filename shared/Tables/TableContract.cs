using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>What a table promises: its name, its version and its columns.</summary>
public sealed class TableContract
{
    private readonly Func<RowReader, (string Key, string? Fault)> checkRow;

    private TableContract(
        string name, int version, string purpose, ParquetWriterOptions storage,
        IReadOnlyList<ParquetColumn> columns, Type rowType, Func<RowReader, (string Key, string? Fault)> checkRow)
    {
        Name = name;
        Version = version;
        Purpose = purpose;
        Storage = storage;
        Columns = columns;
        RowType = rowType;
        this.checkRow = checkRow;
    }

    /// <summary>The table's name, as in the footer's <c>pipeline.table</c>.</summary>
    public string Name { get; }

    /// <summary>Goes up with every change that an old reader would stumble over.</summary>
    public int Version { get; }

    /// <summary>What a row is, in a few words.</summary>
    public string Purpose { get; }

    /// <summary>
    /// How the table is stored unless its writer says otherwise: the same rows are the same bytes, whichever program wrote them.
    /// </summary>
    public ParquetWriterOptions Storage { get; }

    /// <summary>The columns, in order. Optional ones may be left out of a table.</summary>
    public IReadOnlyList<ParquetColumn> Columns { get; }

    /// <summary>The record type of a row: its doc comments give unit and shape of each column.</summary>
    public Type RowType { get; }

    /// <summary>Describes a table whose rows are <typeparamref name="T"/>.</summary>
    public static TableContract Of<T>(string name, int version, string purpose, params ParquetColumn[] columns)
        where T : ITableRow<T> =>
        new(name, version, purpose, new ParquetWriterOptions(), columns, typeof(T), row =>
        {
            T read = T.Read(row);
            return (read.RowKey, read.FindFault());
        });

    /// <summary>The same table, stored in another way.</summary>
    public TableContract StoredWith(ParquetWriterOptions storage) => new(Name, Version, Purpose, storage, Columns, RowType, checkRow);

    /// <summary>
    /// Everything that keeps a file's columns from being this table, one sentence each; none where the file fits.
    /// The order of columns does not matter, further columns may be there, an optional column may be missing, and a
    /// required one may be declared optional as long as no row makes use of it.
    /// </summary>
    public IReadOnlyList<string> CompareColumns(FileMetadata file)
    {
        var findings = new List<string>();
        if (file[TableKeys.Table] is { } table && table != Name)
        {
            findings.Add($"it is a '{table}' table, '{Name}' was expected");
            return findings;
        }

        if (file[TableKeys.Version] is { } text && (!int.TryParse(text, out int version) || version > Version))
        {
            findings.Add($"it is version {text} of '{Name}', this program knows versions up to {Version}");
            return findings;
        }

        foreach (ParquetColumn column in Columns)
        {
            SchemaNode? found = file.Schema.Fields.FirstOrDefault(f => f.Name == column.Name);
            if (found is null)
            {
                if (!column.IsOptional)
                {
                    findings.Add($"column '{column.Name}' is missing ({column.TypeName} was expected)");
                }
            }
            else if (Bare(found.TypeName) != Bare(column.TypeName))
            {
                findings.Add($"column '{column.Name}' is {found.TypeName}, {column.TypeName} was expected");
            }
        }

        return findings;
    }

    /// <summary>The key of the row that the reader stands on, and what is wrong with the row, or null.</summary>
    public (string Key, string? Fault) CheckRow(RowReader row) => checkRow(row);

    private static string Bare(string typeName) => typeName.Replace("?", "", StringComparison.Ordinal);
}
