namespace Pipeline.Parquet.Reading;

/// <summary>A leaf column as record assembly sees it: a stream of entries, each with its levels and maybe a value.</summary>
internal sealed class RecordLeaf(ColumnReader reader)
{
    private int entry;
    private int entries;
    private int slot;

    public ColumnReader Reader { get; } = reader;

    public ColumnDescriptor Column => Reader.Column;

    /// <summary>Whether the batch has a further entry.</summary>
    public bool HasNext => entry < entries;

    /// <summary>Repetition level of the next entry.</summary>
    public int Repetition => Column.MaxRepetition == 0 ? 0 : Reader.Repetition[entry];

    /// <summary>Definition level of the next entry.</summary>
    public int Definition =>
        !HasNext ? throw OutOfStep()
        : Column.MaxDefinition == 0 ? 0 : Reader.Definition[entry];

    public void ReadRows(int rows)
    {
        Reader.ReadLevels(rows);
        entry = slot = 0;
        entries = Column.MaxRepetition > 0 ? Reader.Repetition.Length : rows;
    }

    /// <summary>The next entry's value, which must be there.</summary>
    public object TakeValue()
    {
        if (Definition != Column.MaxDefinition)
        {
            throw OutOfStep();
        }

        entry++;
        return LogicalValue.Get(Reader.Batch, slot++);
    }

    /// <summary>Passes over an entry without a value.</summary>
    public void Pass()
    {
        if (Definition == Column.MaxDefinition)
        {
            throw OutOfStep();
        }

        entry++;
    }

    /// <summary>Checks that a row has used all entries that belong to it.</summary>
    public void EndRow()
    {
        if (HasNext && Repetition != 0)
        {
            throw OutOfStep();
        }
    }

    // Columns of one struct or map must agree on how many entries there are: a forged file's may not.
    private ParquetException OutOfStep() => new($"the columns of one field disagree on its structure, at {Column.Path}");
}
