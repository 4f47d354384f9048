using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Pipeline.Pictures.Png;

namespace Pipeline.Pictures;

/// <summary>
/// Writes PNG pictures: grey or colours, with or without alpha, of 8 or 16 bits a sample. Of the five filters each row takes the one
/// whose differences have the least sum of magnitudes. The same picture gives the same bytes with the same version of .NET, which packs them.
/// </summary>
public static class PngWriter
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; what is there is replaced.</param>
    /// <param name="picture">Samples below 0 and above 1 are taken for these, NaN for 0.</param>
    /// <param name="depth">Bits of a sample: 8 or 16.</param>
    public static void Write(string path, Picture picture, int depth = 8) => File.WriteAllBytes(path, Encode(picture, depth));

    /// <summary>The bytes of a file.</summary>
    /// <param name="picture">Samples below 0 and above 1 are taken for these, NaN for 0.</param>
    /// <param name="depth">Bits of a sample: 8 or 16.</param>
    public static byte[] Encode(Picture picture, int depth = 8)
    {
        if (depth is not (8 or 16))
        {
            throw new ArgumentOutOfRangeException(nameof(depth), "a sample has 8 or 16 bits");
        }

        int stride = picture.Width * picture.Channels * depth / 8;
        return Encode(picture.Width, picture.Height, picture.Channels, depth, (y, row) => Store(picture.Row(y), row, depth), stride);
    }

    /// <summary>The bytes of a file whose samples are bytes already.</summary>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">1 grey, 2 grey and alpha, 3 red, green and blue, 4 these and alpha.</param>
    /// <param name="samples">Row by row from the top, the channels of a pixel side by side.</param>
    public static byte[] Encode(int width, int height, int channels, ReadOnlyMemory<byte> samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is < 1 or > 4)
        {
            throw new ArgumentOutOfRangeException(nameof(channels));
        }

        int stride = width * channels;
        long count = (long)stride * height;
        if (samples.Length != count)
        {
            throw new ArgumentException($"{width} x {height} pixels with {channels} channels have {count} samples, not {samples.Length}", nameof(samples));
        }

        return Encode(width, height, channels, 8, (y, row) => samples.Span.Slice(y * stride, stride).CopyTo(row), stride);
    }

    private static byte[] Encode(int width, int height, int channels, int depth, Action<int, Span<byte>> fill, int stride)
    {
        ColourType colour = channels switch
        {
            1 => ColourType.Grey,
            2 => ColourType.GreyAlpha,
            3 => ColourType.Rgb,
            _ => ColourType.Rgba,
        };
        var file = new MemoryStream();
        file.Write(PngContent.Signature);
        byte[] header = new byte[PngHeader.Size];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = ((byte)depth, (byte)colour);
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", Pack(height, stride, channels * depth / 8, fill));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static ReadOnlySpan<byte> Pack(int height, int stride, int step, Action<int, Span<byte>> fill)
    {
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] above = new byte[stride], row = new byte[stride];
            byte[][] filtered = [.. Enumerable.Range(0, RowFilter.Count).Select(f => new byte[1 + stride])];
            for (int y = 0; y < height; y++)
            {
                fill(y, row);
                stream.Write(Filter(row, above, step, filtered));
                (above, row) = (row, above);
            }
        }

        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    private static byte[] Filter(byte[] row, byte[] above, int step, byte[][] filtered)
    {
        int best = 0;
        long least = long.MaxValue;
        for (int f = 0; f < filtered.Length; f++)
        {
            filtered[f][0] = (byte)f;
            long sum = RowFilter.Apply(f, row, above, step, filtered[f].AsSpan(1));
            if (sum < least)
            {
                (best, least) = (f, sum);
            }
        }

        return filtered[best];
    }

    private static void WriteChunk(MemoryStream file, string kind, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        int start = (int)file.Length;
        file.Write(Encoding.ASCII.GetBytes(kind));
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(file.GetBuffer().AsSpan(start, (int)file.Length - start)));
        file.Write(number);
    }

    private static void Store(ReadOnlySpan<float> samples, Span<byte> row, int depth)
    {
        float full = (1 << depth) - 1;
        for (int i = 0; i < samples.Length; i++)
        {
            float sample = samples[i];
            int value = sample > 0 ? (int)(MathF.Min(sample, 1) * full + 0.5f) : 0;
            if (depth == 8)
            {
                row[i] = (byte)value;
            }
            else
            {
                BinaryPrimitives.WriteUInt16BigEndian(row[(2 * i)..], (ushort)value);
            }
        }
    }
}
