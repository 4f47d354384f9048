using System.Globalization;
using Pipeline.Audio;
using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;

namespace Pipeline.Benchmarks;

/// <summary>The spectral descriptors: what they cost, and how near they come to a published table.</summary>
internal static class SpectralCommands
{
    private const int SampleRate = 22_050, Seconds = 30, Runs = 25;

    /// <summary>
    /// <c>dsp-spectral [FILE]</c>: processor time of each descriptor for 30 s at 22,050 Hz, transform included, the median and the
    /// least of many runs; of a sound file, or of tones in noise. The last column is librosa 0.10.1's on one core of the same kind.
    /// </summary>
    public static int Measure(Arguments args)
    {
        float[] signal = args.File.Length > 0 ? AudioFile.ReadMono(args.File).Samples[..(Seconds * SampleRate)] : MakeSignal();
        var stft = new Stft(new StftSettings());
        float[] block = new float[32 * stft.Bins];
        var logMel = new LogMel(new LogMelSettings());
        var mfcc = new Mfcc(new MfccSettings());
        var delta = new Delta();
        var chroma = new ChromaStft(new ChromaSettings());
        var tuned = new ChromaStft(new ChromaSettings { Tuning = 0 });
        var contrast = new SpectralContrast(new ContrastSettings());
        var strength = new RootMeanSquare(new FrameSettings());
        var crossings = new ZeroCrossingRate(new FrameSettings());
        var gtzan = new GtzanDescriptors(new GtzanSettings());
        var fma = new FmaDescriptors(new FmaSettings());
        FrameMatrix coefficients = mfcc.Compute(signal), classes = tuned.Compute(signal), power = stft.Power(signal);
        var shape = new SpectralShape();
        float[] magnitude = new float[stft.Bins];

        Console.WriteLine($"{"",-36}{"median ms",10}{"least ms",10}{"librosa",10}");
        Time("power spectra, 32 frames at a time", null, () =>
        {
            for (int t = 0; t + 32 <= power.Frames; t += 32)
            {
                stft.Power(signal, t, block);
            }
        });
        Time("log-mel", 64, () => logMel.Compute(signal));
        Time("MFCC", 71, () => mfcc.Compute(signal));
        Time("change of the MFCC (no transform)", null, () => delta.Compute(coefficients));
        Time("chroma, tuning estimated", 119, () => chroma.Compute(signal));
        Time("chroma, tuning given", null, () => tuned.Compute(signal));
        Time("contrast", 49, () => contrast.Compute(signal));
        Time("tonal centroid (no transform)", null, () => Tonnetz.FromChroma(classes));
        Time("strength of the signal", null, () => strength.Compute(signal));
        Time("zero crossings", null, () => crossings.Compute(signal));
        TimeShape("centroid and bandwidth (no transform)", (_, m) => shape.Bandwidth(m, shape.Centroid(m)));
        TimeShape("roll-off (no transform)", (_, m) => shape.RollOff(m));
        TimeShape("flatness (no transform)", (p, _) => shape.Flatness(p));
        Time("GTZAN's 57, separation and tempo too", null, () => gtzan.Compute(signal));
        Time("FMA's 518, constant-Q chroma too", 1600, () => fma.Compute(signal));
        return 0;

        void TimeShape(string what, Measurement measurement) => Time(what, null, () =>
        {
            for (int t = 0; t < power.Frames; t++)
            {
                SpectralShape.Magnitude(power[t], magnitude);
                measurement(power[t], magnitude);
            }
        });
    }

    /// <summary>
    /// <c>dsp-gtzan FOLDER --table CSV</c>: of each column of GTZAN's table of descriptors, the median and the worst relative
    /// difference over the clips of the folder.
    /// </summary>
    public static int CompareTable(Arguments args)
    {
        string[][] lines = [.. File.ReadLines(args.Text("--table", "")).Select(line => line.Split(','))];
        Dictionary<string, string[]> rows = lines.Skip(1).ToDictionary(line => Path.GetFileNameWithoutExtension(line[0]));
        var descriptors = new GtzanDescriptors(new GtzanSettings());
        var errors = GtzanDescriptors.Columns.ToDictionary(name => name, _ => new List<(double Error, string Clip)>());
        foreach (string file in Directory.EnumerateFiles(args.File, "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string clip = Path.GetFileNameWithoutExtension(file);
            if (!rows.TryGetValue(clip, out string[]? row))
            {
                continue;
            }

            float[] signal = AudioFile.ReadMono(file).Samples;
            float[] actual = descriptors.Compute(signal);
            for (int i = 0; i < actual.Length; i++)
            {
                double expected = double.Parse(row[Array.IndexOf(lines[0], GtzanDescriptors.Columns[i])], CultureInfo.InvariantCulture);
                errors[GtzanDescriptors.Columns[i]].Add((Math.Abs(actual[i] - expected) / Math.Abs(expected), clip));
            }
        }

        Console.WriteLine($"{"",-26}{"median",12}{"worst",12}  clip");
        foreach ((string name, List<(double Error, string Clip)> all) in errors)
        {
            all.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-26}{all[all.Count / 2].Error,12:e1}{all[^1].Error,12:e1}  {all[^1].Clip}"));
        }

        return 0;
    }

    private delegate double Measurement(ReadOnlySpan<float> power, ReadOnlySpan<float> magnitude);

    // Tones of a scale, each with its harmonics, in a little noise.
    private static float[] MakeSignal()
    {
        var random = new Random(1);
        float[] signal = new float[Seconds * SampleRate];
        for (int i = 0; i < signal.Length; i++)
        {
            double frequency = 220 * Math.Pow(2, i / 7000 * 7 % 24 / 12.0);
            double value = 0.02 * (random.NextDouble() - 0.5);
            for (int harmonic = 1; harmonic <= 8; harmonic++)
            {
                value += 0.2 / harmonic * Math.Sin(2 * Math.PI * frequency * harmonic * i / SampleRate);
            }

            signal[i] = (float)value;
        }

        return signal;
    }

    private static void Time(string what, double? librosa, Action action)
    {
        (double median, double least) = Timing.Of(Runs, action);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-36}{median,10:f2}{least,10:f2}{librosa,10:f0}"));
    }
}
