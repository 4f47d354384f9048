using System.Buffers.Binary;

namespace Pipeline.Pictures.Png;

/// <summary>The chunk IHDR.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Depth">Bits of a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="Colour">What the samples are.</param>
/// <param name="IsInterlaced">Whether the pixels come in the seven passes of Adam7.</param>
internal readonly record struct PngHeader(int Width, int Height, int Depth, ColourType Colour, bool IsInterlaced)
{
    /// <summary>Bytes of the chunk's content.</summary>
    public const int Size = 13;

    /// <summary>Samples of a pixel, as stored.</summary>
    public int StoredSamples => Colour switch
    {
        ColourType.Rgb => 3,
        ColourType.GreyAlpha => 2,
        ColourType.Rgba => 4,
        _ => 1,
    };

    /// <summary>From a byte to the one that filters hold beside it: those of a pixel, at least one.</summary>
    public int FilterStep => Math.Max(1, StoredSamples * Depth / 8);

    /// <summary>Bytes of a row of so many pixels, without the byte that names its filter.</summary>
    public long RowBytes(int width) => ((long)width * StoredSamples * Depth + 7) / 8;

    /// <summary>Bytes of all rows with their filters' names, unpacked.</summary>
    public long DataBytes
    {
        get
        {
            long sum = 0;
            foreach (Pass pass in Pass.Of(this))
            {
                sum += pass.Height * (1 + RowBytes(pass.Width));
            }

            return sum;
        }
    }

    /// <summary>Reads the chunk's 13 bytes. What is wrong with them is said by <paramref name="damage"/>.</summary>
    public static PngHeader Parse(ReadOnlySpan<byte> chunk, out string? damage)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(chunk), height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        int depth = chunk[8];
        var colour = (ColourType)chunk[9];
        bool isKind = colour switch
        {
            ColourType.Grey => depth is 1 or 2 or 4 or 8 or 16,
            ColourType.Palette => depth is 1 or 2 or 4 or 8,
            ColourType.Rgb or ColourType.GreyAlpha or ColourType.Rgba => depth is 8 or 16,
            _ => false,
        };
        damage = (width, height) switch
        {
            (0, _) or (_, 0) or ( > int.MaxValue, _) or (_, > int.MaxValue) => $"its header announces {width} x {height} pixels, which no PNG file has",
            _ when !isKind => $"its header names colour type {chunk[9]} with {depth} bits a sample, which do not exist",
            _ when chunk[10] != 0 || chunk[11] != 0 || chunk[12] > 1 =>
                $"its header names compression {chunk[10]}, filtering {chunk[11]} and interlacing {chunk[12]}, which do not exist",
            _ => null,
        };
        return damage is null ? new PngHeader((int)width, (int)height, depth, colour, chunk[12] == 1) : default;
    }
}
