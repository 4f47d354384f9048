using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>Reads a table, in one file or many, row by row.</summary>
/// <typeparam name="T">The row's type, which carries the contract.</typeparam>
/// <example>
/// <code>
/// TableReader&lt;Label&gt; labels = TableReader&lt;Label&gt;.Open("labels.parquet");
/// foreach (Label label in labels.Read(cancel)) { ... }
/// </code>
/// </example>
public sealed class TableReader<T> where T : ITableRow<T>
{
    private readonly IReadOnlyList<long> rowCounts; // of each file
    private readonly IReadOnlyCollection<string>? optional; // of the columns that may be missing, those that are read; null for all

    private TableReader(string path, IReadOnlyList<string> files, IReadOnlyList<long> rowCounts, Provenance provenance, IReadOnlyCollection<string>? optional)
    {
        this.optional = optional;
        Path = path;
        Files = files;
        this.rowCounts = rowCounts;
        RowCount = rowCounts.Sum();
        Provenance = provenance;
    }

    /// <summary>The file or folder, as given.</summary>
    public string Path { get; }

    /// <summary>The table's files, in order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Number of rows in all files.</summary>
    public long RowCount { get; }

    /// <summary>How the table came to be.</summary>
    public Provenance Provenance { get; }

    /// <summary>
    /// Opens a table: looks at every file's footer, so that a wrong or foreign table fails here and not an hour in.
    /// </summary>
    /// <exception cref="TableException">The table does not keep the contract.</exception>
    /// <exception cref="ParquetException">A file is no Parquet file, or damaged.</exception>
    public static TableReader<T> Open(string path) => Open(path, null);

    /// <summary>The same; of the columns that may be missing only some are read, and the others are null: whoever needs few of them is faster.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="optional">Names of those columns; null for all.</param>
    public static TableReader<T> Open(string path, IReadOnlyCollection<string>? optional)
    {
        IReadOnlyList<string> files = TableFiles.Of(path);
        var rows = new List<long>();
        var provenance = new List<Provenance>();
        foreach (string name in files)
        {
            using ParquetFile file = ParquetFile.Open(name);
            IReadOnlyList<string> findings = T.Contract.CompareColumns(file.Metadata);
            if (findings.Count > 0)
            {
                string more = findings.Count > 1 ? $" (and {findings.Count - 1} more: inspect --contract {T.Contract.Name} tells all)" : "";
                throw new TableException($"{name}: {findings[0]}{more}");
            }

            rows.Add(file.Metadata.RowCount);
            provenance.Add(Provenance.Of(file));
        }

        return new TableReader<T>(path, files, rows, Provenance.Combine(provenance), optional);
    }

    /// <summary>The rows, in order. Memory does not depend on how many there are.</summary>
    public IEnumerable<T> Read(CancellationToken cancel = default) => Read(0, cancel);

    /// <summary>The rows from one on, in order. What comes before is passed over unread, to a row group.</summary>
    /// <param name="start">The first row, counted from 0 over all files.</param>
    /// <param name="cancel">Ends the reading.</param>
    public IEnumerable<T> Read(long start, CancellationToken cancel)
    {
        for (int i = 0; i < Files.Count; start -= rowCounts[i++])
        {
            if (start < rowCounts[i])
            {
                foreach (RowReader row in TableRows.Of(T.Contract, Files[i], Math.Max(0, start), optional, cancel))
                {
                    yield return T.Read(row);
                }
            }
        }
    }
}
