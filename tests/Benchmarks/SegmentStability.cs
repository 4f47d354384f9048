using System.Globalization;
using Pipeline.Audio;
using Pipeline.Dsp.Segments;

namespace Pipeline.Benchmarks;

/// <summary>How much the segments of a sound change when the sound is coded, fainter or begins later.</summary>
internal static class SegmentStability
{
    private const double ToleranceS = 0.05;

    /// <summary>
    /// <c>echonest-stability --audio FOLDER [--beside FOLDER] [--gain FACTOR] [--shift SAMPLES]</c>: clips beside those of the same
    /// name in another folder (or beside themselves), made fainter and begun later: how many starts are found again within
    /// 50 ms, and the correlations and mean differences of the figures of the segments that are.
    /// </summary>
    public static int Measure(Arguments args)
    {
        string audio = args.Text("--audio", ""), beside = args.Text("--beside", audio);
        float gain = float.Parse(args.Text("--gain", "1"), CultureInfo.InvariantCulture);
        int shift = args.Number("--shift", 0);
        ILookup<string, string> others = Directory.GetFiles(beside, "*", SearchOption.AllDirectories).ToLookup(p => Path.GetFileNameWithoutExtension(p)!);
        var analyzer = new SongAnalyzer();
        var pairs = new List<(double[] First, double[] Second)>();
        double starts = 0, found = 0;
        foreach (string path in Directory.GetFiles(audio, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (others[Path.GetFileNameWithoutExtension(path)].FirstOrDefault() is not { } other)
            {
                continue;
            }

            SongAnalysis first = analyzer.Analyze(Samples(path)), second = analyzer.Analyze([.. Samples(other).Skip(shift).Select(v => v * gain)]);
            double later = (double)shift / SongAnalyzer.SampleRate;
            int from = 1;
            for (int i = 1; i < first.Start.Length; i++)
            {
                double at = first.Start[i] - later;
                int match = Enumerable.Range(from, Math.Max(0, second.Start.Length - from)).OrderBy(j => Math.Abs(second.Start[j] - at)).FirstOrDefault(-1);
                if (match >= 0 && Math.Abs(second.Start[match] - at) <= ToleranceS)
                {
                    pairs.Add((Figures(first, i), Figures(second, match)));
                    found++;
                    from = match + 1;
                }
            }

            starts += (first.Start.Length + second.Start.Length - 2) / 2.0;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"starts found again: F {found / starts:f3} of {starts:f0}"));
        for (int c = 0; c < SongAnalysis.Dimensions + 2; c++)
        {
            double[] a = [.. pairs.Select(p => p.First[c])], b = [.. pairs.Select(p => p.Second[c])];
            string name = c < SongAnalysis.Dimensions ? $"timbre {c + 1}" : c == SongAnalysis.Dimensions ? "loudness start" : "loudness max";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-15} r {Correlation(a, b):f4}, on average {b.Average() - a.Average():f2} more"));
        }

        return 0;
    }

    private static float[] Samples(string path)
    {
        Sound sound = AudioFile.ReadMono(path);
        return Resampler.Resample(sound.Samples, sound.SampleRate, SongAnalyzer.SampleRate);
    }

    private static double[] Figures(SongAnalysis a, int i) =>
        [.. a.Timbre.AsSpan(i * SongAnalysis.Dimensions, SongAnalysis.Dimensions).ToArray().Select(v => (double)v), a.LoudnessStart[i], a.LoudnessMax[i]];

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double Sum(Func<int, double> term) => Enumerable.Range(0, a.Length).Sum(term);
        return Sum(i => (a[i] - meanA) * (b[i] - meanB)) / Math.Sqrt(Sum(i => (a[i] - meanA) * (a[i] - meanA)) * Sum(i => (b[i] - meanB) * (b[i] - meanB)));
    }
}
