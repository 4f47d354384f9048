using System.Buffers.Binary;

namespace Pipeline.Parquet.Encodings;

/// <summary>PLAIN byte arrays: a 4-byte length and the bytes, each.</summary>
internal sealed class PlainByteArrayDecoder(ByteArena arena) : ValueDecoder<ByteRange>
{
    private ReadOnlyMemory<byte> data;
    private int position;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        this.data = data;
        position = 0;
    }

    public override void Read(Span<ByteRange> destination)
    {
        ReadOnlySpan<byte> source = data.Span;
        for (int i = 0; i < destination.Length; i++)
        {
            if (source.Length - position < 4)
            {
                throw TooShort();
            }

            int length = BinaryPrimitives.ReadInt32LittleEndian(source[position..]);
            position += 4;
            if (length < 0 || length > source.Length - position)
            {
                throw new ParquetException($"a value announces {length} bytes, {source.Length - position} are left in its page");
            }

            destination[i] = arena.Append(source.Slice(position, length));
            position += length;
        }
    }
}

/// <summary>PLAIN byte arrays of one length.</summary>
internal sealed class PlainFixedDecoder(ByteArena arena, int width) : ValueDecoder<ByteRange>
{
    private ReadOnlyMemory<byte> data;
    private int position;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        this.data = data;
        position = 0;
    }

    public override void Read(Span<ByteRange> destination)
    {
        if ((long)destination.Length * width > data.Length - position)
        {
            throw TooShort();
        }

        ReadOnlySpan<byte> source = data.Span;
        for (int i = 0; i < destination.Length; i++, position += width)
        {
            destination[i] = arena.Append(source.Slice(position, width));
        }
    }
}

/// <summary>BYTE_STREAM_SPLIT byte arrays of one length.</summary>
internal sealed class SplitFixedDecoder(ByteArena arena, int width) : ValueDecoder<ByteRange>
{
    private ReadOnlyMemory<byte> data;
    private int total;
    private int next;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        if (data.Length % width != 0)
        {
            throw new ParquetException($"a page of {data.Length} bytes cannot be split into values of {width} bytes");
        }

        this.data = data;
        total = data.Length / width;
        next = 0;
    }

    public override void Read(Span<ByteRange> destination)
    {
        if (destination.Length > total - next)
        {
            throw TooShort();
        }

        int offset = arena.Next;
        ByteStreamSplit.Decode(data.Span, width, total, next, arena.Room((long)destination.Length * width));
        next += destination.Length;
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = new ByteRange(offset + i * width, width);
        }
    }
}

/// <summary>DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes.</summary>
internal sealed class DeltaLengthDecoder(ByteArena arena) : ValueDecoder<ByteRange>
{
    private readonly DeltaLengths lengths = new();
    private ReadOnlyMemory<byte> data;
    private int position;
    private int next;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        this.data = data;
        position = lengths.Read(data, count);
        next = 0;
    }

    public override void Read(Span<ByteRange> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = arena.Append(Next());
        }
    }

    /// <summary>The next value, as a view of the page.</summary>
    public ReadOnlySpan<byte> Next()
    {
        if (next == lengths.Count)
        {
            throw TooShort();
        }

        int length = lengths[next++];
        if (length > data.Length - position)
        {
            throw new ParquetException($"a value announces {length} bytes, {data.Length - position} are left in its page");
        }

        position += length;
        return data.Span.Slice(position - length, length);
    }
}

/// <summary>DELTA_BYTE_ARRAY: for each value the length of the prefix it shares with the one before, then all suffixes.</summary>
internal sealed class DeltaByteArrayDecoder(ByteArena arena, int fixedWidth) : ValueDecoder<ByteRange>
{
    private readonly DeltaLengths prefixes = new();
    private readonly DeltaLengthDecoder suffixes = new(arena);
    private byte[] previous = [];
    private int previousLength;
    private int next;
    private long trusted;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        // Shared prefixes can make a few bytes stand for any number: they are believed up to a point.
        trusted = (64L << 20) + 256L * data.Length;
        int end = prefixes.Read(data, count);
        suffixes.Start(data[end..], count);
        previousLength = 0;
        next = 0;
    }

    public override void Read(Span<ByteRange> destination)
    {
        // The value before the first of this piece is kept aside: the arena may have dropped it with the last batch.
        ByteRange last = arena.Append(previous.AsSpan(0, previousLength));
        for (int i = 0; i < destination.Length; i++)
        {
            if (next == prefixes.Count)
            {
                throw TooShort();
            }

            int prefix = prefixes[next++];
            if (prefix > last.Length)
            {
                throw new ParquetException($"a value shares {prefix} bytes with one of {last.Length}");
            }

            last = destination[i] = arena.Append(last, prefix, suffixes.Next());
            trusted -= last.Length;
            if (trusted < 0)
            {
                throw new ParquetException("a page's values expand out of proportion to its bytes");
            }

            if (fixedWidth > 0 && last.Length != fixedWidth)
            {
                throw new ParquetException($"a value has {last.Length} bytes, the schema says {fixedWidth}");
            }
        }

        if (previous.Length < last.Length)
        {
            previous = new byte[Math.Max(last.Length, previous.Length * 2)];
        }

        arena[last].CopyTo(previous);
        previousLength = last.Length;
    }
}

/// <summary>Lengths in DELTA_BINARY_PACKED, all of a page at once, because what follows starts after the last.</summary>
internal sealed class DeltaLengths
{
    private readonly DeltaBinaryPackedDecoder<int> decoder = new();
    private int[] lengths = [];

    /// <summary>Number of lengths.</summary>
    public int Count { get; private set; }

    public int this[int index] => lengths[index];

    /// <summary>Reads the lengths and returns where they end.</summary>
    public int Read(ReadOnlyMemory<byte> data, int maxCount)
    {
        decoder.Start(data, maxCount);
        Count = 0;
        while (Count < decoder.Count)
        {
            // Step by step: an announced count is believed only as far as there are data behind it.
            int step = Math.Min(decoder.Count - Count, Math.Max(4096, Count));
            if (lengths.Length < Count + step)
            {
                Array.Resize(ref lengths, Count + step);
            }

            Span<int> piece = lengths.AsSpan(Count, step);
            decoder.Read(piece);
            if (piece.ContainsAnyInRange(int.MinValue, -1))
            {
                throw new ParquetException("a value announces a negative length");
            }

            Count += step;
        }

        return decoder.End;
    }
}
