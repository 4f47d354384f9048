using Pipeline.Parquet;
using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Writing;
using Xunit;

namespace Pipeline.Tests.Parquet.Encodings;

public class RleTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(1, 32)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void IndicesOfEveryWidthComeBackInPiecesOfAnySize(int width)
    {
        uint[] values = Values(width, 5000);
        ReadOnlyMemory<byte> data = Encode(values, width);
        var decoder = new RleDecoder();
        decoder.Start(data, width);
        var read = new int[values.Length];
        for (int at = 0, step = 1; at < read.Length; at += step, step = step * 3 % 701 + 1)
        {
            decoder.Read(read.AsSpan(at, Math.Min(step, read.Length - at)));
        }

        Assert.Equal(values, read.Select(v => (uint)v));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void LevelsComeBackInPiecesOfAnySize(int width)
    {
        uint[] values = Values(width, 20_000);
        ReadOnlyMemory<byte> data = Encode(values, width);
        for (int step = 1; step < 30; step++)
        {
            var decoder = new RleDecoder();
            decoder.Start(data, width);
            var read = new byte[values.Length];
            for (int at = 0; at < read.Length; at += step)
            {
                decoder.Read(read.AsSpan(at, Math.Min(step, read.Length - at)));
            }

            Assert.Equal(values, read.Select(v => (uint)v));
        }
    }

    [Fact]
    public void ALastGroupCutToItsBytesIsReadToItsLastWholeValue()
    {
        // One group of eight values of 12 bits, of which five bytes are there: three values.
        byte[] data = [1 << 1 | 1, 0x21, 0x43, 0x65, 0x87, 0xA9];
        var decoder = new RleDecoder();
        decoder.Start(data, 12);
        var read = new int[3];
        decoder.Read(read);
        Assert.Equal([0x321, 0x654, 0x987], read);
        Assert.Throws<ParquetException>(() => decoder.Read(read.AsSpan(0, 1)));
    }

    // Runs and mixtures in turn.
    private static uint[] Values(int width, int count)
    {
        var random = new Random(width);
        uint mask = width == 32 ? uint.MaxValue : (1u << width) - 1;
        var values = new uint[count];
        for (int i = 0; i < count;)
        {
            uint same = (uint)random.NextInt64() & mask;
            bool isRun = random.Next(3) == 0;
            for (int end = Math.Min(count, i + random.Next(1, 100)); i < end; i++)
            {
                values[i] = isRun ? same : (uint)random.NextInt64() & mask;
            }
        }

        return values;
    }

    private static ReadOnlyMemory<byte> Encode(uint[] values, int width)
    {
        var buffer = new ByteBuffer();
        var encoder = new RleEncoder(buffer, width);
        foreach (uint value in values)
        {
            encoder.Add(value);
        }

        encoder.Finish();
        return buffer.Written.ToArray();
    }
}
