using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Metadata;

namespace Pipeline.Parquet.Reading;

/// <summary>The part of a column reader that depends on the stored type.</summary>
/// <typeparam name="T">bool, int, long, float, double, <see cref="Int96"/>, or <see cref="ByteRange"/> for byte arrays.</typeparam>
internal sealed class ColumnReader<T> : ColumnReader where T : unmanaged
{
    private readonly ColumnBatch<T> batch;
    private readonly ByteArena arena = new();
    private readonly DictionaryDecoder<T> dictionaryDecoder = new();
    private readonly ValueDecoder<T>?[] decoders = new ValueDecoder<T>?[16];
    private ValueDecoder<T>? decoder;
    private bool hasPages;

    public ColumnReader(FileSource file, ColumnDescriptor column)
        : base(file, column) =>
        batch = typeof(T) == typeof(ByteRange)
            ? (ColumnBatch<T>)(object)new ByteColumnBatch(column, arena)
            : new ColumnBatch<T>(column);

    public override ColumnBatch Batch => batch;

    protected override void GrowSlots(int slots)
    {
        if (batch.ValueArray.Length < slots)
        {
            // Twice as much as before, so that a batch of long lists is not moved for each of them. No zeroing: every slot gets written.
            T[] larger = GC.AllocateUninitializedArray<T>((int)Math.Min(Array.MaxLength, Math.Max(slots, batch.ValueArray.Length * 2L)));
            batch.Values.CopyTo(larger);
            batch.ValueArray = larger;
        }
    }

    protected override void ReadValues(int firstSlot, int count)
    {
        if (count > 0)
        {
            decoder!.Read(batch.ValueArray.AsSpan(firstSlot, count));
        }
    }

    protected override void Spread(int firstSlot, int present, ReadOnlySpan<byte> levels)
    {
        byte there = (byte)Column.MaxDefinition;
        Span<T> slots = batch.ValueArray.AsSpan(firstSlot, levels.Length);

        // From the end, so that no value is overwritten before it has moved. Nulls come as they like: no branch would be foreseen.
        if (Unsafe.SizeOf<T>() == sizeof(ulong))
        {
            Span<ulong> words = MemoryMarshal.Cast<T, ulong>(slots);
            for (int i = words.Length - 1; i >= 0; i--)
            {
                int isThere = levels[i] == there ? 1 : 0;
                present -= isThere;
                words[i] = words[present] & (ulong)-isThere;
            }

            return;
        }

        for (int i = levels.Length - 1; i >= 0; i--)
        {
            slots[i] = levels[i] == there ? slots[--present] : default;
        }
    }

    protected override void StartChunk()
    {
        arena.Clear();
        hasPages = false;
        (batch as ByteColumnBatch)?.ForgetDictionary();
        dictionaryDecoder.SetDictionary(null);
    }

    protected override void ClearBatch() => arena.ClearBatch();

    protected override void ReadDictionary(in PageHeader header, ReadOnlyMemory<byte> data)
    {
        if (header.Encoding is not (ValueEncoding.Plain or ValueEncoding.PlainDictionary))
        {
            throw new ParquetException($"the dictionary has the encoding {header.Encoding}, which no dictionary can have");
        }

        int smallest = Column.Type switch
        {
            PhysicalType.ByteArray => 4,
            PhysicalType.FixedLengthByteArray => Column.Node.TypeLength,
            _ => Unsafe.SizeOf<T>(),
        };
        if (header.ValueCount > data.Length / smallest)
        {
            throw new ParquetException($"the dictionary announces {header.ValueCount} values in {data.Length} bytes");
        }

        if (hasPages)
        {
            throw new ParquetException("a dictionary stands after the first page, where none may be");
        }

        hasPages = true;
        var dictionary = new T[header.ValueCount];
        ValueDecoder<T> plain = DecoderFor(ValueEncoding.Plain);
        plain.Start(data, header.ValueCount);
        plain.Read(dictionary);
        arena.KeepAsDictionary();
        dictionaryDecoder.SetDictionary(dictionary);
    }

    protected override void StartValues(in PageHeader header, ReadOnlyMemory<byte> data)
    {
        hasPages = true;

        // A page of nulls only may hold nothing, not even what its encoding starts with.
        decoder = data.IsEmpty ? EmptyDecoder<T>.Instance : DecoderFor(header.Encoding);
        decoder.Start(data, header.ValueCount);
    }

    private ValueDecoder<T> DecoderFor(ValueEncoding encoding)
    {
        if ((uint)encoding < (uint)decoders.Length && decoders[(int)encoding] is { } known)
        {
            return known;
        }

        ValueDecoder<T> created = Create(encoding)
            ?? throw new ParquetException($"a page of {Column.Type} values has the encoding {encoding}, which is not supported");
        return decoders[(int)encoding] = created;
    }

    private ValueDecoder<T>? Create(ValueEncoding encoding)
    {
        int width = Column.Node.TypeLength;
        object? created = (encoding, Column.Type) switch
        {
            (ValueEncoding.Plain, PhysicalType.Boolean) => new PlainBooleanDecoder(),
            (ValueEncoding.Plain, PhysicalType.ByteArray) => new PlainByteArrayDecoder(arena),
            (ValueEncoding.Plain, PhysicalType.FixedLengthByteArray) => new PlainFixedDecoder(arena, width),
            (ValueEncoding.Plain, _) => new PlainDecoder<T>(),
            (ValueEncoding.PlainDictionary or ValueEncoding.RleDictionary, not PhysicalType.Boolean) => dictionaryDecoder,
            (ValueEncoding.Rle, PhysicalType.Boolean) => new RleBooleanDecoder(),
            (ValueEncoding.DeltaBinaryPacked, PhysicalType.Int32) => new DeltaBinaryPackedDecoder<int>(),
            (ValueEncoding.DeltaBinaryPacked, PhysicalType.Int64) => new DeltaBinaryPackedDecoder<long>(),
            (ValueEncoding.DeltaLengthByteArray, PhysicalType.ByteArray) => new DeltaLengthDecoder(arena),
            (ValueEncoding.DeltaByteArray, PhysicalType.ByteArray) => new DeltaByteArrayDecoder(arena, 0),
            (ValueEncoding.DeltaByteArray, PhysicalType.FixedLengthByteArray) => new DeltaByteArrayDecoder(arena, width),
            (ValueEncoding.ByteStreamSplit, PhysicalType.FixedLengthByteArray) => new SplitFixedDecoder(arena, width),
            (ValueEncoding.ByteStreamSplit, PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.Float or PhysicalType.Double) =>
                new ByteStreamSplitDecoder<T>(),
            _ => null,
        };
        return (ValueDecoder<T>?)created;
    }
}
