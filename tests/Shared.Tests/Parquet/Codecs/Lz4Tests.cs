using System.Text;
using Pipeline.Parquet;
using Pipeline.Parquet.Codecs;
using Xunit;

namespace Pipeline.Tests.Parquet.Codecs;

public class Lz4Tests
{
    // Assembled by hand from the format description.
    [Theory]
    [InlineData("00", "")]
    [InlineData("30 616263", "abc")]
    [InlineData("F0 01 61626364656667686970717273747576", "abcdefghipqrstuv")]                 // 15 + 1 literals
    [InlineData("44 61626364 0400 00", "abcdabcdabcd")]                                        // copy of 4 + 4
    [InlineData("1F 61 0100 01 10 62", "aaaaaaaaaaaaaaaaaaaaab")]                              // 15 + 1 + 4, overlapping
    public void Sequences_of_each_kind_are_decoded(string hex, string expected)
    {
        byte[] page = new byte[expected.Length];
        Lz4.Decompress(Hex(hex), page);
        Assert.Equal(expected, Encoding.ASCII.GetString(page));
    }

    [Fact]
    public void Counts_go_on_for_as_many_bytes_as_say_255()
    {
        byte[] page = new byte[1 + 4 + 15 + 255 + 255 + 7];
        Lz4.Decompress(Hex("1F 61 0100 FFFF07 00"), page);
        Assert.Equal(-1, page.AsSpan().IndexOfAnyExcept((byte)'a'));
    }

    [Theory]
    [InlineData("", "damaged")]
    [InlineData("40 616263", "damaged")]                    // fewer literals than counted
    [InlineData("F0", "damaged")]                           // the count goes on, the data does not
    [InlineData("F0 FFFF", "damaged")]
    [InlineData("10 61 01", "damaged")]                     // half an offset
    [InlineData("10 61 0000 00", "damaged")]                // offset 0
    [InlineData("10 61 0200 00", "damaged")]                // before the start
    [InlineData("10 61 0100", "damaged")]                   // ends with a copy
    [InlineData("1F 61 0100 FF", "damaged")]
    [InlineData("13 61 0100 00", "damaged or holds more than the announced 5 bytes")]
    [InlineData("60 616263646566", "damaged or holds more than the announced 5 bytes")]
    [InlineData("40 61626364", "ends after 4 of 5 bytes")]
    public void Damaged_blocks_are_refused_with_the_reason(string hex, string reason)
    {
        var e = Assert.Throws<CodecException>(() => Lz4.Decompress(Hex(hex), new byte[5]));
        Assert.Contains(reason, e.Message);
    }

    [Theory]
    [InlineData(CompressionCodec.Lz4Raw)]
    [InlineData(CompressionCodec.Lz4)]      // as early versions of Arrow wrote it
    public void A_raw_block_of_the_reference_library_is_decoded(CompressionCodec codec)
    {
        using var decompressor = new PageDecompressor();
        Assert.Equal(KnownCompressions.Text, decompressor.Decompress(codec, KnownCompressions.Lz4Block, KnownCompressions.Text.Length));
    }

    [Theory]
    [InlineData("00000003 00000004 30616263", "abc")]
    [InlineData("00000003 00000004 30616263 00000002 00000003 206465", "abcde")]       // two frames
    [InlineData("00000005 00000004 30616263 00000003 206465", "abcde")]                // one frame of two blocks
    [InlineData("00000000 00000003 00000004 30616263", "abc")]                         // an empty frame first
    public void Frames_as_Hadoop_writes_them_are_decoded(string hex, string expected)
    {
        using var decompressor = new PageDecompressor();
        Assert.Equal(expected, Encoding.ASCII.GetString(decompressor.Decompress(CompressionCodec.Lz4, Hex(hex), expected.Length)));
    }

    [Theory]
    [InlineData("00000003 00000005 30616263")]              // block longer than the data
    [InlineData("00000004 00000004 30616263")]              // frame with fewer bytes than stated
    [InlineData("00000002 00000004 30616263")]              // with more
    [InlineData("00000003 00000004 30616263 00")]           // something behind the last frame
    [InlineData("00000003 FFFFFFFF 30616263")]
    public void Frames_that_do_not_add_up_are_refused(string hex)
    {
        using var decompressor = new PageDecompressor();
        Assert.Throws<CodecException>(() => decompressor.Decompress(CompressionCodec.Lz4, Hex(hex), 3).Length);
    }

    [Fact]
    public void Nothing_is_written_outside_the_bounds_that_were_given()
    {
        const byte Untouched = 0xA5;
        const int Margin = 64;
        byte[] decoded = [.. Enumerable.Repeat(Untouched, Margin + KnownCompressions.Text.Length + Margin)];
        Lz4.Decompress(KnownCompressions.Lz4Block, decoded.AsSpan(Margin, KnownCompressions.Text.Length));
        Assert.Equal(-1, decoded.AsSpan(0, Margin).IndexOfAnyExcept(Untouched));
        Assert.Equal(-1, decoded.AsSpan(^Margin).IndexOfAnyExcept(Untouched));
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", ""));
}
