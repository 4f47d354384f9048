using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pipeline.Parquet.Writing;

namespace Pipeline.Parquet;

/// <summary>Takes the values of a column of bool, int, long, float or double.</summary>
/// <typeparam name="T">The stored type.</typeparam>
public sealed class ColumnWriter<T> : ColumnWriter where T : unmanaged
{
    private readonly ValueBounds<T> bounds = new();
    private int booleans; // in the page, which holds eight in a byte

    internal ColumnWriter(ParquetColumn column, ParquetWriterOptions options, PagePipeline pipeline)
        : base(column, options, pipeline)
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

    /// <summary>A row with a list of values, or null.</summary>
    public void AppendList(T[]? elements)
    {
        if (elements is null)
        {
            AppendNull();
        }
        else
        {
            AppendList(elements.AsSpan());
        }
    }

    /// <summary>A row with a list of values.</summary>
    public void AppendList(ReadOnlySpan<T> elements)
    {
        BeginList(elements.IsEmpty);
        int most = Math.Clamp(MaxPageBytes / Unsafe.SizeOf<T>(), 1, MaxEntriesInList);
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
        foreach (T? element in elements)
        {
            CheckElements(holdNull: element is null);
        }

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

    private protected override void CloseValues(PageDraft draft)
    {
        bool isSplit = Options.SplitFloats && (typeof(T) == typeof(float) || typeof(T) == typeof(double));
        draft.Encoding = isSplit ? ValueEncoding.ByteStreamSplit : ValueEncoding.Plain;
        draft.ValueWidth = Unsafe.SizeOf<T>();
        booleans = 0;
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
            Draft.Values.Put(MemoryMarshal.AsBytes(added));
            PendingBytes = Draft.Values.Length;
            return;
        }

        foreach (bool value in MemoryMarshal.Cast<T, bool>(added))
        {
            if ((booleans & 7) == 0)
            {
                Draft.Values.Put((byte)0);
            }

            if (value)
            {
                Draft.Values.Last |= (byte)(1 << (booleans & 7));
            }

            booleans++;
        }

        PendingBytes = Draft.Values.Length;
    }
}
