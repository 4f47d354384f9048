using System.Globalization;
using Pipeline.Audio;
using Pipeline.Dsp.Segments;

namespace Pipeline.Benchmarks;

/// <summary>Segments computed from sound beside those of the Million Song Dataset: what they look like, and what they cost.</summary>
internal static class EchonestReport
{
    private static readonly double[] Shares = [0.05, 0.25, 0.5, 0.75, 0.95];

    // What the labels of the dataset (column cs467_unified) and the folders of the clips have in common.
    private static readonly string[] LikeClips = ["Pop_Rock", "Pop", "Rock", "Rock_Metal", "Rock_Folk", "Punk", "Rap", "RnB", "Country", "Blues", "Reggae"];
    private static readonly string[] UnlikeSongs = ["classical", "jazz"];

    /// <summary>
    /// <c>echonest-report --msd FOLDER --audio FOLDER [--labels FILE] [--gain FACTOR]</c>: each figure's distribution for the
    /// dataset and for the clips, and how well a linear discriminant tells the two apart. With labels, of like genres only.
    /// </summary>
    public static int Report(Arguments args)
    {
        string labels = args.Text("--labels", "");
        float gain = float.Parse(args.Text("--gain", "1"), CultureInfo.InvariantCulture);
        HashSet<string>? wanted = labels.Length == 0 ? null : [.. File.ReadLines(labels).Select(l => l.Split('\t')).Where(f => LikeClips.Contains(f[^1])).Select(f => f[0])];
        SongSegments[] read = [.. Files(args.Text("--msd", ""), ".h5").Where(p => wanted?.Contains(Path.GetFileNameWithoutExtension(p)) ?? true).Select(SongSegments.Read)];
        var analyzer = new SongAnalyzer();
        SongSegments[] computed =
        [
            .. Files(args.Text("--audio", ""), ".flac", ".ogg", ".wav", ".mp3", ".au")
                .Where(p => wanted is null || !UnlikeSongs.Contains(Path.GetFileName(Path.GetDirectoryName(p))))
                .Select(p => SongSegments.Compute(analyzer, p, gain)),
        ];
        Console.WriteLine(Invariant($"{read.Length} songs read, {computed.Length} clips computed"));
        Console.WriteLine($"{"",-15} {"mean",9} {"sd",8} {string.Join(' ', Shares.Select(s => $"{100 * s,7}%"))}");
        for (int c = 0; c < SongSegments.Columns.Length; c++)
        {
            Describe(SongSegments.Columns[c], read, computed, s => s.Rows.Select(r => r[c]));
        }

        Describe("segments per s", read, computed, s => [s.SegmentsPerS]);
        Describe("loudness", read, computed, s => [s.LoudnessDb]);
        SongSegments[] all = [.. read.Concat(computed).Where(s => s.Rows.Length > 1)];
        Area("single segments", all, s => s.Rows.Select(r => r.Select((v, c) => c is 15 or 16 ? Math.Log(Math.Max(v, 0.003)) : v).ToArray()));
        Area("single segments, timbre 2-12", all, s => s.Rows.Select(r => r[1..SongAnalysis.Dimensions]));
        Area("songs, means and deviations", all, s => [Summary(s)]);
        Area("songs, means of timbre", all, s => [Summary(s)[..SongAnalysis.Dimensions]]);
        PrintDifferences(all);
        return 0;
    }

    /// <summary><c>song-analysis FILE [--rounds N]</c>: processor milliseconds of one analysis and of its spectrum, medians.</summary>
    public static int Measure(Arguments args)
    {
        float[] samples = AudioFile.ReadMono(args.File).Samples;
        var analyzer = new SongAnalyzer();
        var spectrogram = new AuditorySpectrogram(new AuditorySettings());
        var segmenter = new Segmenter(new SegmenterSettings());
        Dsp.FrameMatrix spectrum = spectrogram.Mask(spectrogram.Compute(samples));
        int rounds = args.Number("--rounds", 30);
        foreach ((string what, Action act) in new (string, Action)[]
        {
            ("spectrum", () => spectrogram.Mask(spectrogram.Compute(samples))),
            ("division", () => segmenter.Divide(spectrum)),
            ("measurement", () => SegmentAnalysis.Measure(spectrum, segmenter.Divide(spectrum), spectrogram.Settings)),
            ("all", () => analyzer.Analyze(samples)),
        })
        {
            (double median, double least) = Timing.Of(rounds, act);
            Console.WriteLine(Invariant($"{what}: {median:f2} ms, least {least:f2} ms"));
        }

        return 0;
    }

    private static IEnumerable<string> Files(string folder, params string[] kinds) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(p => kinds.Contains(Path.GetExtension(p))).Order(StringComparer.Ordinal);

    private static void Describe(string name, SongSegments[] read, SongSegments[] computed, Func<SongSegments, IEnumerable<double>> values)
    {
        foreach ((string from, SongSegments[] songs) in new[] { ("", read), (" (sound)", computed) })
        {
            double[] sorted = [.. songs.SelectMany(values).Order()];
            double mean = sorted.Average();
            string shares = string.Join(' ', Shares.Select(s => Invariant($"{sorted[(int)(s * (sorted.Length - 1))],8:f3}")));
            Console.WriteLine(Invariant($"{(from.Length == 0 ? name : from),-15} {mean,9:f3} {Math.Sqrt(sorted.Average(v => (v - mean) * (v - mean))),8:f3} {shares}"));
        }
    }

    private static void Area(string what, SongSegments[] songs, Func<SongSegments, IEnumerable<double[]>> rows)
    {
        (double[] Row, bool Kind, int Group)[] all = [.. songs.SelectMany((s, i) => rows(s).Select(r => (r, s.IsComputed, i)))];
        double area = Discriminant.CrossValidatedArea([.. all.Select(a => a.Row)], [.. all.Select(a => a.Kind)], [.. all.Select(a => a.Group)]);
        Console.WriteLine(Invariant($"told apart, {what}: AUC {area:f3}"));
    }

    // The songs' means and deviations that differ most, in deviations between songs.
    private static void PrintDifferences(SongSegments[] songs)
    {
        (double[] Row, bool IsComputed)[] all = [.. songs.Select(s => (Summary(s), s.IsComputed))];
        int columns = SongSegments.Columns.Length;
        IEnumerable<(string Name, double Difference)> differences = Enumerable.Range(0, 2 * columns).Select(c =>
        {
            double[] read = [.. all.Where(s => !s.IsComputed).Select(s => s.Row[c])], computed = [.. all.Where(s => s.IsComputed).Select(s => s.Row[c])];
            double spread = Math.Sqrt((Variance(read) + Variance(computed)) / 2);
            return ((c < columns ? "mean " : "deviation of ") + SongSegments.Columns[c % columns], (computed.Average() - read.Average()) / spread);
        });
        foreach ((string name, double difference) in differences.OrderByDescending(d => Math.Abs(d.Difference)).Take(12))
        {
            Console.WriteLine(Invariant($"{name}: {difference:f2} deviations"));
        }

        static double Variance(double[] values) => values.Average(v => (v - values.Average()) * (v - values.Average()));
    }

    private static double[] Summary(SongSegments song)
    {
        int columns = SongSegments.Columns.Length;
        double[] means = [.. Enumerable.Range(0, columns).Select(c => song.Rows.Average(r => r[c]))];
        return [.. means, .. Enumerable.Range(0, columns).Select(c => Math.Sqrt(song.Rows.Average(r => (r[c] - means[c]) * (r[c] - means[c]))))];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
