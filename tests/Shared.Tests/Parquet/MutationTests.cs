using System.Diagnostics;
using Pipeline.Native;
using Pipeline.Parquet;
using Xunit;

namespace Pipeline.Tests.Parquet;

/// <summary>A damaged file is read or refused by one sentence: in no time, in no memory, and without any other exception.</summary>
[Collection(nameof(AloneCollection))]
public class MutationTests
{
    private const int Seed = 20_250_102;
    private const int Files = 20_000;
    private const int LargestSource = 16_000;

    /// <summary>What reading one file may allocate: so much, and so many times its bytes for each way and column in which it is read.</summary>
    private const long MostBytes = 64 << 20, MostBytesPerByte = 4000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    [Fact]
    public void Damaged_files_are_read_or_refused_by_one_sentence()
    {
        List<byte[]> sources = Sources();
        string current = "the first file";
        long cases = 0;
        Exception? failure = null;
        var worker = new Thread(
            () =>
            {
                try
                {
                    using var temporary = new TemporaryFile();
                    for (int i = 0; i < Files; i++)
                    {
                        current = $"the file of seed {Seed + i}";
                        var random = new Random(Seed + i);
                        byte[] bytes = Mutations.Mutate(random, sources[random.Next(sources.Count)], sources[random.Next(sources.Count)]);
                        File.WriteAllBytes(temporary.Path, bytes);
                        Check(temporary.Path, bytes.Length);
                        Interlocked.Increment(ref cases);
                    }
                }
                catch (Exception e)
                {
                    failure = new InvalidOperationException($"{current}: {e.Message}", e);
                }
            },
            maxStackSize: 1 << 20) { IsBackground = true };
        worker.Start();
        for (long before = -1; !worker.Join(Hang); before = Interlocked.Read(ref cases))
        {
            Assert.True(Interlocked.Read(ref cases) > before, $"{current} is not read within {Hang.TotalSeconds} s");
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private static void Check(string path, int length)
    {
        // A second try tells a slow file from a machine that was busy.
        if (Read(path, length) > Longest)
        {
            TimeSpan time = Read(path, length);
            Assert.True(time <= Longest, $"takes {time.TotalSeconds:0.0} s");
        }
    }

    private static TimeSpan Read(string path, int length)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        List<ParquetException> faults = ReadEverything.Of(path);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= MostBytes + MostBytesPerByte * length, $"allocates {allocated >> 20} MB for {length} bytes");
        foreach (ParquetException fault in faults)
        {
            Assert.StartsWith(path + ": ", fault.Message, StringComparison.Ordinal);
            Assert.True(!fault.Message.Any(char.IsControl), $"the message is no one line: {fault.Message}");
        }

        return clock.Elapsed;
    }

    /// <summary>Small files of many schemas, codecs and encodings, half of them without checksums, which would hide what lies behind them.</summary>
    private static List<byte[]> Sources()
    {
        var sources = new List<byte[]>();
        List<CompressionCodec> codecs = [CompressionCodec.Uncompressed, CompressionCodec.Snappy, CompressionCodec.Gzip, CompressionCodec.Brotli];
        if (NativeLibraries.IsAvailable("zstd"))
        {
            codecs.Add(CompressionCodec.Zstd);
        }

        for (int i = 0; i < 40; i++)
        {
            var random = new Random(i);
            byte[] file = SampleTable.Random(random).Write(new ParquetWriterOptions
            {
                Codec = codecs[i % codecs.Count],
                Checksums = i % 2 == 0,
                SplitFloats = random.Next(2) == 0,
                UseDictionaries = random.Next(2) == 0,
                PageBytes = random.Next(3) == 0 ? 64 : 1 << 20,
                RowGroupRows = random.Next(3) == 0 ? 20 : 1 << 22,
            });
            if (file.Length <= LargestSource)
            {
                sources.Add(file);
            }
        }

        if (Repository.Data("parquet-testing") is { } corpus)
        {
            sources.AddRange(Directory.GetFiles(corpus, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Where(f => new FileInfo(f).Length <= LargestSource && !f.Contains("large_string_map", StringComparison.Ordinal))
                .Select(File.ReadAllBytes));
        }

        return sources;
    }
}
