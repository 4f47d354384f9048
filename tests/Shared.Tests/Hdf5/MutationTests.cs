using System.Diagnostics;
using Pipeline.Tests.Parquet;
using Xunit;

namespace Pipeline.Tests.Hdf5;

/// <summary>A damaged file is read or refused by one sentence: in no time, in no memory, and without any other exception.</summary>
[Collection(nameof(AloneCollection))]
public class MutationTests
{
    private const int Seed = 20_250_103;
    private const int Files = 3200;
    private const int LargestSource = 400_000;

    // What reading a file may allocate: so much, and so many times its bytes. A byte of deflate makes 1032, which is had in two forms.
    private const long MostBytes = 64 << 20, MostBytesPerByte = 4000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    [Fact]
    public void Damaged_files_are_read_or_refused_by_one_sentence()
    {
        using var folder = new TemporaryFolder();
        List<byte[]> sources = Sources();
        int refusedFiles = 0, readFiles = 0;
        for (int i = 0; i < Files; i++)
        {
            var random = new Random(Seed + i);
            byte[] source = sources[i % sources.Count], damaged = (byte[])source.Clone();
            Damage(random, ref damaged, sources[random.Next(sources.Count)]);
            string path = folder["damaged.h5"];
            File.WriteAllBytes(path, damaged);

            int refusals = 0;
            long before = GC.GetAllocatedBytesForCurrentThread(), started = Stopwatch.GetTimestamp();
            try
            {
                ReadAll.Read(path, e =>
                {
                    refusals++;
                    Assert.StartsWith(path + ": ", e.Message, StringComparison.Ordinal);
                    Assert.DoesNotContain('\n', e.Message);
                });
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {Seed + i}: {e}");
            }

            TimeSpan time = Stopwatch.GetElapsedTime(started);
            Assert.True(time < Longest, $"seed {Seed + i}: {time}");
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostBytes + MostBytesPerByte * damaged.Length, $"seed {Seed + i}: {allocated} bytes for {damaged.Length}");
            _ = refusals > 0 ? refusedFiles++ : readFiles++;
        }

        // The damage is neither without effect nor always the same.
        Assert.InRange(refusedFiles, Files / 10, Files);
        Assert.InRange(readFiles, 1, Files);
    }

    private static List<byte[]> Sources()
    {
        List<byte[]> sources = [SongFile.Make(), .. ((string[])["pytables.h5", "h5py.h5", "refused.h5", "deep.h5", "userblock.h5"]).Select(n => File.ReadAllBytes(GoldenFileTests.Golden(n)))];
        if (Repository.Data("msd-h5") is { } folder)
        {
            sources.AddRange(Directory.GetFiles(folder, "*.h5", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(3).Select(File.ReadAllBytes).Where(b => b.Length < LargestSource));
        }

        return sources;
    }

    private static void Damage(Random random, ref byte[] bytes, byte[] other)
    {
        for (int faults = random.Next(1, 12); faults > 0; faults--)
        {
            int at = Place(random, bytes), length = Math.Min(random.Next(1, 9), bytes.Length - at);
            switch (random.Next(8))
            {
                case 0 or 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.AsSpan(at, length).Clear();
                    break;
                case 3:
                    bytes.AsSpan(at, length).Fill(255);
                    break;
                case 4:
                    random.NextBytes(bytes.AsSpan(at, length));
                    break;
                case 5: // one address or size in the place of another
                    bytes.AsSpan(Place(random, bytes) & ~7, 8).CopyTo(bytes.AsSpan(Math.Min(at & ~7, bytes.Length - 8)));
                    break;
                case 6:
                    other.AsSpan(random.Next(other.Length - 64), 64).CopyTo(bytes.AsSpan(Math.Min(at, bytes.Length - 64)));
                    break;
                case 7 when random.Next(4) == 0:
                    bytes = bytes[..Math.Max(at, 64)];
                    break;
            }
        }
    }

    // Mostly where something is written: the room between is large, and nothing to a reader.
    private static int Place(Random random, byte[] bytes)
    {
        int at = 0;
        for (int attempt = 0; attempt < 8; attempt++)
        {
            at = random.Next(bytes.Length - 8);
            if (bytes[at] is not (0 or 255))
            {
                break;
            }
        }

        return at;
    }
}
