using System.Buffers.Binary;
using Pipeline.Audio.Files;

namespace Pipeline.Audio.Plain;

/// <summary>
/// The chunks of a RIFF (little-endian), RIFX (big-endian), RF64 or BW64 (64-bit lengths) WAVE file. Lenient about lengths, which are wrong in
/// files that were streamed, cut short or joined: what is there is read. The RIFF chunk's own length is not looked at.
/// </summary>
internal static class WavHeader
{
    private const int ChunkHeader = 8;

    /// <summary>Refused beyond: a forged file of nothing but empty chunks would be walked for hours.</summary>
    private const int MaxChunks = 10_000;

    private const int TagPcm = 1, TagFloat = 3, TagALaw = 6, TagMuLaw = 7, TagMpeg = 0x50, TagMp3 = 0x55, TagExtensible = 0xFFFE;

    /// <exception cref="AudioException">There is no format or no sound in it, or a format that cannot be.</exception>
    public static PlainLayout Read(ByteSource source, long start)
    {
        Span<byte> header = stackalloc byte[40];
        source.Read(start, header[..4]);
        bool big = header[..4].SequenceEqual("RIFX"u8);
        PlainLayout? format = null;
        (long Offset, uint Size)? data = null;
        long? longData = null;
        long at = start + 12;
        for (int chunk = 0; source.Read(at, header[..ChunkHeader]) == ChunkHeader; chunk++)
        {
            if (chunk == MaxChunks)
            {
                throw new AudioException(source.Path, $"its first {MaxChunks:n0} chunks hold no sound");
            }

            long body = at + ChunkHeader;
            uint size = UInt32(header[4..], big);
            if (header.StartsWith("fmt "u8))
            {
                int read = source.Read(body, header[..(int)Math.Min(size, 40)]);
                format = ReadFormat(source.Path, header[..read], big) with { Start = start };
            }
            else if (header.StartsWith("ds64"u8) && size >= 16 && source.Read(body, header[..16]) == 16)
            {
                long stated = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
                longData = stated > 0 ? stated : null;
            }
            else if (header.StartsWith("data"u8) && data is null)
            {
                data = (body, size);
            }

            if (format is not null && data is not null)
            {
                break;
            }

            at = NextChunk(source, body, size, big);
        }

        if (format is null)
        {
            throw new AudioException(source.Path, data is null ? "its wav header is cut short: there is no format chunk" : "its wav header has no format chunk");
        }

        if (data is not { } sound)
        {
            throw new AudioException(source.Path, "it is a wav header without sound: there is no data chunk");
        }

        return format.At(sound.Offset, AnnouncedBytes(source, sound.Offset, sound.Size, longData, big), source.Length);
    }

    private static PlainLayout ReadFormat(string path, ReadOnlySpan<byte> chunk, bool big)
    {
        if (chunk.Length < 16)
        {
            throw new AudioException(path, $"its format chunk has {chunk.Length} bytes, and 16 are the least");
        }

        int tag = UInt16(chunk, big), channels = UInt16(chunk[2..], big);
        int frameBytes = UInt16(chunk[12..], big), bits = UInt16(chunk[14..], big);
        if (tag == TagExtensible && chunk.Length >= 28)
        {
            // The sub-format's number starts with the old tag in 32 bits; in RIFX its halves stand in either order.
            tag = Math.Max(UInt16(chunk[24..], big), UInt16(chunk[26..], big));
        }

        // Samples of 20 bits lie in three bytes, or in four: the frame tells, unless it says nonsense.
        int width = (bits + 7) / 8;
        if (channels > 0 && frameBytes % channels == 0 && frameBytes / channels >= Math.Max(1, width) && frameBytes / channels <= 8)
        {
            width = frameBytes / channels;
        }

        var layout = new PlainLayout { Channels = channels, SampleRate = UInt32(chunk[4..], big), BigEndian = big };
        SampleEncoding? encoding = (tag, width) switch
        {
            (TagPcm, 1) => SampleEncoding.UInt8,
            (TagPcm, 2) => SampleEncoding.Int16,
            (TagPcm, 3) => SampleEncoding.Int24,
            (TagPcm, 4) => SampleEncoding.Int32,
            (TagFloat, 4) => SampleEncoding.Float32,
            (TagFloat, 8) => SampleEncoding.Float64,
            (TagALaw, 1) => SampleEncoding.ALaw,
            (TagMuLaw, 1) => SampleEncoding.MuLaw,
            (TagPcm or TagFloat or TagALaw or TagMuLaw, _) => throw new AudioException(path, $"its header says {CodecName(tag)} of {bits} bits, which there is not"),
            _ => null,
        };
        return encoding is { } plain
            ? layout with { Encoding = plain }
            : layout with { ForeignCodec = $"a wav file that holds {CodecName(tag)}", IsMpeg = tag is TagMpeg or TagMp3 };
    }

    private static long? AnnouncedBytes(ByteSource source, long offset, uint size, long? longSize, bool big)
    {
        long present = source.Length - offset;
        if (size == uint.MaxValue && longSize is not null)
        {
            return longSize;
        }

        // No length although bytes follow: a file whose writer was stopped before it could go back. But an empty chunk may have others behind it.
        if (size == 0 && present > 0 && !IsChunk(source, offset, big))
        {
            return null;
        }

        return PlainLayout.Announced(size, present);
    }

    // Chunks of odd length are padded to an even one, but not by every program.
    private static long NextChunk(ByteSource source, long body, uint size, bool big)
    {
        long next = body + size;
        return size % 2 == 0 || (!IsChunk(source, next + 1, big) && IsChunk(source, next, big)) ? next : next + 1;
    }

    private static bool IsChunk(ByteSource source, long at, bool big)
    {
        Span<byte> header = stackalloc byte[ChunkHeader];
        return source.Read(at, header) == ChunkHeader
            && !header[..4].ContainsAnyExceptInRange((byte)0x20, (byte)0x7E)
            && (header.StartsWith("data"u8) || UInt32(header[4..], big) <= source.Length - at - ChunkHeader);
    }

    private static int UInt16(ReadOnlySpan<byte> b, bool big) => big ? BinaryPrimitives.ReadUInt16BigEndian(b) : BinaryPrimitives.ReadUInt16LittleEndian(b);

    private static uint UInt32(ReadOnlySpan<byte> b, bool big) => big ? BinaryPrimitives.ReadUInt32BigEndian(b) : BinaryPrimitives.ReadUInt32LittleEndian(b);

    private static string CodecName(int tag) => tag switch
    {
        TagPcm => "PCM",
        TagFloat => "floating point",
        TagALaw => "A-law",
        TagMuLaw => "mu-law",
        0x0002 => "Microsoft ADPCM",
        0x0011 => "IMA ADPCM",
        0x0031 => "GSM 6.10",
        0x0040 or 0x0045 or 0x0064 => "G.72x ADPCM",
        TagMpeg => "MPEG audio",
        TagMp3 => "MP3",
        0x0160 or 0x0161 or 0x0162 or 0x0163 => "Windows Media Audio",
        0x00FF or 0x1600 or 0x1610 => "AAC",
        0x2000 => "Dolby AC-3",
        0x2001 => "DTS",
        0x674F or 0x6750 or 0x6751 or 0x676F or 0x6770 or 0x6771 => "Ogg Vorbis",
        0xF1AC => "FLAC",
        _ => $"sound of the unknown format tag 0x{tag:X4}",
    };
}
