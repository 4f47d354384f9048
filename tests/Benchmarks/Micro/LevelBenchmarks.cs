using BenchmarkDotNet.Attributes;
using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Writing;

namespace Pipeline.Benchmarks;

/// <summary>Levels, a byte each once read: those of a column of long lists, and those of one with nulls here and there.</summary>
[Config(typeof(MicroConfig))]
public class LevelBenchmarks
{
    private const int Count = 1 << 20;

    private readonly byte[] levels = new byte[Count];
    private readonly byte[] mixed = new byte[Count];
    private readonly ByteBuffer buffer = new();
    private readonly LevelDecoder decoder = new(1);
    private byte[] lists = [];
    private byte[] nulls = [];

    [GlobalSetup]
    public void Fill()
    {
        uint state = 1;
        foreach (ref byte level in mixed.AsSpan())
        {
            state = state * 1664525 + 1013904223;
            level = (byte)(state >> 30 == 0 ? 0 : 1);
        }

        EncodeLists();
        lists = buffer.Written.ToArray();
        EncodeNulls();
        nulls = buffer.Written.ToArray();
    }

    [Benchmark, Bytes(Count)]
    public void EncodeLists()
    {
        buffer.Clear();
        var encoder = new RleEncoder(buffer, 1);
        for (int i = 0; i < Count; i += 1 << 17)
        {
            encoder.Add(0);
            encoder.Add(1, (1 << 17) - 1);
        }

        encoder.Finish();
    }

    [Benchmark, Bytes(Count)]
    public void EncodeNulls()
    {
        buffer.Clear();
        var encoder = new RleEncoder(buffer, 1);
        foreach (byte level in mixed)
        {
            encoder.Add(level);
        }

        encoder.Finish();
    }

    [Benchmark, Bytes(Count)]
    public void DecodeLists() => Decode(lists);

    [Benchmark, Bytes(Count)]
    public void DecodeNulls() => Decode(nulls);

    private void Decode(byte[] data)
    {
        decoder.StartRuns(data);
        for (int i = 0; i < Count; i += 8192)
        {
            decoder.Read(levels.AsSpan(i, 8192));
        }
    }
}
