using BenchmarkDotNet.Attributes;
using Pipeline.Tables;

namespace Pipeline.Benchmarks;

/// <summary>A million rows of eight columns of text, as records. Bytes are those of the text.</summary>
[Config(typeof(MicroConfig))]
public class LabelsBenchmarks
{
    private const int Count = 1_000_000;
    private const long Size = 57_500_000; // of the text, near enough for a rate

    private readonly string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private Label[] labels = [];

    [GlobalSetup]
    public void Fill()
    {
        labels = [.. LabelTable.Rows(Count)];
        Write();
    }

    [GlobalCleanup]
    public void Clean() => File.Delete(file);

    [Benchmark, Bytes(Size)]
    public void Write()
    {
        using TableWriter<Label> writer = TableWriter<Label>.Create(file, Provenance.Empty);
        foreach (Label label in labels)
        {
            writer.Write(label);
        }

        writer.Commit();
    }

    [Benchmark, Bytes(Size)]
    public long Read()
    {
        long bytes = 0;
        foreach (Label label in TableReader<Label>.Open(file).Read())
        {
            bytes += label.RecordingId.Length;
        }

        return bytes;
    }
}
