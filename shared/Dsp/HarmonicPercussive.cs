namespace Pipeline.Dsp;

/// <summary>
/// Parts a sound into what lasts (harmonic) and what strikes (percussive): the medians of the magnitudes along time and along
/// frequency say how much of each bin belongs to either; librosa's hpss. It keeps buffers as large as five spectrograms and is
/// for one thread at a time.
/// </summary>
public sealed class HarmonicPercussive
{
    private readonly Stft stft;
    private readonly InverseStft inverse;
    private readonly RunningMedian alongTime;
    private readonly RunningMedian alongFrequency;
    private readonly float[] mask; // of one frame, as the next two
    private readonly float[] maskedReal;
    private readonly float[] maskedImaginary;
    private float[] real = [];
    private float[] imaginary = [];
    private float[] magnitude = [];
    private float[] harmonicMedians = [];
    private float[] percussiveMedians = [];

    /// <summary>Prepares the parting.</summary>
    public HarmonicPercussive(HarmonicPercussiveSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.HarmonicMargin, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.PercussiveMargin, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Power);
        Settings = settings;
        stft = new Stft(settings.Stft);
        inverse = new InverseStft(settings.Stft);
        alongTime = new RunningMedian(settings.HarmonicKernel);
        alongFrequency = new RunningMedian(settings.PercussiveKernel);
        (mask, maskedReal, maskedImaginary) = (new float[stft.Bins], new float[stft.Bins], new float[stft.Bins]);
    }

    /// <summary>What was asked for.</summary>
    public HarmonicPercussiveSettings Settings { get; }

    private bool IsSplit => Settings is { HarmonicMargin: 1, PercussiveMargin: 1 };

    /// <summary>The two parts of a magnitude spectrogram: frames x bins values, 0 or more, any number of bins.</summary>
    public (FrameMatrix Harmonic, FrameMatrix Percussive) Decompose(FrameMatrix spectrogram)
    {
        ArgumentNullException.ThrowIfNull(spectrogram);
        var harmonic = new FrameMatrix(spectrogram.Frames, spectrogram.Width);
        var percussive = new FrameMatrix(spectrogram.Frames, spectrogram.Width);
        MakeRoomForMedians(spectrogram.Values.Length);
        FindMedians(spectrogram.Values, spectrogram.Width);
        HarmonicMask(0, harmonic.Values);
        PercussiveMask(0, percussive.Values);
        Stft.Multiply(harmonic.Values, spectrogram.Values, harmonic.Values);
        Stft.Multiply(percussive.Values, spectrogram.Values, percussive.Values);
        return (harmonic, percussive);
    }

    /// <summary>The two parts of a signal, each as long as it; with margins of 1 they add up to it.</summary>
    public (float[] Harmonic, float[] Percussive) Separate(ReadOnlySpan<float> signal)
    {
        int bins = stft.Bins;
        int frames = stft.FrameCount(signal.Length);
        int count = frames * bins;
        MakeRoom(count);
        for (int t = 0; t < frames; t++)
        {
            int at = t * bins;
            stft.Transform(signal, t, real.AsSpan(at, bins), imaginary.AsSpan(at, bins));
            Stft.Magnitudes(real.AsSpan(at, bins), imaginary.AsSpan(at, bins), magnitude.AsSpan(at, bins));
        }

        FindMedians(magnitude.AsSpan(0, count), bins);
        float[] harmonic = new float[signal.Length], percussive = new float[signal.Length];
        int within = inverse.FramesWithin(signal.Length, frames);
        for (int t = 0; t < within; t++)
        {
            HarmonicMask(t * bins, mask);
            AddMasked(t, harmonic);
            PercussiveMask(t * bins, mask);
            AddMasked(t, percussive);
        }

        inverse.Normalize(within, harmonic);
        inverse.Normalize(within, percussive);
        return (harmonic, percussive);
    }

    private void MakeRoom(int count)
    {
        MakeRoomForMedians(count);
        if (magnitude.Length < count)
        {
            (real, imaginary, magnitude) = (new float[count], new float[count], new float[count]);
        }
    }

    private void MakeRoomForMedians(int count)
    {
        if (harmonicMedians.Length < count)
        {
            (harmonicMedians, percussiveMedians) = (new float[count], new float[count]);
        }
    }

    private void FindMedians(ReadOnlySpan<float> magnitudes, int width)
    {
        alongTime.AlongTime(magnitudes, width, harmonicMedians.AsSpan(0, magnitudes.Length));
        alongFrequency.AlongFrequency(magnitudes, width, percussiveMedians.AsSpan(0, magnitudes.Length));
    }

    private void HarmonicMask(int first, Span<float> masks) => SoftMask.Fill(
        harmonicMedians.AsSpan(first, masks.Length), percussiveMedians.AsSpan(first, masks.Length),
        (float)Settings.HarmonicMargin, Settings.Power, IsSplit, masks);

    private void PercussiveMask(int first, Span<float> masks) => SoftMask.Fill(
        percussiveMedians.AsSpan(first, masks.Length), harmonicMedians.AsSpan(first, masks.Length),
        (float)Settings.PercussiveMargin, Settings.Power, IsSplit, masks);

    private void AddMasked(int t, Span<float> signal)
    {
        int at = t * mask.Length;
        Stft.Multiply(real.AsSpan(at, mask.Length), mask, maskedReal);
        Stft.Multiply(imaginary.AsSpan(at, mask.Length), mask, maskedImaginary);
        inverse.Add(maskedReal, maskedImaginary, t, signal);
    }
}
