using System.Buffers.Binary;
using System.Text;
using Pipeline.Audio.Files;

namespace Pipeline.Audio.Plain;

/// <summary>The chunks of an AIFF or AIFF-C file: big-endian throughout, the samples of some kinds of AIFF-C excepted.</summary>
internal static class AiffHeader
{
    private const int ChunkHeader = 8;

    /// <summary>Refused beyond: a forged file of nothing but empty chunks would be walked for hours.</summary>
    private const int MaxChunks = 10_000;

    /// <summary>SSND starts with an offset and a block size, which nobody has used since the samplers they were made for.</summary>
    private const int SoundHeader = 8;

    /// <exception cref="AudioException">There is no format or no sound in it, or a format that cannot be.</exception>
    public static PlainLayout Read(ByteSource source, long start)
    {
        Span<byte> header = stackalloc byte[22];
        source.Read(start, header[..12]);
        bool isCompressedForm = header[8..12].SequenceEqual("AIFC"u8);
        PlainLayout? format = null;
        (long Offset, uint Size)? sound = null;
        long at = start + 12;
        for (int chunk = 0; (format is null || sound is null) && source.Read(at, header[..ChunkHeader]) == ChunkHeader; chunk++)
        {
            if (chunk == MaxChunks)
            {
                throw new AudioException(source.Path, $"its first {MaxChunks:n0} chunks hold no sound");
            }

            long body = at + ChunkHeader;
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
            if (header.StartsWith("COMM"u8))
            {
                int read = source.Read(body, header[..(int)Math.Min(size, 22)]);
                format = ReadFormat(source.Path, header[..read], isCompressedForm) with { Start = start };
            }
            else if (header.StartsWith("SSND"u8) && sound is null)
            {
                sound = (body, size);
            }

            at = body + size + size % 2;
        }

        if (format is null)
        {
            throw new AudioException(source.Path, "its AIFF header is cut short: there is no COMM chunk");
        }

        if (sound is not { } found)
        {
            throw new AudioException(source.Path, "it is an AIFF header without sound: there is no SSND chunk");
        }

        uint skipped = source.Read(found.Offset, header[..4]) == 4 ? BinaryPrimitives.ReadUInt32BigEndian(header) : 0;
        long samples = found.Offset + SoundHeader + skipped;
        long? announced = PlainLayout.Announced(found.Size, source.Length - found.Offset);
        bool open = announced is null || (found.Size == 0 && source.Length > samples);
        return format.At(samples, open ? null : Math.Max(0, found.Size - SoundHeader - (long)skipped), source.Length);
    }

    private static PlainLayout ReadFormat(string path, ReadOnlySpan<byte> chunk, bool isCompressedForm)
    {
        if (chunk.Length < 18)
        {
            throw new AudioException(path, $"its COMM chunk has {chunk.Length} bytes, and 18 are the least");
        }

        int bits = BinaryPrimitives.ReadUInt16BigEndian(chunk[6..]);
        var layout = new PlainLayout
        {
            Channels = BinaryPrimitives.ReadUInt16BigEndian(chunk),
            SampleRate = ReadExtended(chunk[8..18]),
            BigEndian = true,
        };
        string kind = isCompressedForm && chunk.Length >= 22 ? Encoding.Latin1.GetString(chunk.Slice(18, 4)) : "NONE";
        return kind switch
        {
            "NONE" or "twos" => layout with { Encoding = Integer(path, bits) },
            "sowt" => layout with { Encoding = Integer(path, bits), BigEndian = false },
            "in24" => layout with { Encoding = SampleEncoding.Int24 },
            "in32" => layout with { Encoding = SampleEncoding.Int32 },
            "raw " => layout with { Encoding = SampleEncoding.UInt8 },
            "fl32" or "FL32" => layout with { Encoding = SampleEncoding.Float32 },
            "fl64" or "FL64" => layout with { Encoding = SampleEncoding.Float64 },
            "alaw" or "ALAW" => layout with { Encoding = SampleEncoding.ALaw },
            "ulaw" or "ULAW" => layout with { Encoding = SampleEncoding.MuLaw },
            _ => layout with { ForeignCodec = $"an AIFF-C file that holds {CodecName(kind)}" },
        };
    }

    // Samples of 12 bits lie in the upper part of two bytes.
    private static SampleEncoding Integer(string path, int bits) => ((bits + 7) / 8) switch
    {
        1 => SampleEncoding.Int8,
        2 => SampleEncoding.Int16,
        3 => SampleEncoding.Int24,
        4 => SampleEncoding.Int32,
        _ => throw new AudioException(path, $"its header says samples of {bits} bits, and 1 to 32 can be read"),
    };

    /// <summary>The 80-bit floating-point number of the sample rate, rounded; -1 for what is no rate.</summary>
    private static long ReadExtended(ReadOnlySpan<byte> bytes)
    {
        int exponent = BinaryPrimitives.ReadUInt16BigEndian(bytes) - 16383;
        double value = Math.ScaleB(BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]), exponent - 63);
        return value is >= 0 and < int.MaxValue ? (long)Math.Round(value) : -1;
    }

    private static string CodecName(string kind) => kind switch
    {
        "ima4" => "IMA ADPCM",
        "MAC3" or "MAC6" => "Macintosh MACE",
        "GSM " => "GSM 6.10",
        "G722" or "G726" or "G728" => "ADPCM",
        "QDMC" or "QDM2" => "QDesign Music",
        ".mp3" => "MP3",
        _ when kind.All(c => c is >= ' ' and <= '~') => $"sound of the unknown kind '{kind}'",
        _ => "sound of an unknown kind",
    };
}
