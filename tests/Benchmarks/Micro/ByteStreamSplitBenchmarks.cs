using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Pipeline.Parquet.Encodings;

namespace Pipeline.Benchmarks;

[Config(typeof(MicroConfig))]
public class ByteStreamSplitBenchmarks
{
    private const int Length = 332_800, Size = Length * 4;

    private readonly byte[] values = new byte[Size];
    private readonly byte[] streams = new byte[Size];

    [GlobalSetup]
    public void Fill()
    {
        new NoisyTable(Length).Row(1).CopyTo(MemoryMarshal.Cast<byte, float>(values.AsSpan()));
        ByteStreamSplit.Encode(values, 4, streams);
    }

    [Benchmark, Bytes(Size)]
    public void Encode() => ByteStreamSplit.Encode(values, 4, streams);

    [Benchmark, Bytes(Size)]
    public void Decode() => ByteStreamSplit.Decode(streams, 4, Length, 0, values);

    [Benchmark(Baseline = true), Bytes(Size)]
    public void Copy() => values.CopyTo(streams, 0);
}
