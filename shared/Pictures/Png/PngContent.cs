using System.Buffers.Binary;
using System.Text;

namespace Pipeline.Pictures.Png;

/// <summary>The chunks of a PNG file that matter, each checked against its checksum.</summary>
internal sealed class PngContent
{
    /// <summary>What every PNG file begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly List<ReadOnlyMemory<byte>> data = [];

    private PngContent()
    {
    }

    /// <summary>Size and kind of the pixels.</summary>
    public PngHeader Header { get; private set; }

    /// <summary>Red, green and blue of each colour, one after the other; empty where there is no palette.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>The chunk tRNS: of a palette, the alphas of the first colours; otherwise the colour that is clear. Null where nothing is.</summary>
    public byte[]? Transparency { get; private set; }

    /// <summary>The pieces of the packed rows.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Data => data;

    /// <summary>Channels of the picture: as stored, or those of the palette's colours, and alpha where a colour is clear.</summary>
    public int Channels => (Header.Colour == ColourType.Palette ? 3 : Header.StoredSamples) + (Transparency is null ? 0 : 1);

    /// <summary>Takes a file apart.</summary>
    /// <exception cref="PictureException">It is damaged, too large, or no PNG file.</exception>
    public static PngContent Parse(ReadOnlyMemory<byte> file, string path, PictureLimits limits)
    {
        if (!file.Span.StartsWith(Signature))
        {
            throw new PictureException(path, NoSignature(file.Span));
        }

        var content = new PngContent();
        ReadOnlyMemory<byte> rest = file[Signature.Length..];
        string last = "";
        while (last != "IEND")
        {
            (string kind, ReadOnlyMemory<byte> chunk) = Next(ref rest, path, last);
            if (content.Add(kind, chunk, last, limits) is { } damage)
            {
                throw new PictureException(path, damage);
            }

            last = kind;
        }

        if (content.data.Count == 0)
        {
            throw new PictureException(path, "it holds no picture: there is no chunk IDAT");
        }

        // Deflate packs to 1/1032 at best: what cannot be in the file gets no memory.
        if (content.data.Sum(d => (long)d.Length) * 1032 < content.Header.DataBytes)
        {
            throw new PictureException(path, $"its data are too few for the {content.Header.Width:n0} x {content.Header.Height:n0} pixels that its header announces");
        }

        return content;
    }

    private static (string Kind, ReadOnlyMemory<byte> Chunk) Next(ref ReadOnlyMemory<byte> rest, string path, string last)
    {
        const int frame = 12; // length, kind and checksum
        ReadOnlySpan<byte> bytes = rest.Span;
        if (bytes.Length < frame)
        {
            throw new PictureException(path, last.Length == 0 ? "it ends within its header" : $"it ends early, after a chunk {last}: its end, a chunk IEND, is missing");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        ReadOnlySpan<byte> kindBytes = bytes.Slice(4, 4);
        if (kindBytes.ContainsAnyExceptInRange((byte)'A', (byte)'z') || kindBytes.ContainsAnyInRange((byte)'[', (byte)'`'))
        {
            throw new PictureException(path, last.Length == 0 ? "it is damaged: it does not begin with a header" : $"it is damaged: no chunk follows on a chunk {last}");
        }

        string kind = Encoding.ASCII.GetString(kindBytes);
        if (length > bytes.Length - frame)
        {
            throw new PictureException(path, $"it ends early: a chunk {kind} announces {length:n0} bytes, of which {Math.Max(0, bytes.Length - frame):n0} are there");
        }

        if (Crc32.Of(bytes.Slice(4, (int)length + 4)) != BinaryPrimitives.ReadUInt32BigEndian(bytes[((int)length + 8)..]))
        {
            throw new PictureException(path, $"it is damaged: the checksum of a chunk {kind} is not that of its bytes");
        }

        ReadOnlyMemory<byte> chunk = rest.Slice(8, (int)length);
        rest = rest[((int)length + frame)..];
        return (kind, chunk);
    }

    // Returns what is wrong with the chunk.
    private string? Add(string kind, ReadOnlyMemory<byte> chunk, string last, PictureLimits limits)
    {
        if ((kind == "IHDR") != (last.Length == 0))
        {
            return last.Length == 0 ? $"it is damaged: it begins with a chunk {kind} in place of its header" : "it is damaged: it has two headers";
        }

        switch (kind)
        {
            case "IHDR":
                return AddHeader(chunk.Span, limits);
            case "PLTE" when data.Count == 0 && Palette.Length == 0:
                Palette = chunk.ToArray();
                return Palette.Length is 0 or > 768 || Palette.Length % 3 != 0
                    ? $"it is damaged: its palette has {Palette.Length:n0} bytes, which are no 1 to 256 colours"
                    : null;
            case "tRNS" when data.Count == 0 && Transparency is null:
                Transparency = chunk.ToArray();
                return IsTransparency() ? null : $"it is damaged: a chunk tRNS of {Transparency.Length:n0} bytes does not fit its pixels";
            case "IDAT" when data.Count == 0 || last == "IDAT":
                data.Add(chunk);
                return Header.Colour == ColourType.Palette && Palette.Length == 0 ? "it is damaged: its palette is missing" : null;
            case "IEND":
                return null;
            case "PLTE" or "tRNS" or "IDAT":
                return $"it is damaged: a chunk {kind} is not where it belongs";
            default:
                // Small first letter: may be passed over, such as gAMA, sRGB and texts.
                return char.IsAsciiLetterLower(kind[0]) ? null : $"it holds a chunk {kind}, which is not known and without which it cannot be understood";
        }
    }

    private string? AddHeader(ReadOnlySpan<byte> chunk, PictureLimits limits)
    {
        if (chunk.Length != PngHeader.Size)
        {
            return $"it is damaged: its header has {chunk.Length:n0} bytes, not {PngHeader.Size}";
        }

        Header = PngHeader.Parse(chunk, out string? damage);
        long pixels = (long)Header.Width * Header.Height;
        long most = Math.Min(limits.MaxPixels, PictureLimits.MostPixels);
        return damage is null && pixels > most
            ? $"it announces {Header.Width:n0} x {Header.Height:n0} pixels, more than the {most:n0} that are allowed"
            : damage;
    }

    private bool IsTransparency() => Header.Colour switch
    {
        ColourType.Grey => Transparency!.Length == 2,
        ColourType.Rgb => Transparency!.Length == 6,
        ColourType.Palette => Transparency!.Length > 0 && Transparency.Length <= Palette.Length / 3,
        _ => false,
    };

    private static string NoSignature(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            return "it is empty";
        }

        if (Signature.StartsWith(file))
        {
            return "it ends within its first eight bytes";
        }

        string? name = file switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "JPEG",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "GIF",
            [(byte)'B', (byte)'M', ..] => "BMP",
            [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "TIFF",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "WebP",
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', ..] => "AVIF",
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h', (byte)'e', ..] => "HEIF",
            [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] => "JPEG XL",
            [(byte)'<', (byte)'s', (byte)'v', (byte)'g', ..] => "SVG",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "PDF",
            _ => null,
        };
        return name is null
            ? "it is no PNG picture: its first eight bytes are others"
            : $"it is a{(name is "AVIF" or "SVG" ? "n" : "")} {name} picture, which is not readable: only PNG is";
    }
}
