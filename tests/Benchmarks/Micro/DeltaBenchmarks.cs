using BenchmarkDotNet.Attributes;
using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Writing;

namespace Pipeline.Benchmarks;

/// <summary>DELTA_BINARY_PACKED, which is only read: 64-bit values with differences of 11 bits.</summary>
[Config(typeof(MicroConfig))]
public class DeltaBenchmarks
{
    private const int Count = 1 << 17, Block = 128, Parts = 4, Width = 11;

    private readonly long[] values = new long[Count];
    private readonly DeltaBinaryPackedDecoder<long> decoder = new();
    private byte[] data = [];

    [GlobalSetup]
    public void Fill()
    {
        var buffer = new ByteBuffer();
        var random = new Random(1);
        foreach (ulong number in (ReadOnlySpan<ulong>)[Block, Parts, Count + 1, 0])
        {
            buffer.PutVarint(number);
        }

        for (int i = 0; i < Count; i += Block)
        {
            buffer.PutVarint(6); // least difference 3
            buffer.Room(Parts).Fill(Width);
            random.NextBytes(buffer.Room(Block * Width / 8));
        }

        data = buffer.Written.ToArray();
    }

    [Benchmark, Bytes(Count * sizeof(long))]
    public void Decode()
    {
        decoder.Start(data, Count + 1);
        decoder.Read(values);
    }
}
