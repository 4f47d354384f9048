using System.Globalization;
using Pipeline.Hdf5;

namespace Pipeline.Benchmarks;

/// <summary>How many files of the Million Song Dataset are read in a second, by our reader and by libhdf5 in turns: eight arrays and three tables of each.</summary>
internal static class SongFiles
{
    private static readonly string[] Arrays =
    [
        "/analysis/segments_start", "/analysis/segments_confidence", "/analysis/segments_loudness_max", "/analysis/segments_loudness_max_time",
        "/analysis/segments_loudness_start", "/analysis/segments_pitches", "/analysis/segments_timbre", "/analysis/beats_start",
    ];

    private static readonly string[] Tables = ["/analysis/songs", "/metadata/songs", "/musicbrainz/songs"];

    /// <summary>Prints a line of JSON for each reader and number of threads: medians of the rounds.</summary>
    public static int Measure(Arguments args)
    {
        string[] files = [.. Directory.GetFiles(args.File, "*.h5", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new ArgumentException($"there are no .h5 files under {args.File}");
        }

        int rounds = args.Number("--rounds", 9), repeat = args.Number("--repeat", 3);
        (string Name, Func<string, byte[], long> Read, int Threads)[] cases =
        [
            ("ours", Ours, 1), ("libhdf5", Theirs, 1), ("ours", Ours, 2),
            .. LibHdf5.IsThreadSafe ? [("libhdf5", Theirs, 2)] : Array.Empty<(string, Func<string, byte[], long>, int)>(),
        ];

        // A first round is not counted: code is compiled, files come into the page cache.
        var walls = cases.Select(_ => new List<double>()).ToArray();
        var cpus = cases.Select(_ => new List<double>()).ToArray();
        var bytes = new long[cases.Length];
        for (int round = 0; round <= rounds; round++)
        {
            for (int c = 0; c < cases.Length; c++)
            {
                (double wall, double cpu, bytes[c]) = Run(files, repeat, cases[c].Read, cases[c].Threads);
                if (round > 0)
                {
                    walls[c].Add(files.Length * repeat / wall);
                    cpus[c].Add(files.Length * repeat / cpu);
                }
            }
        }

        for (int c = 0; c < cases.Length; c++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"what\":\"song-files\",\"reader\":\"{cases[c].Name}\",\"threads\":{cases[c].Threads},\"files\":{files.Length * repeat},\"MB\":{bytes[c] / 1e6:f1},\"filesPerS\":{Median(walls[c]):f0},\"filesPerCpuS\":{Median(cpus[c]):f0}}}"));
        }

        return bytes.Distinct().Count() == 1 ? 0 : 1;
    }

    private static (double Wall, double Cpu, long Bytes) Run(string[] files, int repeat, Func<string, byte[], long> read, int threads)
    {
        int next = -1;
        long bytes = 0;
        var meter = new Meter();
        meter.Start();
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work))];
        foreach (Thread worker in workers)
        {
            worker.Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        meter.Stop();
        return (meter.Wall.TotalSeconds, meter.Cpu.TotalSeconds, bytes);

        void Work()
        {
            byte[] buffer = new byte[1 << 22];
            long sum = 0;
            for (int i; (i = Interlocked.Increment(ref next)) < files.Length * repeat;)
            {
                sum += read(files[i % files.Length], buffer);
            }

            Interlocked.Add(ref bytes, sum);
        }
    }

    private static long Ours(string path, byte[] buffer)
    {
        long bytes = 0;
        using Hdf5File file = Hdf5File.Open(path);
        foreach (string[] names in (string[][])[Arrays, Tables])
        {
            foreach (string name in names)
            {
                Hdf5Dataset dataset = file.Dataset(name);
                int rows = (int)dataset.RowCount;
                dataset.ReadRows(0, rows, buffer);
                bytes += (long)rows * dataset.RowBytes;
            }
        }

        return bytes;
    }

    private static long Theirs(string path, byte[] buffer)
    {
        long bytes = 0, file = LibHdf5.Open(path);
        foreach (string[] names in (string[][])[Arrays, Tables])
        {
            foreach (string name in names)
            {
                bytes += LibHdf5.Read(file, name, buffer);
            }
        }

        LibHdf5.Close(file);
        return bytes;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
