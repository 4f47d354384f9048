namespace Pipeline.Parquet.Encodings;

/// <summary>
/// BYTE_STREAM_SPLIT: the first bytes of all values, then all second bytes, and so on. Exponents end up next to
/// exponents and mantissas next to mantissas, which a compressor can make more of.
/// </summary>
/// <remarks>This file is the reference, for any width; ByteStreamSplit.Vector.cs does the same faster for 4 and 8.</remarks>
internal static partial class ByteStreamSplit
{
    /// <summary>Splits values into as many streams as a value has bytes.</summary>
    /// <param name="values">A whole number of values.</param>
    /// <param name="width">Bytes per value, 1 or more.</param>
    /// <param name="streams">The streams one after the other: as long as the values, and apart from them.</param>
    public static void Encode(ReadOnlySpan<byte> values, int width, Span<byte> streams)
    {
        int count = CountValues(values.Length, width);
        ArgumentOutOfRangeException.ThrowIfNotEqual(streams.Length, values.Length, nameof(streams));

        int done = IsVectorSupported(width) ? EncodeVector(values, width, streams) : 0;
        EncodeReference(values, width, streams, done, count);
    }

    /// <summary>Puts a run of values together again.</summary>
    /// <param name="streams">The streams of all values.</param>
    /// <param name="width">Bytes per value, 1 or more.</param>
    /// <param name="total">How many values the streams hold.</param>
    /// <param name="first">The first value wanted.</param>
    /// <param name="values">Where to put the values, as many as have room.</param>
    public static void Decode(ReadOnlySpan<byte> streams, int width, int total, int first, Span<byte> values)
    {
        int count = CountValues(values.Length, width);
        ArgumentOutOfRangeException.ThrowIfNotEqual(streams.Length, (long)total * width, nameof(streams));
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, total - count);

        int done = IsVectorSupported(width) ? DecodeVector(streams, width, total, first, values) : 0;
        DecodeReference(streams, width, total, first, values, done, count);
    }

    /// <summary>Encodes the values from <paramref name="start"/> to <paramref name="count"/>, one byte at a time.</summary>
    internal static void EncodeReference(ReadOnlySpan<byte> values, int width, Span<byte> streams, int start, int count)
    {
        for (int k = 0; k < width; k++)
        {
            Span<byte> stream = streams.Slice(k * count, count);
            for (int i = start; i < count; i++)
            {
                stream[i] = values[i * width + k];
            }
        }
    }

    /// <summary>Decodes the wanted values from <paramref name="start"/> to <paramref name="count"/>, one byte at a time.</summary>
    internal static void DecodeReference(
        ReadOnlySpan<byte> streams, int width, int total, int first, Span<byte> values, int start, int count)
    {
        for (int k = 0; k < width; k++)
        {
            ReadOnlySpan<byte> stream = streams.Slice(k * total + first, count);
            for (int i = start; i < count; i++)
            {
                values[i * width + k] = stream[i];
            }
        }
    }

    private static int CountValues(int length, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return length % width == 0
            ? length / width
            : throw new ArgumentException($"{length} bytes are not a whole number of values of {width} bytes.");
    }
}
