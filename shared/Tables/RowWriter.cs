using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>Takes a row's columns one after the other, in the order of the contract.</summary>
public sealed class RowWriter
{
    private readonly ColumnWriter[] columns;
    private int next;

    internal RowWriter(ParquetWriter writer) => columns = [.. writer.Columns];

    /// <summary>Text, or null where the contract allows it.</summary>
    public RowWriter Text(string? value)
    {
        Next<ByteColumnWriter>().Append(value);
        return this;
    }

    /// <summary>A whole number, or null where the contract allows it.</summary>
    public RowWriter Int32(int? value)
    {
        Next<ColumnWriter<int>>().Append(value);
        return this;
    }

    /// <summary>A long whole number.</summary>
    public RowWriter Int64(long value)
    {
        Next<ColumnWriter<long>>().Append(value);
        return this;
    }

    /// <summary>A number, or null where the contract allows it.</summary>
    public RowWriter Float(float? value)
    {
        Next<ColumnWriter<float>>().Append(value);
        return this;
    }

    /// <summary>A number in double precision, or null where the contract allows it.</summary>
    public RowWriter Double(double? value)
    {
        Next<ColumnWriter<double>>().Append(value);
        return this;
    }

    /// <summary>A list of numbers.</summary>
    public RowWriter Floats(ReadOnlySpan<float> values)
    {
        Next<ColumnWriter<float>>().AppendList(values);
        return this;
    }

    /// <summary>A list of text.</summary>
    public RowWriter Texts(IReadOnlyList<string> values)
    {
        Next<ByteColumnWriter>().AppendList(values);
        return this;
    }

    internal void Begin() => next = 0;

    private TColumn Next<TColumn>() where TColumn : ColumnWriter =>
        next < columns.Length && columns[next] is TColumn column
            ? Advance(column)
            : throw new InvalidOperationException($"column {next} of the row is not a {typeof(TColumn).Name}");

    private TColumn Advance<TColumn>(TColumn column)
    {
        next++;
        return column;
    }
}
