namespace Pipeline.Dsp.Segments;

/// <summary>
/// The loudness of the critical bands over time, in decibels: short-time power, through the outer ear, averaged in each band.
/// It keeps buffers and is for one thread at a time.
/// </summary>
public sealed partial class AuditorySpectrogram
{
    private const int FramesAtATime = 4;

    private readonly Stft stft;
    private readonly float[] weights; // Bins x paddedBands
    private readonly float[] power; // FramesAtATime x Bins
    private readonly float[] sums; // FramesAtATime x paddedBands
    private readonly int paddedBands;
    private readonly float[] masking; // adds up to 1; the first is of the frame itself
    private readonly float floor;
    private readonly bool isVector;

    /// <summary>Prepares the analysis.</summary>
    public AuditorySpectrogram(AuditorySettings settings)
        : this(settings, IsVectorSupported)
    {
    }

    private AuditorySpectrogram(AuditorySettings settings, bool isVector)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Bands, 2);
        Settings = settings;
        this.isVector = isVector && settings.Bands <= MostVectorBands;
        stft = new Stft(new StftSettings
        {
            FftSize = settings.FftSize,
            WindowLength = settings.WindowLength,
            Hop = settings.Hop,
        });
        paddedBands = this.isVector ? MostVectorBands : settings.Bands;
        weights = Weights(settings, stft.Bins, paddedBands);
        power = new float[FramesAtATime * stft.Bins];
        sums = new float[FramesAtATime * paddedBands];
        masking = Masking(Math.Max(1, settings.MaskingFrames));
        floor = (float)Math.Pow(10, settings.FloorDb / 10);
    }

    /// <summary>What was asked for.</summary>
    public AuditorySettings Settings { get; }

    /// <summary>Frames a second.</summary>
    public double FrameRate => (double)Settings.SampleRate / Settings.Hop;

    /// <summary>The analysis without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static AuditorySpectrogram Reference(AuditorySettings settings) => new(settings, false);

    /// <summary>Frames of a signal: one more than whole hops.</summary>
    public int FrameCount(int samples) => stft.FrameCount(samples);

    /// <summary>The bands' decibels: a row of <see cref="AuditorySettings.Bands"/> values for each frame.</summary>
    public FrameMatrix Compute(ReadOnlySpan<float> signal)
    {
        int bands = Settings.Bands;
        var spectrum = new FrameMatrix(FrameCount(signal.Length), bands);
        for (int first = 0; first < spectrum.Frames; first += FramesAtATime)
        {
            int frames = Math.Min(FramesAtATime, spectrum.Frames - first);
            stft.Power(signal, first, power.AsSpan(0, frames * stft.Bins));
            if (isVector)
            {
                SumBandsVector();
            }
            else
            {
                SumBandsReference();
            }

            for (int frame = 0; frame < frames; frame++)
            {
                sums.AsSpan(frame * paddedBands, bands).CopyTo(spectrum[first + frame]);
            }
        }

        ToDecibels(spectrum.Values);
        return spectrum;
    }

    /// <summary>
    /// The spectrum as it is heard: each sound masks what follows it, for <see cref="AuditorySettings.MaskingFrames"/> frames.
    /// </summary>
    /// <param name="spectrum">Decibels of the bands of each frame, as <see cref="Compute"/> gives them.</param>
    /// <returns>A new spectrum.</returns>
    public FrameMatrix Mask(FrameMatrix spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        var masked = new FrameMatrix(spectrum.Frames, spectrum.Width);
        spectrum.Values.CopyTo(masked.Values, 0);
        float[] values = masked.Values;
        for (int i = isVector ? ToPowersVector(values) : 0; i < values.Length; i++)
        {
            values[i] = MathF.Pow(10, values[i] / 10);
        }

        int unmasked = isVector ? MaskVector(values, spectrum.Width) : values.Length;
        for (int i = unmasked - 1; i >= 0; i--)
        {
            values[i] = Masked(values, i, spectrum.Width);
        }

        ToDecibels(values);
        return masked;
    }

    // Each band's weights add up to 1, the outer ear left aside: a band's power is the mean of its frequencies', not their sum.
    private static float[] Weights(AuditorySettings settings, int bins, int paddedBands)
    {
        // A sine of amplitude 1 has the power (Σ window / 2)^2 in its bin.
        double peak = settings.WindowLength / 4.0;
        double scale = Math.Pow(10, settings.FullScaleDb / 10) / (peak * peak);
        float[] weights = GC.AllocateArray<float>(bins * paddedBands, pinned: true);
        for (int band = 0; band < settings.Bands; band++)
        {
            double sum = 0;
            for (int bin = 0; bin < bins; bin++)
            {
                sum += CriticalBands.Weight(CriticalBands.Bark(Hz(bin)), CriticalBands.Centre(band));
            }

            for (int bin = 0; bin < bins; bin++)
            {
                double ear = Math.Pow(10, CriticalBands.OuterEarDb(Hz(bin)) / 10);
                weights[bin * paddedBands + band] = (float)(scale * ear * CriticalBands.Weight(CriticalBands.Bark(Hz(bin)), CriticalBands.Centre(band)) / sum);
            }
        }

        return weights;

        double Hz(int bin) => (double)bin * settings.SampleRate / settings.FftSize;
    }

    private static float[] Masking(int frames)
    {
        double[] half = [.. Enumerable.Range(0, frames).Select(k => 0.5 + 0.5 * Math.Cos(Math.PI * k / frames))];
        double sum = half.Sum();
        return [.. half.Select(v => (float)(v / sum))];
    }

    // The mean of a band's power now and before, the first frame standing for those before it. Called from the last frame to
    // the first, so that the powers before are still what they were.
    private float Masked(float[] powers, int place, int bands)
    {
        float sum = 0;
        for (int k = 0; k < masking.Length; k++)
        {
            int before = place - k * bands;
            sum += masking[k] * powers[before >= 0 ? before : place % bands];
        }

        return sum;
    }

    private void ToDecibels(Span<float> powers)
    {
        for (int i = isVector ? ToDecibelsVector(powers, floor) : 0; i < powers.Length; i++)
        {
            powers[i] = 10 * MathF.Log10(MathF.Max(powers[i], floor));
        }
    }

    private void SumBandsReference()
    {
        int bins = stft.Bins;
        for (int frame = 0; frame < FramesAtATime; frame++)
        {
            for (int band = 0; band < paddedBands; band++)
            {
                double sum = 0;
                for (int bin = 0; bin < bins; bin++)
                {
                    sum += (double)power[frame * bins + bin] * weights[bin * paddedBands + band];
                }

                sums[frame * paddedBands + band] = (float)sum;
            }
        }
    }
}
