using System.Buffers.Binary;
using System.Text;
using Pipeline.Audio.Coded;

namespace Pipeline.Audio.Files;

/// <summary>What a file is, by its first bytes; names are not looked at.</summary>
/// <param name="Kind">Who reads it.</param>
/// <param name="Name">What it seems to be, for people: "an MPEG-4 file (m4a, mp4)".</param>
/// <param name="Start">Where it starts: behind ID3 tags, which stand before wav and flac files too.</param>
internal readonly record struct Content(ContentKind Kind, string Name, long Start)
{
    /// <summary>Tags are found one behind the other; a file of nothing but tags ends here.</summary>
    private const int MaxTags = 16;

    private const int LookedAt = 4096;

    /// <exception cref="AudioException">The file is empty.</exception>
    public static Content Identify(ByteSource source)
    {
        if (source.Length == 0)
        {
            throw new AudioException(source.Path, "it is empty");
        }

        long start = SkipTags(source);
        Span<byte> bytes = stackalloc byte[LookedAt];
        bytes = bytes[..source.Read(start, bytes)];
        if (ByMagic(bytes) is (ContentKind kind, string name))
        {
            return new Content(kind, name, start);
        }

        // A tag whose length is damaged leads nowhere: then frames are looked for right behind its header.
        if (MpegHeader.Find(source, start) is { } frame || (start > 0 && MpegHeader.Find(source, 0) is { } early && (frame = early) >= 0))
        {
            return new Content(ContentKind.Mpeg, "an MP3 file", frame);
        }

        if (bytes is [0xFF, 0xF0 or 0xF1 or 0xF8 or 0xF9, ..])
        {
            return new Content(ContentKind.Foreign, "an AAC file (adts)", start);
        }

        if (start > 0)
        {
            return new Content(ContentKind.NotSound, "an ID3 tag without sound behind it", start);
        }

        return IsText(bytes)
            ? new Content(ContentKind.NotSound, TextName(bytes), 0)
            : bytes.ContainsAnyExcept((byte)0)
                ? new Content(ContentKind.Foreign, $"a file of unknown kind, starting with the bytes {Convert.ToHexString(bytes[..Math.Min(8, bytes.Length)])}", 0)
                : new Content(ContentKind.NotSound, $"its first {bytes.Length:n0} bytes are zero", 0);
    }

    private static (ContentKind Kind, string Name)? ByMagic(ReadOnlySpan<byte> b)
    {
        ReadOnlySpan<byte> form = b.Length >= 12 ? b.Slice(8, 4) : default;
        if (b.StartsWith("RIFF"u8) || b.StartsWith("RIFX"u8) || b.StartsWith("RF64"u8) || b.StartsWith("BW64"u8))
        {
            return form.SequenceEqual("WAVE"u8) ? (ContentKind.Wav, "a wav file")
                : b.Length < 12 ? (ContentKind.NotSound, $"a RIFF header cut short after {b.Length} bytes")
                : form.SequenceEqual("AVI "u8) ? (ContentKind.Foreign, "an AVI film")
                : form.SequenceEqual("WEBP"u8) ? (ContentKind.NotSound, "a WebP picture")
                : (ContentKind.NotSound, $"a RIFF file of the form '{Printable(form)}', not WAVE");
        }

        if (b.StartsWith("FORM"u8))
        {
            return form.SequenceEqual("AIFF"u8) || form.SequenceEqual("AIFC"u8) ? (ContentKind.Aiff, "an AIFF file")
                : b.Length < 12 ? (ContentKind.NotSound, $"an AIFF header cut short after {b.Length} bytes")
                : (ContentKind.NotSound, $"an IFF file of the form '{Printable(form)}', not AIFF");
        }

        if (b.Length > 8 && b[4..].StartsWith("ftyp"u8))
        {
            return (ContentKind.Foreign, "an MPEG-4 file (m4a, mp4)");
        }

        foreach (Magic magic in Magics.All)
        {
            if (b.StartsWith(magic.Bytes))
            {
                return (magic.Kind, magic.Name);
            }
        }

        return null;
    }

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (byte b in bytes)
        {
            text.Append(b is >= 0x20 and < 0x7F ? (char)b : '?');
        }

        return text.ToString();
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, _, 0, ..] or [0xFE, 0xFF, 0, _, ..])
        {
            return true; // UTF-16 with its mark
        }

        foreach (byte b in bytes)
        {
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1B) or 0x7F)
            {
                return false;
            }
        }

        // The last character may be cut in two.
        int end = bytes.Length;
        for (int cut = 0; cut < 3 && end > 1 && (bytes[end - 1] & 0x80) != 0; cut++)
        {
            end--;
        }

        return System.Text.Unicode.Utf8.IsValid(bytes[..end]);
    }

    private static string TextName(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 512)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) ? "an HTML page, such as a failed download leaves"
            : text.StartsWith('<') ? "an XML file"
            : text.StartsWith('{') || text.StartsWith('[') ? "a JSON file"
            : text.StartsWith("version https://git-lfs", StringComparison.Ordinal) ? "a Git LFS pointer: run 'git lfs pull' to fetch the file itself"
            : "a text file";
    }

    private static long SkipTags(ByteSource source)
    {
        Span<byte> header = stackalloc byte[10];
        long start = 0;
        for (int tag = 0; tag < MaxTags; tag++)
        {
            if (source.Read(start, header) < header.Length || !header.StartsWith("ID3"u8) || header[3] == 0xFF || header[4] == 0xFF)
            {
                break;
            }

            // 28 bits in four bytes of seven, so that no tag looks like a frame of sound.
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header[6..]);
            size = (size & 0x7F) | (size >> 1 & 0x3F80) | (size >> 2 & 0x1FC000) | (size >> 3 & 0xFE00000);
            bool hasFooter = (header[5] & 0x10) != 0;
            start += header.Length + size + (hasFooter ? 10 : 0);
        }

        return start;
    }
}
