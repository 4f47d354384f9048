namespace Pipeline.Parquet;

/// <summary>
/// Some rows of one column. The spans are valid until the next batch is read.
/// </summary>
/// <remarks>
/// A scalar column has one slot per row. A column of lists has one slot per element, and <see cref="Offsets"/> tells
/// which slots are whose. The slot of a null holds the type's default.
/// </remarks>
public abstract class ColumnBatch
{
    internal int[] OffsetArray = new int[1];
    internal bool[] RowNulls = [];
    internal bool[] SlotNulls = [];

    private protected ColumnBatch(ColumnDescriptor column) => Column = column;

    /// <summary>The column.</summary>
    public ColumnDescriptor Column { get; }

    /// <summary>Number of rows in the batch.</summary>
    public int Rows { get; internal set; }

    /// <summary>Number of slots in the batch.</summary>
    public int Slots { get; internal set; }

    /// <summary>Whether any row is null.</summary>
    public bool HasNulls { get; internal set; }

    /// <summary>Whether any element of a list is null.</summary>
    public bool HasNullElements { get; internal set; }

    /// <summary>Whether the column holds lists.</summary>
    public bool IsList => Column.MaxRepetition > 0;

    /// <summary>For lists: the first slot of each row, and the number of slots at the end.</summary>
    public ReadOnlySpan<int> Offsets => OffsetArray.AsSpan(0, Rows + 1);

    /// <summary>Whether a row is null.</summary>
    public bool IsNull(int row) => HasNulls && RowNulls[row];

    /// <summary>
    /// The value of a slot as what its annotation says it is: see <see cref="ParquetFile.ReadRecords"/> for the types. The slot must not be null.
    /// </summary>
    public object GetValue(int slot) => Reading.LogicalValue.Get(this, slot);

    /// <summary>Whether a slot of a list is a null element.</summary>
    public bool IsNullElement(int slot) => HasNullElements && SlotNulls[slot];
}

/// <summary>Some rows of one column whose values have a fixed size: bool, int, long, float, double or <see cref="Int96"/>.</summary>
/// <typeparam name="T">The stored type.</typeparam>
public class ColumnBatch<T> : ColumnBatch where T : unmanaged
{
    internal T[] ValueArray = [];

    internal ColumnBatch(ColumnDescriptor column)
        : base(column)
    {
    }

    /// <summary>The values by slot.</summary>
    public ReadOnlySpan<T> Values => ValueArray.AsSpan(0, Slots);

    /// <summary>The elements of a row's list, straight out of the batch; empty where the list is null.</summary>
    public ReadOnlySpan<T> List(int row) => ValueArray.AsSpan(OffsetArray[row], OffsetArray[row + 1] - OffsetArray[row]);
}
