using System.Text;
using BenchmarkDotNet.Attributes;
using Pipeline.Parquet;
using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Writing;

namespace Pipeline.Benchmarks;

/// <summary>Text out of a dictionary: finding each value's number, and finding values by number. Bytes are those of the text.</summary>
[Config(typeof(MicroConfig))]
public class DictionaryBenchmarks
{
    private const int Count = 1 << 17, Different = 1000, Size = 18;

    private readonly byte[][] values = new byte[Count][];
    private readonly ByteRange[] ranges = new ByteRange[Count];
    private readonly DictionaryDecoder<ByteRange> decoder = new();
    private byte[] indices = [];

    [GlobalSetup]
    public void Fill()
    {
        byte[][] distinct = [.. Enumerable.Range(0, Different).Select(i => Encoding.UTF8.GetBytes($"recording-{i * 7919L:D8}"))];
        var random = new Random(1);
        var buffer = new ByteBuffer();
        var encoder = new RleEncoder(buffer, 10);
        buffer.Put(10);
        for (int i = 0; i < Count; i++)
        {
            int index = random.Next(Different);
            values[i] = distinct[index];
            encoder.Add((uint)index);
        }

        encoder.Finish();
        indices = buffer.Written.ToArray();
        decoder.SetDictionary(Enumerable.Range(0, Different).Select(i => new ByteRange(i * Size, Size)).ToArray());
    }

    [Benchmark, Bytes((long)Count * Size)]
    public int Encode()
    {
        var pool = new BytePool();
        int sum = 0;
        foreach (byte[] value in values)
        {
            sum += pool.Add(value, out _);
        }

        return sum;
    }

    [Benchmark, Bytes((long)Count * Size)]
    public void Decode()
    {
        decoder.Start(indices, Count);
        decoder.Read(ranges);
    }
}
