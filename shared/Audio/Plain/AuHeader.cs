using System.Buffers.Binary;
using Pipeline.Audio.Files;

namespace Pipeline.Audio.Plain;

/// <summary>The header of a Sun/NeXT .au file: six big-endian words, then an annotation of any length. DEC's variant has little-endian ones.</summary>
internal static class AuHeader
{
    public const int Bytes = 24;

    private const uint UnknownLength = uint.MaxValue;

    /// <exception cref="AudioException">It is cut short, or of an encoding that there is not.</exception>
    public static PlainLayout Read(ByteSource source, long start)
    {
        Span<byte> header = stackalloc byte[Bytes];
        int read = source.Read(start, header);
        if (read < Bytes)
        {
            throw new AudioException(source.Path, $"its au header is cut short after {read} of {Bytes} bytes");
        }

        PlainLayout layout = Parse(source.Path, header, out uint offset, out uint announced) with { Start = start };
        long samples = start + Math.Max(offset, Bytes); // some writers give the annotation's length alone
        long present = source.Length - samples;
        bool open = announced == UnknownLength || (announced == 0 && present > 0);
        return layout.At(samples, open ? null : PlainLayout.Announced(announced, present), source.Length);
    }

    /// <summary>The meaning of the six words; where the samples are and how many is left to the caller.</summary>
    public static PlainLayout Parse(string path, ReadOnlySpan<byte> header, out uint offset, out uint announced)
    {
        bool big = header.StartsWith(".snd"u8);
        offset = Word(header, 1, big);
        announced = Word(header, 2, big);
        var layout = new PlainLayout { SampleRate = Word(header, 4, big), Channels = Word(header, 5, big), BigEndian = big };
        return Word(header, 3, big) switch
        {
            1 => layout with { Encoding = SampleEncoding.MuLaw },
            2 => layout with { Encoding = SampleEncoding.Int8 },
            3 => layout with { Encoding = SampleEncoding.Int16 },
            4 => layout with { Encoding = SampleEncoding.Int24 },
            5 => layout with { Encoding = SampleEncoding.Int32 },
            6 => layout with { Encoding = SampleEncoding.Float32 },
            7 => layout with { Encoding = SampleEncoding.Float64 },
            27 => layout with { Encoding = SampleEncoding.ALaw },
            23 => layout with { ForeignCodec = "an au file that holds G.721 ADPCM" },
            25 or 26 => layout with { ForeignCodec = "an au file that holds G.723 ADPCM" },
            uint encoding => throw new AudioException(path, $"its au header says encoding {encoding}, which is not known"),
        };
    }

    private static uint Word(ReadOnlySpan<byte> header, int index, bool big) => big
        ? BinaryPrimitives.ReadUInt32BigEndian(header[(4 * index)..])
        : BinaryPrimitives.ReadUInt32LittleEndian(header[(4 * index)..]);
}
