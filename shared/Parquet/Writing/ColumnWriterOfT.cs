using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pipeline.Parquet.Codecs;
using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Writing;

namespace Pipeline.Parquet;

/// <summary>Takes the values of a column of bool, int, long, float or double.</summary>
/// <typeparam name="T">The stored type.</typeparam>
public sealed class ColumnWriter<T> : ColumnWriter where T : unmanaged
{
    private readonly ByteBuffer values = new();
    private readonly ValueBounds<T> bounds = new();
    private int booleans; // in the buffer, which holds eight in a byte

    internal ColumnWriter(ParquetColumn column, ParquetWriterOptions options, PageCompressor compressor, BlockPool blocks)
        : base(column, options, compressor, blocks)
    {
    }

    /// <summary>A row with a value.</summary>
    public void Append(T value)
    {
        BeginScalar();
        Put(new ReadOnlySpan<T>(in value));
    }

    /// <summary>A row with a value or null.</summary>
    public void Append(T? value)
    {
        if (value is { } there)
        {
            Append(there);
        }
        else
        {
            AppendNull();
        }
    }

    /// <summary>A row with a list of values.</summary>
    public void AppendList(ReadOnlySpan<T> elements)
    {
        BeginList(elements.IsEmpty);
        int most = Math.Max(1, MaxPageBytes / Unsafe.SizeOf<T>());
        while (!elements.IsEmpty)
        {
            ReadOnlySpan<T> piece = elements[..Math.Min(most, elements.Length)];
            AddElements(piece.Length);
            Put(piece);
            elements = elements[piece.Length..];
        }
    }

    /// <summary>A row with a list whose elements may be null.</summary>
    public void AppendList(ReadOnlySpan<T?> elements)
    {
        BeginList(elements.IsEmpty);
        foreach (T? element in elements)
        {
            AddElements(1, element is null);
            if (element is { } there)
            {
                Put(new ReadOnlySpan<T>(in there));
            }
        }
    }

    private protected override ValueEncoding EncodePage(ByteBuffer to)
    {
        ValueEncoding encoding = ValueEncoding.Plain;
        ReadOnlySpan<byte> plain = values.Written;
        if (Options.SplitFloats && (typeof(T) == typeof(float) || typeof(T) == typeof(double)))
        {
            encoding = ValueEncoding.ByteStreamSplit;
            ByteStreamSplit.Encode(plain, Unsafe.SizeOf<T>(), to.Room(plain.Length));
        }
        else
        {
            to.Put(plain);
        }

        values.Clear();
        booleans = 0;
        return encoding;
    }

    private protected override void FinishChunk(
        out ReadOnlySpan<byte> dictionary, out int dictionaryCount, out ReadOnlyMemory<byte>? min, out ReadOnlyMemory<byte>? max)
    {
        dictionary = default;
        dictionaryCount = 0;
        (min, max) = bounds.Take();
    }

    private void Put(ReadOnlySpan<T> added)
    {
        bounds.Add(added);
        if (typeof(T) != typeof(bool))
        {
            values.Put(MemoryMarshal.AsBytes(added));
            PendingBytes = values.Length;
            return;
        }

        foreach (bool value in MemoryMarshal.Cast<T, bool>(added))
        {
            if ((booleans & 7) == 0)
            {
                values.Put((byte)0);
            }

            if (value)
            {
                values.Last |= (byte)(1 << (booleans & 7));
            }

            booleans++;
        }

        PendingBytes = values.Length;
    }
}
