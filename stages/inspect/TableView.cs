using Pipeline.Cli;
using Pipeline.Parquet;
using Pipeline.Tables;

namespace Pipeline.Stages.Inspection;

/// <summary>What the user wants to look at: some files of one schema, some of their columns, some of their rows.</summary>
internal sealed class TableView
{
    private const int MostNames = 20;

    private TableView(string path, IReadOnlyList<string> files, IReadOnlyList<(FileMetadata Metadata, long Length)> footers, IReadOnlyList<SchemaNode> columns, IReadOnlyList<Condition> conditions)
    {
        Path = path;
        Files = files;
        Footers = footers;
        Columns = columns;
        Conditions = conditions;
    }

    public string Path { get; }

    public IReadOnlyList<string> Files { get; }

    /// <summary>Footer and length of each file.</summary>
    public IReadOnlyList<(FileMetadata Metadata, long Length)> Footers { get; }

    /// <summary>The first file's footer: all have the same columns.</summary>
    public FileMetadata First => Footers[0].Metadata;

    /// <summary>The columns asked for, in the order asked for.</summary>
    public IReadOnlyList<SchemaNode> Columns { get; }

    public IReadOnlyList<Condition> Conditions { get; }

    public long RowCount => Footers.Sum(f => f.Metadata.RowCount);

    public long Length => Footers.Sum(f => f.Length);

    public static TableView Open(string path, IReadOnlyList<string>? columns, IReadOnlyList<string> conditions)
    {
        IReadOnlyList<string> files = TableFiles.Of(path);
        var footers = new List<(FileMetadata Metadata, long Length)>();
        foreach (string name in files)
        {
            using ParquetFile file = ParquetFile.Open(name);
            footers.Add((file.Metadata, file.Length));
            string[] own = Describe(file.Schema), first = Describe(footers[0].Metadata.Schema);
            if (!own.SequenceEqual(first))
            {
                throw new StageException(
                    $"{name}: its columns differ from those of {files[0]} ({Difference(first, own)}): the files are not one table");
            }
        }

        ParquetSchema schema = footers[0].Metadata.Schema;
        return new TableView(
            path,
            files,
            footers,
            columns is null ? schema.Fields : [.. columns.Select(c => Find(schema, c))],
            [.. conditions.Select(c => Condition.Parse(c, schema))]);
    }

    /// <summary>The top-level column of that name.</summary>
    public static SchemaNode Find(ParquetSchema schema, string name)
    {
        SchemaNode? found = schema.Fields.FirstOrDefault(f => f.Name == name);
        if (found is not null)
        {
            return found;
        }

        if (schema.Fields.FirstOrDefault(f => name.StartsWith(f.Name + ".", StringComparison.Ordinal)) is { } outer)
        {
            throw new StageException($"'{name}' is within column '{outer.Name}' ({outer.TypeName}): only whole columns can be asked for");
        }

        // All of a few hundred names would bury the sentence.
        string names = string.Join(", ", schema.Fields.Take(MostNames).Select(f => f.Name));
        string rest = schema.Fields.Count > MostNames ? $" and {schema.Fields.Count - MostNames} more" : "";
        throw new StageException($"there is no column '{name}'; there are: {names}{rest}");
    }

    /// <summary>
    /// Goes through the rows that meet the conditions, a batch at a time: the batches of <paramref name="columns"/>,
    /// which hold at most one level of lists, and the row's number within them.
    /// </summary>
    public IEnumerable<(RowBatches Batches, int Row)> Scan(IReadOnlyList<SchemaNode> columns, CancellationToken cancel)
    {
        string[] names = [.. columns.Select(LeafPath), .. Conditions.Select(c => c.Column)];
        foreach (string name in Files)
        {
            using ParquetFile file = ParquetFile.Open(name);
            using RowBatches batches = file.Read(names);
            while (batches.Next())
            {
                cancel.ThrowIfCancellationRequested();
                for (int row = 0; row < batches.Count; row++)
                {
                    if (Holds(batches, columns.Count, row))
                    {
                        yield return (batches, row);
                    }
                }
            }
        }
    }

    /// <summary>The rows that meet the conditions, as objects.</summary>
    public IEnumerable<object?[]> Records(CancellationToken cancel)
    {
        List<SchemaNode> wanted = [.. Columns];
        wanted.AddRange(Conditions.Select(c => Find(First.Schema, c.Column)).Where(c => !wanted.Contains(c)).Distinct());
        string[] names = [.. wanted.Select(c => c.Name)];
        int[] tested = [.. Conditions.Select(c => Array.IndexOf(names, c.Column))];
        foreach (string name in Files)
        {
            using ParquetFile file = ParquetFile.Open(name);
            foreach (object?[] row in file.ReadRecords(names))
            {
                cancel.ThrowIfCancellationRequested();
                bool holds = true;
                for (int i = 0; i < tested.Length && holds; i++)
                {
                    holds = Conditions[i].Holds(row[tested[i]]);
                }

                if (holds)
                {
                    yield return wanted.Count == Columns.Count ? row : row[..Columns.Count];
                }
            }
        }
    }

    /// <summary>The path of a column's only leaf.</summary>
    public static string LeafPath(SchemaNode column)
    {
        string path = column.Name;
        for (SchemaNode node = column; node.Children is [var only]; node = only)
        {
            path += "." + only.Name;
        }

        return path;
    }

    private bool Holds(RowBatches batches, int firstCondition, int row)
    {
        for (int i = 0; i < Conditions.Count; i++)
        {
            ColumnBatch batch = batches[firstCondition + i];
            if (!Conditions[i].Holds(batch.IsNull(row) ? null : batch.GetValue(row)))
            {
                return false;
            }
        }

        return true;
    }

    private static string[] Describe(ParquetSchema schema) => [.. schema.Fields.Select(f => $"{f.Name} {f.TypeName}")];

    private static string Difference(string[] first, string[] own)
    {
        string? missing = first.Except(own).FirstOrDefault(), extra = own.Except(first).FirstOrDefault();
        return missing is not null && extra is not null ? $"'{extra}' for '{missing}'"
            : missing is not null ? $"without '{missing}'"
            : extra is not null ? $"with '{extra}'"
            : "in another order";
    }
}
