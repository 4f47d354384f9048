using System.Globalization;
using Pipeline.Audio;
using Pipeline.Dsp;
using Pipeline.Dsp.Segments;
using Pipeline.Msd;

namespace Pipeline.Benchmarks;

/// <summary>
/// Holds what the analysis finds in real clips beside what the Million Song Dataset publishes of real songs: other pieces, and other
/// shares of the genres, so that not every difference is one of the analysis.
/// </summary>
internal static class RhythmAndPitch
{
    private const int Classes = SongAnalysis.Dimensions;
    private const int SampleRate = 22_050;
    private const double ExcerptS = 30; // of a song, from its middle: as long as a clip
    private static readonly string[] AudioEndings = [".flac", ".ogg", ".wav", ".au"];

    /// <summary><c>echonest-pitch-report DATA [--clips gtzan-mini]</c>: DATA has the folders msd-h5, gtzan-features and the clips'.</summary>
    public static int Report(Arguments args)
    {
        MsdSong[] songs = [.. Directory.GetFiles(Path.Combine(args.File, "msd-h5"), "*.h5", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(ReadSong).OfType<MsdSong>()];
        Piece[] published = [.. songs.Select(Published).Where(p => p.Lengths.Length > 20)];
        string folder = Path.Combine(args.File, args.Text("--clips", "gtzan-mini"));
        string[] files = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => AudioEndings.Contains(Path.GetExtension(f))).Order(StringComparer.Ordinal)];
        var analyser = new Analyser();
        Piece[] computed = [.. files.Select(analyser.Of)];
        PrintPitches(published, computed);
        PrintRhythm(published, computed);
        PrintTempoAgreement(computed, Path.Combine(args.File, "gtzan-features", "features_30_sec.train-valid.csv"));
        PrintKeys(songs);
        PrintSections(songs);
        Print($"songs' pitches told from clips': AUC {Likeness.Auc([.. published.Select(Statistics)], [.. computed.Select(Statistics)]):f3} (cross-validated; other music, other genres)");
        analyser.PrintTimes();
        return 0;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static string List(IEnumerable<double> values) => string.Join(' ', values.Select(v => v.ToString("f3", CultureInfo.InvariantCulture)));

    private static string Quantiles(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? "-" : List([sorted[sorted.Length / 20], sorted[sorted.Length / 4], sorted[sorted.Length / 2], sorted[sorted.Length * 3 / 4], sorted[sorted.Length * 19 / 20]]);
    }

    private static MsdSong? ReadSong(string path)
    {
        using MsdFile file = MsdFile.Open(path);
        return file.SongCount == 1 ? file.Read(0) : null;
    }

    private static Piece Published(MsdSong song)
    {
        float[] starts = song.SegmentsStart!;
        double from = Math.Max(0, song.DurationS / 2 - ExcerptS / 2);
        int[] kept = [.. Enumerable.Range(0, Math.Max(0, starts.Length - 1)).Where(i => starts[i] >= from && starts[i + 1] <= from + ExcerptS)];
        return new Piece(
            song.TrackId ?? "",
            [.. kept.SelectMany(i => song.SegmentsPitches![(i * Classes)..((i + 1) * Classes)])],
            [.. kept.Select(i => starts[i + 1] - starts[i])],
            new BeatGrid
            {
                Tempo = song.Tempo,
                TimeSignature = song.TimeSignature ?? 1,
                TimeSignatureConfidence = song.TimeSignatureConfidence,
                BeatsStart = song.BeatsStart!,
                BeatsConfidence = song.BeatsConfidence!,
                BarsStart = song.BarsStart!,
                BarsConfidence = song.BarsConfidence!,
                TatumsStart = song.TatumsStart!,
                TatumsConfidence = song.TatumsConfidence!,
            },
            new KeyEstimate(song.Key ?? 0, song.KeyConfidence, song.Mode ?? 1, song.ModeConfidence));
    }

    private static void PrintPitches(Piece[] published, Piece[] computed)
    {
        foreach ((double from, double to) in ((double, double)[])[(0, 0.0929), (0.0929, 0.1858), (0.1858, 0.3715), (0.3715, 0.743), (0.743, 99)])
        {
            Print($"segments of {from} to {to} s");
            foreach ((string name, Piece[] pieces) in ((string, Piece[])[])[("published", published), ("computed ", computed)])
            {
                float[][] rows = [.. pieces.SelectMany(p => Enumerable.Range(0, p.Lengths.Length).Where(i => p.Lengths[i] >= from && p.Lengths[i] < to).Select(p.Row))];
                Print($"  {name} {rows.Length,6}, strongest first  {List(Mean(rows.Select(Sorted)))}");
                Print($"  {name}         from the strongest {List(Mean(rows.Select(FromStrongest)))}");
                Print($"  {name}         C to B             {List(Mean(rows))}");
            }
        }
    }

    private static void PrintRhythm(Piece[] published, Piece[] computed)
    {
        Print($"percentiles 5, 25, 50, 75, 95");
        foreach ((string name, Func<Piece, IEnumerable<double>> values) in ((string, Func<Piece, IEnumerable<double>>)[])
        [
            ("tempo", p => [p.Beats.Tempo]),
            ("interval of beats * tempo / 60", p => Intervals(p.Beats.BeatsStart).Select(d => d * p.Beats.Tempo / 60)),
            ("first beat, s", p => p.Beats.BeatsStart.Take(1).Select(b => (double)b)),
            ("beats' confidence", p => p.Beats.BeatsConfidence.Select(c => (double)c)),
            ("beats' mean confidence", p => p.Beats.BeatsConfidence.Length == 0 ? [] : [p.Beats.BeatsConfidence.Average()]),
            ("bars' confidence", p => p.Beats.BarsConfidence.Select(c => (double)c)),
            ("tatums' confidence", p => p.Beats.TatumsConfidence.Select(c => (double)c)),
            ("tatums per beat", p => [(double)p.Beats.TatumsStart.Length / Math.Max(1, p.Beats.BeatsStart.Length)]),
            ("beats per bar", p => [p.Beats.TimeSignature]),
            ("its confidence", p => [p.Beats.TimeSignatureConfidence]),
            ("key's confidence", p => [p.Key.KeyConfidence]),
            ("mode's confidence", p => [p.Key.ModeConfidence]),
            ("mode", p => [p.Key.Mode]),
        ])
        {
            Print($"  {name,-31} published {Quantiles(published.SelectMany(values))}, computed {Quantiles(computed.SelectMany(values))}");
        }

        foreach ((string name, Piece[] pieces) in ((string, Piece[])[])[("published", published), ("computed ", computed)])
        {
            Print($"  {name} share of 1, 3, 4, 5, 7 beats per bar {List(((int[])[1, 3, 4, 5, 7]).Select(n => pieces.Average(p => p.Beats.TimeSignature == n ? 1.0 : 0)))}, major {pieces.Average(p => (double)p.Key.Mode):f2}");
        }
    }

    private static void PrintTempoAgreement(Piece[] computed, string table)
    {
        if (!File.Exists(table))
        {
            return;
        }

        string[][] lines = [.. File.ReadLines(table).Select(l => l.Split(','))];
        int column = Array.IndexOf(lines[0], "tempo");
        var tempos = lines.Skip(1).ToDictionary(l => Path.GetFileNameWithoutExtension(l[0]), l => double.Parse(l[column], CultureInfo.InvariantCulture));
        (double Ours, double Theirs)[] pairs = [.. computed.Where(p => tempos.ContainsKey(p.Name)).Select(p => (p.Beats.Tempo, tempos[p.Name]))];
        double Share(params double[] factors) => pairs.Average(p => factors.Any(f => Math.Abs(p.Ours / (f * p.Theirs) - 1) < 0.04) ? 1.0 : 0);
        Print($"tempo of {pairs.Length} clips within 4 % of librosa's {Share(1):f2}, up to octaves {Share(1, 0.5, 2):f2}, and thirds {Share(1, 0.5, 2, 1 / 3.0, 3, 2 / 3.0, 1.5):f2}");
    }

    // The estimate from the published pitches against the published key.
    private static void PrintKeys(MsdSong[] songs)
    {
        (KeyEstimate Ours, MsdSong Song)[] pairs = [.. songs.Where(s => s.SegmentsStart!.Length > 20).Select(s => (KeyEstimate.Of(s.SegmentsPitches, [.. Lengths(s.SegmentsStart!, s.DurationS)]), s))];
        double key = pairs.Average(p => p.Ours.Key == p.Song.Key ? 1.0 : 0);
        double both = pairs.Average(p => p.Ours.Key == p.Song.Key && p.Ours.Mode == p.Song.Mode ? 1.0 : 0);
        Print($"keys of {pairs.Length} songs from their published pitches: {key:f2} as published, with the mode {both:f2} (the weights were fitted to them)");
        Print($"  key's confidence published {Quantiles(pairs.Select(p => p.Song.KeyConfidence))}, computed {Quantiles(pairs.Select(p => p.Ours.KeyConfidence))}");
        Print($"  mode's published {Quantiles(pairs.Select(p => p.Song.ModeConfidence))}, computed {Quantiles(pairs.Select(p => p.Ours.ModeConfidence))}");
    }

    // The sections found in the published segments against the published sections, and against as many drawn evenly.
    private static void PrintSections(MsdSong[] songs)
    {
        (double ours, double even, int count) = (0, 0, 0);
        var lengths = new List<double>();
        var confidences = new List<double>();
        foreach (MsdSong song in songs.Where(s => s.SectionsStart!.Length > 2))
        {
            (float[] found, float[] confidence) = Sections.Find(song.SegmentsStart, song.SegmentsTimbre, song.SegmentsPitches, song.BeatsStart, song.DurationS);
            float[] drawn = [.. Enumerable.Range(0, song.SectionsStart!.Length).Select(i => (float)(song.DurationS * i / song.SectionsStart.Length))];
            ours += Agreement(found, song.SectionsStart);
            even += Agreement(drawn, song.SectionsStart);
            count++;
            lengths.AddRange(Intervals(found));
            confidences.AddRange(confidence.Skip(1).Select(c => (double)c));
        }

        Print($"sections of {count} songs from their published segments: F within 3 s {ours / count:f2}, evenly drawn {even / count:f2}");
        Print($"  length, s: published {Quantiles(songs.SelectMany(s => Intervals(s.SectionsStart!)))}, computed {Quantiles(lengths)}");
        Print($"  confidence: published {Quantiles(songs.SelectMany(s => s.SectionsConfidence!.Skip(1)).Select(c => (double)c))}, computed {Quantiles(confidences)}");
    }

    private static double Agreement(float[] found, float[] truth)
    {
        double hits = found.Skip(1).Count(f => truth.Skip(1).Any(t => Math.Abs(t - f) <= 3));
        double recalled = truth.Skip(1).Count(t => found.Skip(1).Any(f => Math.Abs(t - f) <= 3));
        double precision = hits / Math.Max(1, found.Length - 1), recall = recalled / Math.Max(1, truth.Length - 1);
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private static double[] Statistics(Piece piece)
    {
        float[][] rows = [.. Enumerable.Range(0, piece.Lengths.Length).Select(piece.Row)];
        double[] mean = Mean(rows.Select(Sorted));
        double[] spread = Mean(rows.Select(r => (float[])[.. Sorted(r).Zip(mean, (v, m) => (float)((v - m) * (v - m)))]));
        return [.. mean[1..], .. spread[1..].Select(Math.Sqrt), .. Mean(rows.Select(FromStrongest))[1..]];
    }

    private static IEnumerable<double> Intervals(float[] starts) => starts.Zip(starts.Skip(1), (a, b) => (double)(b - a));

    private static IEnumerable<float> Lengths(float[] starts, double durationS) => Intervals([.. starts, (float)durationS]).Select(d => (float)d);

    private static float[] Sorted(float[] row) => [.. row.OrderDescending()];

    private static float[] FromStrongest(float[] row)
    {
        int strongest = Array.IndexOf(row, row.Max());
        return [.. row[strongest..], .. row[..strongest]];
    }

    private static double[] Mean(IEnumerable<float[]> rows)
    {
        double[] mean = new double[Classes];
        int count = 0;
        foreach (float[] row in rows)
        {
            for (int i = 0; i < Classes; i++)
            {
                mean[i] += row[i];
            }

            count++;
        }

        return [.. mean.Select(m => m / Math.Max(1, count))];
    }

    private sealed record Piece(string Name, float[] Pitches, float[] Lengths, BeatGrid Beats, KeyEstimate Key)
    {
        public float[] Row(int segment) => Pitches[(segment * Classes)..((segment + 1) * Classes)];
    }

    // Analyses clips and keeps the time that each part takes.
    private sealed class Analyser
    {
        private readonly AuditorySpectrogram spectrogram = new(new AuditorySettings());
        private readonly BeatAnalysis beats = new();
        private readonly SegmentPitches pitches = new(SampleRate);
        private readonly List<double> pitchMs = [], beatMs = [], keyMs = [], seconds = [];

        public Piece Of(string path)
        {
            float[] sound = AudioFile.ReadMono(path).Samples;
            FrameMatrix bands = spectrogram.Compute(sound);
            double durationS = (double)sound.Length / SampleRate;
            float[] starts = Starts(bands);
            BeatGrid grid = Timed(beatMs, () => beats.Compute(bands, spectrogram.FrameRate));
            float[] found = Timed(pitchMs, () => pitches.Compute(sound, starts, durationS));
            float[] lengths = [.. Lengths(starts, durationS)];
            KeyEstimate key = Timed(keyMs, () => KeyEstimate.Of(found, lengths));
            seconds.Add(durationS);
            return new Piece(Path.GetFileNameWithoutExtension(path), found, lengths, grid, key);
        }

        public void PrintTimes()
        {
            static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
            Print($"median of {seconds.Count} clips of {Median(seconds):f0} s, ms of processor time: pitches {Median(pitchMs):f2}, beats {Median(beatMs):f2}, key {Median(keyMs):f3}");
        }

        // The least of three, the work being the same.
        private static T Timed<T>(List<double> times, Func<T> work)
        {
            (double least, T result) = (double.PositiveInfinity, default!);
            for (int run = 0; run < 3; run++)
            {
                var meter = new Meter();
                meter.Start();
                result = work();
                meter.Stop();
                least = Math.Min(least, meter.Cpu.TotalMilliseconds);
            }

            times.Add(least);
            return result;
        }

        // Segments that stand in for the segmentation's: as long as the published ones on the whole, from the peaks of the onsets.
        private float[] Starts(FrameMatrix bands)
        {
            const int reach = 6;
            var onsets = new BeatOnsets(bands, spectrogram.FrameRate);
            var starts = new List<float> { 0 };
            for (int i = reach; i + reach < onsets.Strength.Length; i++)
            {
                float value = onsets.Strength[i];
                if (value > 0.2 && value >= onsets.Strength[(i - reach)..(i + reach + 1)].Max() && onsets.Seconds(i) > starts[^1] + 0.07)
                {
                    starts.Add((float)onsets.Seconds(i) - 0.01f);
                }
            }

            return [.. starts];
        }
    }

    /// <summary>How well a linear rule tells two groups apart that it has not been fitted to.</summary>
    private static class Likeness
    {
        private const int Folds = 5;

        public static double Auc(double[][] first, double[][] second)
        {
            double[][] rows = [.. first, .. second];
            int width = rows[0].Length;
            for (int c = 0; c < width; c++)
            {
                double mean = rows.Average(r => r[c]), deviation = Math.Sqrt(rows.Average(r => (r[c] - mean) * (r[c] - mean))) + 1e-9;
                foreach (double[] row in rows)
                {
                    row[c] = (row[c] - mean) / deviation;
                }
            }

            bool[] isSecond = [.. rows.Select((_, i) => i >= first.Length)];
            double[] scores = new double[rows.Length];
            for (int fold = 0; fold < Folds; fold++)
            {
                double[] weights = Fit([.. Enumerable.Range(0, rows.Length).Where(i => i % Folds != fold)], rows, isSecond, width);
                foreach (int i in Enumerable.Range(0, rows.Length).Where(i => i % Folds == fold))
                {
                    scores[i] = Score(weights, rows[i]);
                }
            }

            double wins = 0;
            foreach (int i in Enumerable.Range(0, rows.Length).Where(i => isSecond[i]))
            {
                wins += Enumerable.Range(0, first.Length).Sum(j => scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0);
            }

            return wins / ((double)first.Length * second.Length);
        }

        // Logistic regression, a little drawn towards 0.
        private static double[] Fit(int[] chosen, double[][] rows, bool[] isSecond, int width)
        {
            double[] weights = new double[width + 1];
            for (int round = 0; round < 2000; round++)
            {
                double[] gradient = [.. weights.Select(w => 0.01 * w)];
                foreach (int i in chosen)
                {
                    double error = (1 / (1 + Math.Exp(-Score(weights, rows[i]))) - (isSecond[i] ? 1 : 0)) / chosen.Length;
                    for (int c = 0; c < width; c++)
                    {
                        gradient[c] += error * rows[i][c];
                    }

                    gradient[width] += error;
                }

                for (int c = 0; c <= width; c++)
                {
                    weights[c] -= 0.1 * gradient[c];
                }
            }

            return weights;
        }

        private static double Score(double[] weights, double[] row)
        {
            double score = weights[^1];
            for (int c = 0; c < row.Length; c++)
            {
                score += weights[c] * row[c];
            }

            return score;
        }
    }
}
