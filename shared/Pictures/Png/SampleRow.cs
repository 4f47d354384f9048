using System.Buffers.Binary;

namespace Pipeline.Pictures.Png;

/// <summary>Turns the bytes of a row into samples from 0 to 1, palette colours and clear ones included.</summary>
internal sealed partial class SampleRow
{
    private readonly PngHeader header;
    private readonly byte[]? clear; // the colour that is clear, as 16-bit samples
    private readonly float[] colours; // of the palette, with alpha where there is some
    private readonly int channels;
    private readonly ushort[] values; // of a row whose samples are looked at one by one

    public SampleRow(PngContent content)
    {
        header = content.Header;
        channels = content.Channels;
        bool hasPalette = header.Colour == ColourType.Palette;
        clear = hasPalette ? null : content.Transparency;
        colours = hasPalette ? Colours(content) : [];
        values = IsPlain ? [] : new ushort[header.Width * header.StoredSamples];
    }

    // Bytes or pairs of bytes that are samples as they stand.
    private bool IsPlain => header.Depth >= 8 && clear is null && header.Colour != ColourType.Palette;

    /// <summary>Converts a row; false where it names a colour that the palette lacks.</summary>
    /// <param name="row">The row's bytes, unfiltered.</param>
    /// <param name="samples">Room for the samples of its pixels.</param>
    public bool Convert(ReadOnlySpan<byte> row, Span<float> samples)
    {
        if (IsPlain)
        {
            if (header.Depth == 8)
            {
                FromBytes(row, samples);
            }
            else
            {
                FromPairs(row, samples);
            }

            return true;
        }

        Span<ushort> stored = values.AsSpan(0, samples.Length / channels * header.StoredSamples);
        Unpack(row, stored);
        if (header.Colour == ColourType.Palette)
        {
            return LookUp(stored, samples);
        }

        float full = (1 << header.Depth) - 1;
        if (clear is null)
        {
            for (int i = 0; i < stored.Length; i++)
            {
                samples[i] = stored[i] / full;
            }
        }
        else
        {
            WithAlpha(stored, full, samples);
        }

        return true;
    }

    /// <summary>Bytes as samples, one at a time.</summary>
    internal static void FromBytesReference(ReadOnlySpan<byte> row, Span<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = row[i] / 255f;
        }
    }

    private static void FromBytes(ReadOnlySpan<byte> row, Span<float> samples)
    {
        int done = IsVectorSupported ? FromBytesVector(row, samples) : 0;
        FromBytesReference(row[done..], samples[done..]);
    }

    private static void FromPairs(ReadOnlySpan<byte> row, Span<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = BinaryPrimitives.ReadUInt16BigEndian(row[(2 * i)..]) / 65535f;
        }
    }

    private void Unpack(ReadOnlySpan<byte> row, Span<ushort> stored)
    {
        int depth = header.Depth;
        for (int i = 0; i < stored.Length; i++)
        {
            stored[i] = depth switch
            {
                16 => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * i)..]),
                8 => row[i],
                _ => (ushort)(row[i * depth / 8] >> 8 - depth - i * depth % 8 & (1 << depth) - 1), // the first pixel is in the highest bits
            };
        }
    }

    private bool LookUp(ReadOnlySpan<ushort> stored, Span<float> samples)
    {
        int count = colours.Length / channels;
        for (int i = 0; i < stored.Length; i++)
        {
            if (stored[i] >= count)
            {
                return false;
            }

            colours.AsSpan(stored[i] * channels, channels).CopyTo(samples[(i * channels)..]);
        }

        return true;
    }

    private void WithAlpha(ReadOnlySpan<ushort> stored, float full, Span<float> samples)
    {
        int count = header.StoredSamples;
        for (int from = 0, to = 0; from < stored.Length; from += count, to += channels)
        {
            bool isClear = true;
            for (int c = 0; c < count; c++)
            {
                ushort value = stored[from + c];
                samples[to + c] = value / full;
                isClear &= value == BinaryPrimitives.ReadUInt16BigEndian(clear.AsSpan(2 * c));
            }

            samples[to + count] = isClear ? 0 : 1;
        }
    }

    private static float[] Colours(PngContent content)
    {
        int channels = content.Channels;
        float[] colours = new float[content.Palette.Length / 3 * channels];
        for (int i = 0; i < content.Palette.Length / 3; i++)
        {
            Span<float> colour = colours.AsSpan(i * channels, channels);
            FromBytesReference(content.Palette.AsSpan(3 * i), colour[..3]);
            if (content.Transparency is { } alphas)
            {
                colour[3] = i < alphas.Length ? alphas[i] / 255f : 1;
            }
        }

        return colours;
    }
}
