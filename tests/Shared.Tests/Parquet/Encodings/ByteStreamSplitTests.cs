using Pipeline.Parquet.Encodings;
using Xunit;

namespace Pipeline.Tests.Parquet.Encodings;

public class ByteStreamSplitTests
{
    private static readonly int[] Counts = [0, 1, 2, 7, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 127, 128, 129, 200, 1000];

    public static TheoryData<int> Widths => [.. Enumerable.Range(1, 20)];

    [Fact]
    public void The_example_of_the_format_description_is_encoded_and_decoded()
    {
        byte[] values = [0xAA, 0xBB, 0xCC, 0xDD, 0x00, 0x11, 0x22, 0x33, 0xA3, 0xB4, 0xC5, 0xD6];
        byte[] expected = [0xAA, 0x00, 0xA3, 0xBB, 0x11, 0xB4, 0xCC, 0x22, 0xC5, 0xDD, 0x33, 0xD6];

        byte[] streams = new byte[12];
        ByteStreamSplit.Encode(values, 4, streams);
        Assert.Equal(expected, streams);

        byte[] decoded = new byte[12];
        ByteStreamSplit.Decode(streams, 4, 3, 0, decoded);
        Assert.Equal(values, decoded);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Byte_k_of_value_i_is_at_position_i_of_stream_k(int width)
    {
        foreach (int count in Counts)
        {
            byte[] values = Noise(count * width);
            byte[] expected = new byte[values.Length];
            for (int at = 0; at < values.Length; at++)
            {
                expected[at % width * count + at / width] = values[at];
            }

            byte[] streams = new byte[values.Length];
            ByteStreamSplit.Encode(values, width, streams);
            Assert.Equal(expected, streams);

            streams.AsSpan().Clear();
            ByteStreamSplit.EncodeReference(values, width, streams, 0, count);
            Assert.Equal(expected, streams);
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Any_run_of_values_can_be_decoded_without_touching_what_is_next_to_it(int width)
    {
        const byte Untouched = 0xA5;
        const int Margin = 64;
        foreach (int total in Counts)
        {
            byte[] values = Noise(total * width);
            byte[] streams = new byte[values.Length];
            ByteStreamSplit.Encode(values, width, streams);
            foreach (int first in Counts.Where(first => first <= total))
            {
                foreach (int count in Counts.Append(total - first).Where(count => first + count <= total))
                {
                    var expected = values.AsSpan(first * width, count * width);
                    byte[] decoded = [.. Enumerable.Repeat(Untouched, Margin + expected.Length + Margin)];

                    ByteStreamSplit.Decode(streams, width, total, first, decoded.AsSpan(Margin, expected.Length));
                    Assert.True(decoded.AsSpan(Margin, expected.Length).SequenceEqual(expected));
                    Assert.Equal(-1, decoded.AsSpan(0, Margin).IndexOfAnyExcept(Untouched));
                    Assert.Equal(-1, decoded.AsSpan(Margin + expected.Length).IndexOfAnyExcept(Untouched));

                    decoded.AsSpan().Clear();
                    ByteStreamSplit.DecodeReference(
                        streams, width, total, first, decoded.AsSpan(Margin, expected.Length), 0, count);
                    Assert.True(decoded.AsSpan(Margin, expected.Length).SequenceEqual(expected));
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 12, 3, 0, 12)]       // no width
    [InlineData(4, 12, 3, 0, 11)]       // part of a value
    [InlineData(4, 12, 4, 0, 12)]       // streams shorter than the total
    [InlineData(4, 12, 3, 1, 12)]       // more values than there are after the first
    [InlineData(4, 12, 3, -1, 4)]
    [InlineData(4, 12, 3, int.MaxValue, 4)]
    [InlineData(4, 0, 1 << 30, 0, 0)]   // a product that overflows
    public void Arguments_that_do_not_fit_together_are_refused(int width, int streams, int total, int first, int values)
        => Assert.ThrowsAny<ArgumentException>(
            () => ByteStreamSplit.Decode(new byte[streams], width, total, first, new byte[values]));

    [Fact]
    public void Streams_of_another_length_than_the_values_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => ByteStreamSplit.Encode(new byte[12], 4, new byte[11]));
        Assert.ThrowsAny<ArgumentException>(() => ByteStreamSplit.Encode(new byte[10], 4, new byte[10]));
    }

    private static byte[] Noise(int length)
    {
        byte[] bytes = new byte[length];
        new Random(9).NextBytes(bytes);
        return bytes;
    }
}
