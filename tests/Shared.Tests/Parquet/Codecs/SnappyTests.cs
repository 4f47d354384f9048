using System.Text;
using Pipeline.Parquet.Codecs;
using Xunit;

namespace Pipeline.Tests.Parquet.Codecs;

public class SnappyTests
{
    // Assembled by hand from the format description.
    [Theory]
    [InlineData("00", "")]
    [InlineData("03 08 616263", "abc")]
    [InlineData("03 F0 02 616263", "abc")]                                 // literal with a one-byte length
    [InlineData("03 FC 02000000 616263", "abc")]                           // with a four-byte length
    [InlineData("08 0C 61626364 01 04", "abcdabcd")]                       // copy with a one-byte offset
    [InlineData("09 00 61 1E 0100", "aaaaaaaaa")]                          // two-byte offset, overlapping itself
    [InlineData("0B 08 616263 1F 03000000", "abcabcabcab")]                // four-byte offset
    [InlineData("8380808000 08 616263", "abc")]                            // length in more bytes than needed
    public void Elements_of_each_kind_are_decoded(string hex, string expected)
    {
        byte[] page = new byte[expected.Length];
        Snappy.Decompress(Hex(hex), page);
        Assert.Equal(expected, Encoding.ASCII.GetString(page));
    }

    [Theory]
    [InlineData("", "does not start with a length")]
    [InlineData("83", "does not start with a length")]
    [InlineData("808080808001", "does not start with a length")]
    [InlineData("04 0C 61626364", "states 4 bytes, the page 3")]
    [InlineData("8380808010 08 616263", "does not start with a length")]    // 2^32 + 3
    [InlineData("03 08 6162", "ends inside an element")]
    [InlineData("03 F4 02", "ends inside an element")]
    [InlineData("03 FC FFFFFFFF 616263", "ends inside an element")]
    [InlineData("03 00 61 02 01", "ends inside an element")]
    [InlineData("03 04 6162", "ends after 2 of 3")]
    [InlineData("03 0C 61626364", "more than the announced 3")]
    [InlineData("03 00 61 0E 0100", "more than the announced 3")]
    [InlineData("03 00 61 06 0000", "refers 0 bytes back")]
    [InlineData("03 00 61 06 0200", "refers 2 bytes back, 1 bytes into the page")]
    [InlineData("03 00 61 07 000000FF", "bytes back, 1 bytes into the page")]
    public void Damaged_data_is_refused_with_the_reason(string hex, string reason)
    {
        var e = Assert.Throws<CodecException>(() => Snappy.Decompress(Hex(hex), new byte[3]));
        Assert.Contains(reason, e.Message);
    }

    [Fact]
    public void What_the_reference_library_compressed_is_decoded()
    {
        byte[] page = new byte[KnownCompressions.Text.Length];
        Snappy.Decompress(KnownCompressions.Snappy, page);
        Assert.Equal(KnownCompressions.Text, page);
    }

    [Fact]
    public void Text_is_compressed_as_well_as_by_the_reference_library()
    {
        byte[] room = new byte[Snappy.MaxCompressedLength(KnownCompressions.Text.Length)];
        Assert.InRange(Snappy.Compress(KnownCompressions.Text, room), 1, KnownCompressions.Snappy.Length);
    }

    [Fact]
    public void Matches_are_written_in_copies_that_leave_no_rest_shorter_than_four_bytes()
    {
        for (int length = 0; length < 300; length++)
        {
            byte[] page = [.. SamplePages.Noise(new Random(3), 50), .. new byte[length], .. SamplePages.Noise(new Random(4), 50)];
            byte[] room = new byte[Snappy.MaxCompressedLength(page.Length)];
            byte[] decoded = new byte[page.Length];
            Snappy.Decompress(room.AsSpan(0, Snappy.Compress(page, room)), decoded);
            Assert.Equal(page, decoded);
        }
    }

    [Fact]
    public void Nothing_is_written_outside_the_bounds_that_were_given()
        => SamplePages.Check(page =>
        {
            const byte Untouched = 0xA5;
            const int Margin = 64;
            int bound = Snappy.MaxCompressedLength(page.Length);
            byte[] compressed = [.. Enumerable.Repeat(Untouched, bound + Margin)];
            int length = Snappy.Compress(page, compressed.AsSpan(0, bound));
            byte[] decoded = [.. Enumerable.Repeat(Untouched, Margin + page.Length + Margin)];
            Snappy.Decompress(compressed.AsSpan(0, length), decoded.AsSpan(Margin, page.Length));

            return compressed.AsSpan(bound).IndexOfAnyExcept(Untouched) < 0
                && decoded.AsSpan(0, Margin).IndexOfAnyExcept(Untouched) < 0
                && decoded.AsSpan(Margin + page.Length).IndexOfAnyExcept(Untouched) < 0
                && decoded.AsSpan(Margin, page.Length).SequenceEqual(page);
        });

    [Fact]
    public void Too_little_room_for_the_compressed_page_is_an_error_of_the_caller()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Snappy.Compress(new byte[60], new byte[60]));

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", ""));
}
