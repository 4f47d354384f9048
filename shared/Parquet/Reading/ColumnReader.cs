using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Metadata;

namespace Pipeline.Parquet.Reading;

/// <summary>
/// Reads one column: row group by row group, any number of rows at a time. Levels are decoded a few thousand at a time
/// and values go straight from the page into the batch, so that a list&lt;float&gt; costs one pass over its bytes and
/// memory depends on the rows asked for, not on the page.
/// </summary>
internal abstract class ColumnReader : IDisposable
{
    private const int LevelPiece = 8192;

    /// <summary>
    /// Runs and dictionaries let a few bytes stand for many values. What a batch expands to is believed up to this many
    /// values, and beyond that up to this many for each byte that the chunk's pages have come to after decompression.
    /// </summary>
    private const long TrustedValues = 1 << 24, TrustedValuesPerByte = 1024;

    private readonly PageReader pages;
    private readonly LevelDecoder repetition;
    private readonly LevelDecoder definition;
    private readonly byte[] repetitionPiece;
    private readonly byte[] definitionPiece;
    private byte[] batchRepetition = [];
    private byte[] batchDefinition = [];
    private int batchLevels;
    private long entriesLeft;      // of the chunk, in pages not yet started
    private int pageEntriesLeft;   // of the page, not yet decoded to levels
    private int pieceAt;
    private int pieceEnd;
    private bool pieceIsWhole;     // no nulls and no empty lists in the piece

    protected ColumnReader(FileSource file, ColumnDescriptor column)
    {
        Column = column;
        pages = new PageReader(file, column);
        repetition = new LevelDecoder(column.MaxRepetition);
        definition = new LevelDecoder(column.MaxDefinition);
        repetitionPiece = new byte[column.MaxRepetition > 0 ? LevelPiece : 0];
        definitionPiece = new byte[column.MaxDefinition > 0 ? LevelPiece : 0];
    }

    public ColumnDescriptor Column { get; }

    /// <summary>What <see cref="ReadRows"/> fills.</summary>
    public abstract ColumnBatch Batch { get; }

    /// <summary>Repetition levels of what <see cref="ReadLevels"/> read; empty for a column without lists.</summary>
    public ReadOnlySpan<byte> Repetition => batchRepetition.AsSpan(0, Column.MaxRepetition > 0 ? batchLevels : 0);

    /// <summary>Definition levels of what <see cref="ReadLevels"/> read; empty for a column without nulls.</summary>
    public ReadOnlySpan<byte> Definition => batchDefinition.AsSpan(0, Column.MaxDefinition > 0 ? batchLevels : 0);

    /// <summary>The reader for a column's type.</summary>
    public static ColumnReader Create(FileSource file, ColumnDescriptor column) => column.Type switch
    {
        PhysicalType.Boolean => new ColumnReader<bool>(file, column),
        PhysicalType.Int32 => new ColumnReader<int>(file, column),
        PhysicalType.Int64 => new ColumnReader<long>(file, column),
        PhysicalType.Int96 => new ColumnReader<Int96>(file, column),
        PhysicalType.Float => new ColumnReader<float>(file, column),
        PhysicalType.Double => new ColumnReader<double>(file, column),
        _ => new ColumnReader<ByteRange>(file, column),
    };

    /// <summary>Starts on a row group's chunk.</summary>
    public void Start(ColumnChunkMetadata chunk)
    {
        entriesLeft = chunk.ValueCount;
        pageEntriesLeft = pieceAt = pieceEnd = 0;
        StartChunk();
        pages.Start(chunk);
    }

    /// <summary>Reads exactly that many rows into the batch, by rows and slots.</summary>
    public void ReadRows(int rows)
    {
        ColumnBatch batch = Batch;
        ClearBatch();
        batch.Rows = rows;
        batch.HasNulls = batch.HasNullElements = false;
        batch.Slots = 0;
        if (Column.MaxRepetition == 0)
        {
            ReadFlat(batch, rows);
        }
        else
        {
            ReadLists(batch, rows);
        }
    }

    /// <summary>Reads exactly that many rows as levels, and their values without nulls.</summary>
    public void ReadLevels(int rows)
    {
        ClearBatch();
        Batch.Rows = rows;
        Batch.Slots = 0;
        batchLevels = 0;
        int row = -1;
        while (HavePiece())
        {
            int count = TakeRows(rows, ref row);
            if (count == 0)
            {
                break;
            }

            CheckExpansion(batchLevels + (long)count);
            AppendLevels(ref batchRepetition, repetitionPiece, count);
            AppendLevels(ref batchDefinition, definitionPiece, count);
            batchLevels += count;
            int present = Present(count);
            GrowSlots(Batch.Slots + present);
            ReadValues(Batch.Slots, present);
            Batch.Slots += present;
            pieceAt += count;
        }

        if (row != rows - 1)
        {
            throw MissingRows(rows - 1 - row);
        }
    }

    /// <summary>Checks that a row group's last row was the chunk's last.</summary>
    public void ExpectEnd()
    {
        if (pieceAt < pieceEnd || pageEntriesLeft > 0 || entriesLeft > 0)
        {
            throw new ParquetException("the column holds more rows than its row group");
        }
    }

    public void Dispose() => pages.Dispose();

    /// <summary>Has the batch hold that many slots.</summary>
    protected abstract void GrowSlots(int slots);

    /// <summary>Reads the next values of the page into slots.</summary>
    protected abstract void ReadValues(int firstSlot, int count);

    /// <summary>Moves the values of slots apart so that those whose level is below the maximum are left default.</summary>
    protected abstract void Spread(int firstSlot, int present, ReadOnlySpan<byte> levels);

    /// <summary>Forgets what belongs to the chunk before.</summary>
    protected abstract void StartChunk();

    /// <summary>Forgets what belongs to the batch before.</summary>
    protected abstract void ClearBatch();

    /// <summary>Takes in a dictionary page.</summary>
    protected abstract void ReadDictionary(in PageHeader header, ReadOnlyMemory<byte> data);

    /// <summary>Starts on a data page's values.</summary>
    protected abstract void StartValues(in PageHeader header, ReadOnlyMemory<byte> data);

    private void ReadFlat(ColumnBatch batch, int rows)
    {
        GrowSlots(rows);
        while (batch.Slots < rows)
        {
            if (!HavePiece())
            {
                throw MissingRows(rows - batch.Slots);
            }

            int first = batch.Slots, count = Math.Min(rows - first, pieceEnd - pieceAt);
            int present = Present(count);
            ReadValues(first, present);
            if (present < count)
            {
                ReadOnlySpan<byte> levels = definitionPiece.AsSpan(pieceAt, count);
                Spread(first, present, levels);
                MarkNulls(ref batch.RowNulls, batch.HasNulls, first, levels, rows);
                batch.HasNulls = true;
            }
            else if (batch.HasNulls)
            {
                batch.RowNulls.AsSpan(first, count).Clear();
            }

            batch.Slots += count;
            pieceAt += count;
        }
    }

    private void ReadLists(ColumnBatch batch, int rows)
    {
        if (batch.OffsetArray.Length < rows + 1)
        {
            batch.OffsetArray = new int[rows + 1];
        }

        int row = -1;
        bool isClosed = false; // the row's list is null or empty
        while (HavePiece())
        {
            ReadOnlySpan<byte> levels = repetitionPiece.AsSpan(pieceAt, pieceEnd - pieceAt);
            if (levels[0] == 0)
            {
                if (row == rows - 1)
                {
                    break;
                }

                batch.OffsetArray[++row] = batch.Slots;
            }
            else if (row < 0)
            {
                throw new ParquetException("the column starts within a row");
            }
            else if (isClosed)
            {
                throw NullGoesOn();
            }

            int next = levels[1..].IndexOf((byte)0);
            int count = next < 0 ? levels.Length : next + 1;
            isClosed = ReadElements(batch, row, rows, count);
            pieceAt += count;
        }

        if (row != rows - 1)
        {
            throw MissingRows(rows - 1 - row);
        }

        batch.OffsetArray[rows] = batch.Slots;
        if (batch.HasNulls)
        {
            batch.RowNulls.AsSpan(rows).Clear();
        }
    }

    /// <summary>Reads the piece's next entries, all of one row; whether its list is null or empty.</summary>
    private bool ReadElements(ColumnBatch batch, int row, int rows, int count)
    {
        int first = batch.Slots;
        if (!pieceIsWhole)
        {
            ReadOnlySpan<byte> levels = definitionPiece.AsSpan(pieceAt, count);
            if (levels[0] < Column.ElementDefinition)
            {
                if (count > 1 || repetitionPiece[pieceAt] != 0)
                {
                    throw NullGoesOn();
                }

                if (levels[0] < Column.ElementDefinition - 1)
                {
                    MarkNullRow(batch, row, rows);
                }

                return true;
            }

            int present = Present(count);
            if (present < count)
            {
                if (levels.ContainsAnyInRange((byte)0, (byte)(Column.ElementDefinition - 1)))
                {
                    throw new ParquetException("a list holds the level of a list that is null or empty");
                }

                CheckExpansion(first + (long)count);
                GrowSlots(first + count);
                ReadValues(first, present);
                Spread(first, present, levels);
                MarkNulls(ref batch.SlotNulls, batch.HasNullElements, first, levels, first + count);
                batch.HasNullElements = true;
                batch.Slots += count;
                return false;
            }
        }

        CheckExpansion(first + (long)count);
        GrowSlots(first + count);
        ReadValues(first, count);
        if (batch.HasNullElements)
        {
            Grow(ref batch.SlotNulls, first + count);
            batch.SlotNulls.AsSpan(first, count).Clear();
        }

        batch.Slots += count;
        return false;
    }

    /// <summary>Whether there are entries to use; decodes the levels of the next ones where need be.</summary>
    private bool HavePiece()
    {
        if (pieceAt < pieceEnd)
        {
            return true;
        }

        while (pageEntriesLeft == 0)
        {
            if (entriesLeft == 0)
            {
                return false;
            }

            NextPage();
        }

        int count = Math.Min(LevelPiece, pageEntriesLeft);
        pageEntriesLeft -= count;
        pieceAt = 0;
        pieceEnd = count;
        if (Column.MaxRepetition > 0)
        {
            repetition.Read(repetitionPiece.AsSpan(0, count));
        }

        pieceIsWhole = true;
        if (Column.MaxDefinition > 0)
        {
            Span<byte> levels = definitionPiece.AsSpan(0, count);
            definition.Read(levels);
            pieceIsWhole = !levels.ContainsAnyExcept((byte)Column.MaxDefinition);
        }

        return true;
    }

    private void NextPage()
    {
        pages.Next(repetition, definition);
        PageHeader header = pages.Header;
        if (header.Type == PageType.Dictionary)
        {
            ReadDictionary(header, pages.Values);
            return;
        }

        if (header.ValueCount > entriesLeft)
        {
            throw new ParquetException($"a page announces {header.ValueCount} values, its column has {entriesLeft} left");
        }

        entriesLeft -= header.ValueCount;
        pageEntriesLeft = header.ValueCount;
        if (header.ValueCount > 0)
        {
            StartValues(header, pages.Values);
        }
    }

    /// <summary>How many of the piece's next entries belong to the first <paramref name="rows"/> rows; counts the rows on.</summary>
    private int TakeRows(int rows, ref int row)
    {
        if (Column.MaxRepetition == 0)
        {
            int flat = Math.Min(rows - 1 - row, pieceEnd - pieceAt);
            row += flat;
            return flat;
        }

        int count = 0;
        foreach (byte level in repetitionPiece.AsSpan(pieceAt, pieceEnd - pieceAt))
        {
            if (level == 0)
            {
                if (row == rows - 1)
                {
                    break;
                }

                row++;
            }
            else if (row < 0)
            {
                throw new ParquetException("the column starts within a row");
            }

            count++;
        }

        return count;
    }

    private int Present(int count) =>
        pieceIsWhole ? count : definitionPiece.AsSpan(pieceAt, count).Count((byte)Column.MaxDefinition);

    private void CheckExpansion(long values)
    {
        if (values > TrustedValues && values / TrustedValuesPerByte > pages.DecompressedBytes)
        {
            throw new ParquetException($"its {pages.DecompressedBytes} bytes expand to more than {values} values, which no writer would make");
        }
    }

    private void AppendLevels(ref byte[] to, byte[] piece, int count)
    {
        if (piece.Length > 0)
        {
            Grow(ref to, batchLevels + count);
            piece.AsSpan(pieceAt, count).CopyTo(to.AsSpan(batchLevels));
        }
    }

    private void MarkNulls(ref bool[] nulls, bool hadNulls, int first, ReadOnlySpan<byte> levels, int total)
    {
        Grow(ref nulls, total);
        if (!hadNulls)
        {
            nulls.AsSpan(0, first).Clear();
        }

        byte there = (byte)Column.MaxDefinition;
        Span<bool> marks = nulls.AsSpan(first, levels.Length);
        for (int i = 0; i < marks.Length; i++)
        {
            marks[i] = levels[i] != there;
        }
    }

    private static void MarkNullRow(ColumnBatch batch, int row, int rows)
    {
        if (!batch.HasNulls)
        {
            Grow(ref batch.RowNulls, rows);
            batch.RowNulls.AsSpan().Clear();
            batch.HasNulls = true;
        }

        batch.RowNulls[row] = true;
    }

    private static void Grow<TItem>(ref TItem[] array, int length)
    {
        if (array.Length < length)
        {
            Array.Resize(ref array, (int)Math.Min(Array.MaxLength, Math.Max(length, array.Length * 2L)));
        }
    }

    private static ParquetException NullGoesOn() => new("a list that is null or empty goes on");

    private static ParquetException MissingRows(int rows) => new($"the column ends {rows} rows too soon");
}
