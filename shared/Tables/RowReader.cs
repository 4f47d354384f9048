using System.Runtime.CompilerServices;
using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>Reads a row's columns one after the other, in the order of the contract.</summary>
public sealed class RowReader
{
    private readonly TableContract contract;
    private readonly ColumnBatch?[] columns;
    private readonly string file;
    private long firstRow;
    private int row;
    private int next;

    internal RowReader(TableContract contract, ColumnBatch?[] columns, string file)
    {
        this.contract = contract;
        this.columns = columns;
        this.file = file;
    }

    /// <summary>The row's number in its file, from 0.</summary>
    public long RowNumber => firstRow + row;

    /// <summary>Text that must be there.</summary>
    public string Text()
    {
        ByteColumnBatch batch = Required<ByteColumnBatch>();
        return batch.Text(row);
    }

    /// <summary>Text, or null.</summary>
    public string? TextOrNull() => Optional<ByteColumnBatch>() is { } batch ? batch.Text(row) : null;

    /// <summary>A whole number that must be there.</summary>
    public int Int32() => Required<ColumnBatch<int>>().Values[row];

    /// <summary>A whole number, or null.</summary>
    public int? Int32OrNull() => Optional<ColumnBatch<int>>()?.Values[row];

    /// <summary>A long whole number that must be there.</summary>
    public long Int64() => Required<ColumnBatch<long>>().Values[row];

    /// <summary>A number that must be there.</summary>
    public float Float() => Required<ColumnBatch<float>>().Values[row];

    /// <summary>A number, or null.</summary>
    public float? FloatOrNull() => Optional<ColumnBatch<float>>()?.Values[row];

    /// <summary>A number in double precision that must be there.</summary>
    public double Double() => Required<ColumnBatch<double>>().Values[row];

    /// <summary>A number in double precision, or null.</summary>
    public double? DoubleOrNull() => Optional<ColumnBatch<double>>()?.Values[row];

    /// <summary>A list of numbers that must be there: an array of the row's own.</summary>
    public float[] Floats()
    {
        ColumnBatch<float> batch = Required<ColumnBatch<float>>();
        RequireElements(batch);
        return batch.List(row).ToArray();
    }

    /// <summary>A list of text that must be there.</summary>
    public string[] Texts()
    {
        ByteColumnBatch batch = Required<ByteColumnBatch>();
        RequireElements(batch);
        (int first, int end) = (batch.Offsets[row], batch.Offsets[row + 1]);
        var texts = new string[end - first];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = batch.Text(first + i);
        }

        return texts;
    }

    internal void MoveTo(long firstRow, int row)
    {
        this.firstRow = firstRow;
        this.row = row;
        next = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TBatch Required<TBatch>() where TBatch : ColumnBatch
    {
        int column = next++;
        ColumnBatch? batch = columns[column];
        return batch is TBatch typed && !typed.IsNull(row) ? typed : throw Unexpected(column, batch, typeof(TBatch));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TBatch? Optional<TBatch>() where TBatch : ColumnBatch
    {
        int column = next++;
        ColumnBatch? batch = columns[column];
        return batch switch
        {
            null => null,
            TBatch typed => typed.IsNull(row) ? null : typed,
            _ => throw Unexpected(column, batch, typeof(TBatch)),
        };
    }

    private void RequireElements(ColumnBatch batch)
    {
        if (!batch.HasNullElements)
        {
            return;
        }

        for (int slot = batch.Offsets[row]; slot < batch.Offsets[row + 1]; slot++)
        {
            if (batch.IsNullElement(slot))
            {
                throw new TableException($"{file}: row {RowNumber}: column '{contract.Columns[next - 1].Name}' holds a null within its list, which '{contract.Name}' does not allow");
            }
        }
    }

    private Exception Unexpected(int column, ColumnBatch? batch, Type type) =>
        batch is null || batch.GetType() == type || batch.GetType().IsSubclassOf(type)
            ? new TableException($"{file}: row {RowNumber}: column '{contract.Columns[column].Name}' is null, which '{contract.Name}' does not allow")
            : new InvalidOperationException($"column '{contract.Columns[column].Name}' of '{contract.Name}' is {contract.Columns[column].TypeName}: the record reads it as {type}");
}
