using Pipeline.Audio.Plain;
using Xunit;

namespace Pipeline.Tests.Audio;

/// <summary>Bytes to samples: by the definition, and by vectors as by the definition.</summary>
public sealed class SampleDecoderTests
{
    public static TheoryData<string, bool> Encodings
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (string encoding in Enum.GetNames<SampleEncoding>())
            {
                data.Add(encoding, false);
                data.Add(encoding, true);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Encodings))]
    public void Vectors_give_the_bits_of_the_reference_at_every_length(string name, bool bigEndian)
    {
        SampleEncoding encoding = Enum.Parse<SampleEncoding>(name);
        var random = new Random(1);
        for (int length = 0; length <= 100; length++)
        {
            byte[] bytes = new byte[length * PlainLayout.WidthOf(encoding)];
            random.NextBytes(bytes);
            float[] expected = new float[length], actual = new float[length];
            SampleDecoder.DecodeReference(bytes, encoding, bigEndian, expected);
            SampleDecoder.Decode(bytes, encoding, bigEndian, actual);
            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Theory, MemberData(nameof(Encodings))]
    public void Vectors_do_nearly_all_of_a_long_block(string name, bool bigEndian)
    {
        SampleEncoding encoding = Enum.Parse<SampleEncoding>(name);
        int width = PlainLayout.WidthOf(encoding);
        int done = SampleDecoder.DecodeVector(new byte[1000 * width], encoding, bigEndian, new float[1000]);
        Assert.InRange(done, 980, 1000);
    }

    [Theory]
    [InlineData(nameof(SampleEncoding.UInt8), "00", -1f)]
    [InlineData(nameof(SampleEncoding.UInt8), "80", 0f)]
    [InlineData(nameof(SampleEncoding.UInt8), "FF", 127 / 128f)]
    [InlineData(nameof(SampleEncoding.Int8), "80", -1f)]
    [InlineData(nameof(SampleEncoding.Int16), "8000", -1f)]
    [InlineData(nameof(SampleEncoding.Int16), "7FFF", 32767 / 32768f)]
    [InlineData(nameof(SampleEncoding.Int24), "800000", -1f)]
    [InlineData(nameof(SampleEncoding.Int24), "7FFFFF", 8388607 / 8388608f)]
    [InlineData(nameof(SampleEncoding.Int24), "000001", 1 / 8388608f)]
    [InlineData(nameof(SampleEncoding.Int32), "80000000", -1f)]
    [InlineData(nameof(SampleEncoding.Int32), "40000000", 0.5f)]
    [InlineData(nameof(SampleEncoding.Float32), "3F000000", 0.5f)]
    [InlineData(nameof(SampleEncoding.Float64), "3FE0000000000000", 0.5f)]
    [InlineData(nameof(SampleEncoding.MuLaw), "00", -32124 / 32768f)]
    [InlineData(nameof(SampleEncoding.MuLaw), "80", 32124 / 32768f)]
    [InlineData(nameof(SampleEncoding.MuLaw), "FF", 0f)]
    [InlineData(nameof(SampleEncoding.ALaw), "D5", 8 / 32768f)]
    [InlineData(nameof(SampleEncoding.ALaw), "55", -8 / 32768f)]
    [InlineData(nameof(SampleEncoding.ALaw), "AA", 32256 / 32768f)]
    public void Known_codes_have_their_known_values(string name, string bigEndian, float expected)
    {
        SampleEncoding encoding = Enum.Parse<SampleEncoding>(name);
        byte[] bytes = Convert.FromHexString(bigEndian);
        float[] sample = new float[1];
        SampleDecoder.Decode(bytes, encoding, bigEndian: true, sample);
        Assert.Equal(expected, sample[0]);
        SampleDecoder.Decode([.. bytes.Reverse()], encoding, bigEndian: false, sample);
        Assert.Equal(expected, sample[0]);
    }
}
