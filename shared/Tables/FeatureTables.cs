namespace Pipeline.Tables;

/// <summary>
/// Tables of features of the same windows, one for each input of a network; usually one table. All windows of a table are of one
/// representation and one size.
/// </summary>
public sealed class FeatureTables
{
    private readonly FoldParts? parts; // null for those that the tables tell

    private FeatureTables(IReadOnlyList<string> names, IReadOnlyList<TableReader<FeatureRow>> readers, FoldParts? parts)
    {
        this.parts = parts;
        Names = names;
        Readers = readers;
        RowCount = readers[0].RowCount;
        Provenance = Provenance.Combine(readers.Select(r => r.Provenance));
    }

    /// <summary>The inputs' names; an empty one where there is one table.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The tables, in the order of the names.</summary>
    public IReadOnlyList<TableReader<FeatureRow>> Readers { get; }

    /// <summary>Windows.</summary>
    public long RowCount { get; }

    /// <summary>How the tables came to be.</summary>
    public Provenance Provenance { get; }

    /// <summary>The name of an input and the path, of what was given for it; the name is empty where only a path was given.</summary>
    public static (string Name, string Path) Divide(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.IndexOf('=', StringComparison.Ordinal);
        return at <= 0 || at == text.Length - 1 || File.Exists(text) || Directory.Exists(text) ? ("", text) : (text[..at], text[(at + 1)..]);
    }

    /// <summary>Opens the tables.</summary>
    /// <param name="given">One file or folder, or several, each with its name: <c>mfcc=features/mfcc.parquet</c>.</param>
    /// <exception cref="TableException">A table does not keep the contract, is empty, or has other windows than the first.</exception>
    public static FeatureTables Open(IReadOnlyList<string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        var names = new List<string>();
        var readers = new List<TableReader<FeatureRow>>();
        foreach (string text in given)
        {
            (string name, string path) = Divide(text);
            if (given.Count > 1 && (name.Length == 0 || names.Contains(name)))
            {
                throw new TableException($"'{text}': of several tables of features each needs a name of its own, as in mfcc=features/mfcc.parquet");
            }

            var reader = TableReader<FeatureRow>.Open(path);
            if (reader.RowCount == 0)
            {
                throw new TableException($"{path} has no rows: there is nothing to learn from");
            }

            if (readers.Count > 0 && reader.RowCount != readers[0].RowCount)
            {
                throw new TableException($"{path} has {reader.RowCount} windows and {readers[0].Path} {readers[0].RowCount}: make all tables of the same examples, with windows of the same length");
            }

            names.Add(name);
            readers.Add(reader);
        }

        return new FeatureTables(names, readers, null);
    }

    /// <summary>The same tables in the order of a network's inputs. A single one without a name is for all of them.</summary>
    /// <param name="inputs">Their names; an empty one for the only input.</param>
    /// <exception cref="TableException">A table is missing, or there is one more.</exception>
    public FeatureTables InOrderOf(IReadOnlyList<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs is [""])
        {
            return Names is [""] ? this : throw new TableException($"the network has one input, without a name: give one table of features, not {string.Join(" and ", Names.Select(n => $"'{n}'"))}");
        }

        if (Names is [""])
        {
            // Several views of the same features.
            return new FeatureTables([.. inputs], [.. inputs.Select(_ => Readers[0])], parts);
        }

        string wanted = string.Join(", ", inputs);
        if (Names.FirstOrDefault(n => !inputs.Contains(n)) is { } strange)
        {
            throw new TableException($"the network has no input '{strange}' (it has {wanted}): name each table of features after its input, as in {inputs[0]}=features.parquet");
        }

        if (inputs.FirstOrDefault(i => !Names.Contains(i)) is { } missing)
        {
            throw new TableException($"the network's input '{missing}' has no table of features: give --features {missing}=FILE");
        }

        return new FeatureTables([.. inputs], [.. inputs.Select(i => Readers[Names.ToList().IndexOf(i)])], parts);
    }

    /// <summary>The same windows in the parts of a fold.</summary>
    public FeatureTables Placed(FoldParts fold) => new(Names, Readers, fold);

    /// <summary>The windows in order, each with its features from all tables.</summary>
    /// <exception cref="TableException">The windows of a table differ in size or representation, or the tables' windows are not the same.</exception>
    public IEnumerable<FeatureRow[]> Read(CancellationToken cancel = default)
    {
        TableReader<FeatureRow>[] tables = [.. Readers.Distinct()]; // one may be for several inputs
        int[] tableOf = [.. Readers.Select(r => Array.IndexOf(tables, r))];
        var rows = new List<IEnumerator<FeatureRow>>();
        try
        {
            rows.AddRange(tables.Select(t => t.Read(cancel).GetEnumerator()));
            var first = new FeatureRow?[Readers.Count];
            while (rows[0].MoveNext())
            {
                for (int t = 1; t < rows.Count; t++)
                {
                    if (!rows[t].MoveNext())
                    {
                        throw new TableException($"{tables[t].Path} ends before {tables[0].Path}: make all tables of the same examples");
                    }
                }

                var window = new FeatureRow[Readers.Count];
                for (int i = 0; i < window.Length; i++)
                {
                    window[i] = rows[tableOf[i]].Current;
                    Check(window, i, first[i] ??= window[i]);
                }

                if (parts is null)
                {
                    yield return window;
                }
                else if (parts.Of(window[0]) is { } part)
                {
                    yield return Array.ConvertAll(window, w => w with { Split = part });
                }
            }
        }
        finally
        {
            rows.ForEach(r => r.Dispose());
        }
    }

    private void Check(FeatureRow[] window, int i, FeatureRow first)
    {
        FeatureRow row = window[i];
        if (row.Representation != first.Representation)
        {
            throw new TableException($"{Readers[i].Path} mixes representations: {first.RowKey} is of {first.Representation}, {row.RowKey} of {row.Representation}; a network is trained on one");
        }

        if (row.Channels != first.Channels || row.Frames != first.Frames)
        {
            throw new TableException($"{Readers[i].Path}: {first.RowKey} has {first.Channels} x {first.Frames} values and {row.RowKey} {row.Channels} x {row.Frames}: "
                + "a network wants windows of one size, which the recipe's features.window cuts");
        }

        if (row.Channels < 1 || row.Frames < 1 || row.Values.Length != (long)row.Channels * row.Frames)
        {
            throw new TableException($"{Readers[i].Path}: {row.RowKey} has {row.Values.Length} values, not {row.Channels} x {row.Frames}");
        }

        if (row.RowKey != window[0].RowKey)
        {
            throw new TableException($"{Readers[i].Path} has {row.RowKey} where {Readers[0].Path} has {window[0].RowKey}: make all tables of the same examples");
        }
    }
}
