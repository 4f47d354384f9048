using Pipeline.Parquet.Codecs;
using Xunit;

namespace Pipeline.Tests.Parquet.Codecs;

public class Crc32Tests
{
    public static TheoryData<string> Implementations => Crc32.IsVectorSupported ? ["reference", "vector"] : ["reference"];

    [Theory, MemberData(nameof(Implementations))]
    public void Known_texts_have_their_published_checksums(string implementation)
    {
        Assert.Equal(0u, Append(implementation, 0, ""u8));
        Assert.Equal(0xE8B7BE43u, Append(implementation, 0, "a"u8));
        Assert.Equal(0xCBF43926u, Append(implementation, 0, "123456789"u8));
        Assert.Equal(0x414FA339u, Append(implementation, 0, "The quick brown fox jumps over the lazy dog"u8));
    }

    [Theory, MemberData(nameof(Implementations))]
    public void A_long_text_has_the_checksum_that_zlib_gives_it(string implementation)
        => Assert.Equal(0x2531C236u, Append(implementation, 0, KnownCompressions.Text));

    [Theory, MemberData(nameof(Implementations))]
    public void Every_length_at_every_alignment_agrees_with_the_definition(string implementation)
    {
        byte[] bytes = SamplePages.Noise(new Random(1), 1100 + 16);
        int[] lengths = [.. Enumerable.Range(0, 301), 511, 512, 513, 527, 767, 768, 1023, 1024, 1025, 1100];
        foreach (int length in lengths)
        {
            for (int alignment = 0; alignment < 16; alignment++)
            {
                var part = bytes.AsSpan(alignment, length);
                Assert.Equal(BitByBit(part), Append(implementation, 0, part));
            }
        }
    }

    [Theory, MemberData(nameof(Implementations))]
    public void Parts_appended_one_after_the_other_give_the_checksum_of_the_whole(string implementation)
    {
        byte[] bytes = SamplePages.Noise(new Random(2), 2_000);
        uint whole = BitByBit(bytes);
        for (int cut = 0; cut <= bytes.Length; cut += 37)
        {
            uint crc = Append(implementation, 0, bytes.AsSpan(0, cut));
            Assert.Equal(whole, Append(implementation, crc, bytes.AsSpan(cut)));
        }
    }

    [Fact]
    public void A_page_has_the_same_checksum_whichever_implementation_computes_it()
        => SamplePages.Check(page => Crc32.Compute(page) == Crc32.AppendReference(0, page));

    [Theory]
    [InlineData(Crc32.Ahead128Low, 128 + 32)]
    [InlineData(Crc32.Ahead128High, 128 - 32)]
    [InlineData(Crc32.Ahead512Low, 512 + 32)]
    [InlineData(Crc32.Ahead512High, 512 - 32)]
    [InlineData(Crc32.Ahead2048Low, 2048 + 32)]
    [InlineData(Crc32.Ahead2048High, 2048 - 32)]
    public void The_folding_constants_are_powers_of_x_modulo_the_polynomial(ulong constant, int power)
    {
        uint remainder = 0x8000_0000;   // x^0, reflected
        for (int i = 0; i < power; i++)
        {
            remainder = TimesX(remainder);
        }

        Assert.Equal((ulong)remainder << 1, constant);
    }

    private static uint Append(string implementation, uint crc, ReadOnlySpan<byte> bytes)
        => implementation == "vector" ? Crc32.AppendVector(crc, bytes) : Crc32.AppendReference(crc, bytes);

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        uint register = uint.MaxValue;
        foreach (byte b in bytes)
        {
            register ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                register = TimesX(register);
            }
        }

        return ~register;
    }

    private static uint TimesX(uint remainder) => remainder >> 1 ^ ((remainder & 1) == 1 ? 0xEDB88320 : 0);
}
