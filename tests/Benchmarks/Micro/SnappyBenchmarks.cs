using System.Text;
using BenchmarkDotNet.Attributes;
using Pipeline.Parquet.Codecs;

namespace Pipeline.Benchmarks;

/// <summary>A page of text-like values, which compresses to about a third.</summary>
[Config(typeof(MicroConfig))]
public class SnappyBenchmarks
{
    private const int Size = 1 << 20;

    private readonly byte[] page = new byte[Size];
    private readonly byte[] compressed = new byte[Snappy.MaxCompressedLength(Size)];
    private int length;

    [GlobalSetup]
    public void Fill()
    {
        var text = new StringBuilder();
        foreach (var row in LabelTable.Rows(20_000))
        {
            text.Append(row.RecordingId).Append(row.Genre).Append(row.Agreement).Append(row.Rule);
        }

        Encoding.UTF8.GetBytes(text.ToString().AsSpan(0, Math.Min(Size, text.Length)), page);
        length = Snappy.Compress(page, compressed);
    }

    [Benchmark, Bytes(Size)]
    public int Compress() => Snappy.Compress(page, compressed);

    [Benchmark, Bytes(Size)]
    public void Decompress() => Snappy.Decompress(compressed.AsSpan(0, length), page);
}
