using Pipeline.Dsp.Spectral;

namespace Pipeline.Dsp.Tonal;

/// <summary>
/// The constant-Q transform: how strong tones of the musical scale are over time, each heard through a filter that is as
/// many periods long as any other (magnitudes of librosa's <c>cqt</c>). Filters are designed for one octave; every octave
/// further down sees the signal at half the sample rate. It keeps buffers and is for one thread at a time.
/// </summary>
public sealed partial class ConstantQ
{
    // Frames whose responses are computed side by side.
    private const int Batch = 16;

    // Highest frequency in cycles per sample of which a half-band filter of reasonable length lets everything through.
    private const double MostPassing = 0.24;

    // Smaller transforms are not worth another halving of the rate.
    private const int LeastFftSize = 64;

    // A tuning is estimated to a hundredth of a bin, from half a bin below to half a bin above.
    private const int MostPlans = 101;

    // Width of a Hann window's spectrum, relative to that of a rectangular one (scipy's estimate, with 1000 samples, as in librosa).
    private const double HannBandwidth = 1.50018310546875;

    private readonly bool isVector;
    private readonly Dictionary<double, Plan> plans = [];
    private readonly Dictionary<int, RealFft> transforms = [];
    private readonly float[] responses; // of a batch: each filter's magnitude for each frame
    private float[] spectrumReal = [];
    private float[] spectrumImaginary = [];
    private float[] bandReal = []; // of a batch: each bin that the filters need, for each frame
    private float[] bandImaginary = [];
    private float[] current = []; // the signal at the rate of the octave, between margins
    private float[] next = [];
    private Stft? stft; // these for an estimate of the tuning
    private Tuning? peaks;
    private float[] spectra = [];

    /// <summary>Prepares the transform.</summary>
    public ConstantQ(ConstantQSettings settings)
        : this(settings, IsVectorSupported)
    {
    }

    private ConstantQ(ConstantQSettings settings, bool isVector)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Hop, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Bins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.BinsPerOctave, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.LowestFrequency);
        Settings = settings;
        this.isVector = isVector;
        responses = new float[Math.Min(settings.Bins, settings.BinsPerOctave) * Batch];
        FindPlan(0);
    }

    /// <summary>The transform without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static ConstantQ Reference(ConstantQSettings settings) => new(settings, false);

    /// <summary>What was asked for.</summary>
    public ConstantQSettings Settings { get; }

    /// <summary>Frames of a signal of <paramref name="samples"/> samples; frame t is centred on sample t * Hop.</summary>
    public int FrameCount(int samples) => 1 + samples / Settings.Hop;

    /// <summary>Frequency of a bin in Hz.</summary>
    /// <param name="bin">0 is the lowest.</param>
    /// <param name="tuning">How much higher than the standard pitch the music is, in bins.</param>
    public double Frequency(int bin, double tuning = 0) => Settings.LowestFrequency * Math.Pow(2, (bin + tuning) / Settings.BinsPerOctave);

    /// <summary>The magnitudes of all frames, of Bins values each.</summary>
    /// <param name="signal">Samples; those of a signal shorter than the longest filter are heard through the part of it that they fill.</param>
    /// <param name="tuning">
    /// How much higher than the standard pitch the music is, in bins (hundredths of a semitone are hundredths of three bins
    /// where an octave has 36). The filters of each tuning are designed when it is first met, and kept for a while.
    /// </param>
    public FrameMatrix Magnitude(ReadOnlySpan<float> signal, double tuning = 0)
    {
        Plan plan = FindPlan(tuning);
        var magnitudes = new FrameMatrix(FrameCount(signal.Length), Settings.Bins);
        int length = signal.Length;
        Room(ref current, length + 2 * plan.Margin);
        signal.CopyTo(current.AsSpan(plan.Margin));
        int halvings = 0;
        foreach (Octave octave in plan.Octaves)
        {
            for (; halvings < octave.Halvings; halvings++)
            {
                int half = HalfBandFilter.OutputLength(length);
                Room(ref next, half + 2 * plan.Margin);
                plan.Filter.Halve(current.AsSpan(plan.Margin, length), next.AsSpan(plan.Margin, half));
                (current, next, length) = (next, current, half);
            }

            Pad(current.AsSpan(0, length + 2 * plan.Margin), plan.Margin);
            Respond(octave, plan.Margin, magnitudes);
        }

        return magnitudes;
    }

    /// <summary>
    /// How much higher than the standard pitch the music is, in bins, from -0.5 to below 0.5: from the peaks of short-time
    /// spectra of librosa's default size (librosa's <c>estimate_tuning</c>). Those who have such spectra need not make them again:
    /// <see cref="Tuning"/> finds the same in their magnitudes.
    /// </summary>
    public double EstimateTuning(ReadOnlySpan<float> signal)
    {
        stft ??= new Stft(new StftSettings { Padding = Settings.Padding });
        peaks ??= new Tuning(Settings.SampleRate, stft.Settings.FftSize, binsPerOctave: Settings.BinsPerOctave);
        peaks.Clear();
        Room(ref spectra, Batch * stft.Bins);
        int frames = stft.FrameCount(signal.Length);
        for (int t = 0; t < frames; t += Batch)
        {
            Span<float> magnitudes = spectra.AsSpan(0, Math.Min(Batch, frames - t) * stft.Bins);
            stft.Power(signal, t, magnitudes);
            foreach (ref float value in magnitudes)
            {
                value = MathF.Sqrt(value);
            }

            peaks.Add(magnitudes);
        }

        return peaks.Estimate();
    }

    private Plan FindPlan(double tuning)
    {
        if (!plans.TryGetValue(tuning, out Plan? plan))
        {
            plan = Design(tuning);
            if (plans.Count == MostPlans)
            {
                plans.Clear();
            }

            plans.Add(tuning, plan);
            foreach (Octave octave in plan.Octaves)
            {
                ConstantQKernel kernel = octave.Kernel;
                transforms.TryAdd(kernel.FftSize, new RealFft(kernel.FftSize));
                Room(ref spectrumReal, kernel.FftSize / 2 + 1);
                Room(ref spectrumImaginary, kernel.FftSize / 2 + 1);
                Room(ref bandReal, (kernel.HighestBin + 1 - kernel.LowestBin) * Batch);
                Room(ref bandImaginary, (kernel.HighestBin + 1 - kernel.LowestBin) * Batch);
            }
        }

        return plan;
    }

    private Plan Design(double tuning)
    {
        double step = Math.Pow(2, 2.0 / Settings.BinsPerOctave);
        double quality = Settings.FilterScale * (step + 1) / (step - 1);
        double highest = Frequency(Settings.Bins - 1, tuning) * (1 + 0.5 * HannBandwidth / quality);
        if (highest > Settings.SampleRate / 2.0)
        {
            throw new ArgumentException($"the highest filter reaches to {highest:f0} Hz, more than half the sample rate");
        }

        // The rate cannot be halved further than the hop.
        int mostHalvings = int.TrailingZeroCount(Settings.Hop);
        int wanted = (Settings.Bins - 1) / Settings.BinsPerOctave + 1;
        var octaves = new List<Octave>(wanted);
        for (int i = 0; i < wanted; i++)
        {
            int end = Settings.Bins - i * Settings.BinsPerOctave;
            int first = Math.Max(0, end - Settings.BinsPerOctave);
            int halvings = Math.Min(i, mostHalvings);
            double[] frequencies = [.. Enumerable.Range(first, end - first).Select(b => Frequency(b, tuning) / Settings.SampleRate * (1 << halvings))];

            // A whole octave at half the rate has the very filters of the octave above.
            bool isAlike = i > 0 && halvings == i && octaves[^1].Kernel.Filters == frequencies.Length;
            ConstantQKernel kernel = isAlike ? octaves[^1].Kernel : ConstantQKernel.Design(frequencies, quality, Settings.Sparsity);
            octaves.Add(new Octave(first, halvings, Math.Sqrt(1 << halvings), kernel));
        }

        // The highest octave has music in the lower half of its spectrum only. Halving the rate of each octave once more
        // before its transforms changes nothing but their size.
        double passing = (double)octaves[0].Kernel.HighestBin / octaves[0].Kernel.FftSize;
        if (passing > MostPassing || octaves[0].Kernel.FftSize < 2 * LeastFftSize)
        {
            return new Plan([.. octaves], Math.Min(passing / 2, MostPassing));
        }

        ConstantQKernel? before = null;
        ConstantQKernel? halved = null;
        for (int i = 0; i < octaves.Count; i++)
        {
            Octave octave = octaves[i];
            if (octave.Halvings < mostHalvings && octave.Kernel.FftSize >= 2 * LeastFftSize)
            {
                halved = octave.Kernel == before ? halved : octave.Kernel.AtHalfRate();
                before = octave.Kernel;
                octaves[i] = octave with { Halvings = octave.Halvings + 1, Kernel = halved! };
            }
        }

        return new Plan([.. octaves], passing);
    }

    // The magnitudes of an octave's bins, from the signal at its rate.
    private void Respond(Octave octave, int margin, FrameMatrix magnitudes)
    {
        ConstantQKernel kernel = octave.Kernel;
        RealFft fft = transforms[kernel.FftSize];
        int hop = Settings.Hop >> octave.Halvings;
        int bins = kernel.HighestBin + 1 - kernel.LowestBin;
        for (int t = 0; t < magnitudes.Frames; t += Batch)
        {
            int frames = Math.Min(Batch, magnitudes.Frames - t);
            for (int lane = 0; lane < frames; lane++)
            {
                int start = margin + (t + lane) * hop - kernel.FftSize / 2;
                fft.Transform(current.AsSpan(start, kernel.FftSize), spectrumReal, spectrumImaginary);
                for (int b = 0; b < bins; b++)
                {
                    bandReal[b * Batch + lane] = spectrumReal[kernel.LowestBin + b];
                    bandImaginary[b * Batch + lane] = spectrumImaginary[kernel.LowestBin + b];
                }
            }

            if (isVector)
            {
                FilterVector(kernel, (float)octave.Gain);
            }
            else
            {
                FilterReference(kernel, (float)octave.Gain);
            }

            for (int lane = 0; lane < frames; lane++)
            {
                Span<float> row = magnitudes[t + lane].Slice(octave.FirstBin, kernel.Filters);
                for (int f = 0; f < row.Length; f++)
                {
                    row[f] = responses[f * Batch + lane];
                }
            }
        }
    }

    // The magnitude of each filter's response to each frame of the batch.
    private void FilterReference(ConstantQKernel kernel, float gain)
    {
        for (int f = 0; f < kernel.Filters; f++)
        {
            for (int lane = 0; lane < Batch; lane++)
            {
                float re = 0;
                float im = 0;
                int place = (kernel.First[f] - kernel.LowestBin) * Batch + lane;
                for (int w = kernel.Start[f]; w < kernel.Start[f + 1]; w++, place += Batch)
                {
                    re += kernel.Real[w] * bandReal[place] - kernel.Imaginary[w] * bandImaginary[place];
                    im += kernel.Real[w] * bandImaginary[place] + kernel.Imaginary[w] * bandReal[place];
                }

                responses[f * Batch + lane] = gain * MathF.Sqrt(re * re + im * im);
            }
        }
    }

    // What the filters hear before and behind the signal.
    private void Pad(Span<float> padded, int margin)
    {
        Span<float> signal = padded[margin..^margin];
        if (signal.IsEmpty || Settings.Padding == FramePadding.Zero)
        {
            padded[..margin].Clear();
            padded[^margin..].Clear();
            return;
        }

        int period = Math.Max(1, 2 * (signal.Length - 1));
        for (int i = 0; i < margin; i++)
        {
            (int before, int behind) = Settings.Padding == FramePadding.Edge
                ? (0, signal.Length - 1)
                : (Mirror(-1 - i, period), Mirror(signal.Length + i, period));
            (padded[margin - 1 - i], padded[margin + signal.Length + i]) = (signal[before], signal[behind]);
        }
    }

    // The place within a signal of which a mirror stands at either end; it repeats itself after twice its length less 2.
    private static int Mirror(int place, int period)
    {
        int within = (place % period + period) % period;
        return Math.Min(within, period - within);
    }

    private static void Room(ref float[] values, int count)
    {
        if (values.Length < count)
        {
            values = new float[count];
        }
    }

    // Filters of the bins from FirstBin on, for the signal after so many halvings of its rate.
    private sealed record Octave(int FirstBin, int Halvings, double Gain, ConstantQKernel Kernel);

    // What a tuning needs.
    private sealed class Plan(Octave[] octaves, double passing)
    {
        public Octave[] Octaves { get; } = octaves;

        public HalfBandFilter Filter { get; } = new(passing);

        public int Margin { get; } = octaves.Max(o => o.Kernel.FftSize) / 2;
    }
}
