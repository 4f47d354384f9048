using System.Buffers.Binary;

namespace Pipeline.Audio.Plain;

/// <summary>
/// Bytes of samples to numbers: integers are divided by 2^(bits-1), so that full scale is -1 to just below 1, as libsndfile reads them.
/// </summary>
internal static partial class SampleDecoder
{
    private static readonly float[] ALawTable = [.. Enumerable.Range(0, 256).Select(code => DecodeALaw((byte)code))];
    private static readonly float[] MuLawTable = [.. Enumerable.Range(0, 256).Select(code => DecodeMuLaw((byte)code))];

    /// <summary>Decodes as many samples as there is room for.</summary>
    /// <param name="bytes">The samples, one behind the other without gaps; exactly as many as <paramref name="samples"/> takes.</param>
    /// <param name="encoding">How they are stored.</param>
    /// <param name="bigEndian">Whether a sample's most significant byte comes first.</param>
    /// <param name="samples">Where to.</param>
    public static void Decode(ReadOnlySpan<byte> bytes, SampleEncoding encoding, bool bigEndian, Span<float> samples)
    {
        int done = DecodeVector(bytes, encoding, bigEndian, samples);
        DecodeReference(bytes[(done * PlainLayout.WidthOf(encoding))..], encoding, bigEndian, samples[done..]);
    }

    /// <summary>The definition, one sample at a time.</summary>
    internal static void DecodeReference(ReadOnlySpan<byte> bytes, SampleEncoding encoding, bool bigEndian, Span<float> samples)
    {
        int width = PlainLayout.WidthOf(encoding);
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<byte> b = bytes.Slice(i * width, width);
            samples[i] = encoding switch
            {
                SampleEncoding.UInt8 => (b[0] - 128) / 128f,
                SampleEncoding.Int8 => (sbyte)b[0] / 128f,
                SampleEncoding.Int16 => (bigEndian ? BinaryPrimitives.ReadInt16BigEndian(b) : BinaryPrimitives.ReadInt16LittleEndian(b)) / 32768f,
                SampleEncoding.Int24 => (bigEndian ? b[0] << 24 | b[1] << 16 | b[2] << 8 : b[2] << 24 | b[1] << 16 | b[0] << 8) / 2147483648f,
                SampleEncoding.Int32 => (bigEndian ? BinaryPrimitives.ReadInt32BigEndian(b) : BinaryPrimitives.ReadInt32LittleEndian(b)) / 2147483648f,
                SampleEncoding.Float32 => bigEndian ? BinaryPrimitives.ReadSingleBigEndian(b) : BinaryPrimitives.ReadSingleLittleEndian(b),
                SampleEncoding.Float64 => (float)(bigEndian ? BinaryPrimitives.ReadDoubleBigEndian(b) : BinaryPrimitives.ReadDoubleLittleEndian(b)),
                SampleEncoding.ALaw => ALawTable[b[0]],
                SampleEncoding.MuLaw => MuLawTable[b[0]],
                _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
            };
        }
    }

    // G.711: a sign, three bits of exponent, four of mantissa; every other bit inverted on the wire.
    private static float DecodeALaw(byte code)
    {
        int bits = code ^ 0x55, exponent = bits >> 4 & 7, mantissa = bits & 15;
        int magnitude = exponent == 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 264) << (exponent - 1);
        return ((bits & 128) != 0 ? magnitude : -magnitude) / 32768f;
    }

    // G.711: the same with all bits inverted, and a bias of 132 that makes the steps smooth.
    private static float DecodeMuLaw(byte code)
    {
        const int bias = 132;
        int bits = ~code & 255, magnitude = (((bits & 15) << 3) + bias) << (bits >> 4 & 7);
        return ((bits & 128) != 0 ? bias - magnitude : magnitude - bias) / 32768f;
    }
}
