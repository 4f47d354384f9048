using BenchmarkDotNet.Attributes;
using Pipeline.Parquet.Codecs;

namespace Pipeline.Benchmarks;

[Config(typeof(MicroConfig))]
public class Crc32Benchmarks
{
    private const int Size = 1 << 20;

    private readonly byte[] page = new byte[Size];

    [GlobalSetup]
    public void Fill() => new Random(1).NextBytes(page);

    [Benchmark, Bytes(Size)]
    public uint Page() => Crc32.Compute(page);

    [Benchmark, Bytes(200)]
    public uint SmallPage() => Crc32.Compute(page.AsSpan(0, 200));
}
