namespace Pipeline.Dsp;

/// <summary>
/// Parts a sound into what lasts (harmonic) and what strikes (percussive): the medians of the magnitudes along time and along
/// frequency say how much of each bin belongs to either; librosa's hpss. It keeps buffers as large as four spectrograms and is
/// for one thread at a time.
/// </summary>
public sealed class HarmonicPercussive
{
    // So many frames stay in the cache; medians along frequency are found for 16 at a time.
    private const int BlockFrames = 16;

    private readonly Stft stft;
    private readonly InverseStft inverse;
    private readonly RunningMedian alongTime;
    private readonly RunningMedian alongFrequency;
    private readonly float[] harmonicMask; // of one frame, as the next three
    private readonly float[] percussiveMask;
    private readonly float[] maskedReal;
    private readonly float[] maskedImaginary;
    private float[] real = [];
    private float[] imaginary = [];
    private float[] magnitude = [];
    private float[] harmonicMedians = [];
    private float[] percussiveMedians = []; // of a block

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
        (harmonicMask, percussiveMask) = (new float[stft.Bins], new float[stft.Bins]);
        (maskedReal, maskedImaginary) = (new float[stft.Bins], new float[stft.Bins]);
    }

    /// <summary>What was asked for.</summary>
    public HarmonicPercussiveSettings Settings { get; }

    private bool IsSplit => Settings is { HarmonicMargin: 1, PercussiveMargin: 1 };

    /// <summary>The two parts of a magnitude spectrogram: frames x bins values, 0 or more, any number of bins.</summary>
    public (FrameMatrix Harmonic, FrameMatrix Percussive) Decompose(FrameMatrix spectrogram)
    {
        ArgumentNullException.ThrowIfNull(spectrogram);
        int width = spectrogram.Width;
        var harmonic = new FrameMatrix(spectrogram.Frames, width);
        var percussive = new FrameMatrix(spectrogram.Frames, width);
        MakeRoom(ref harmonicMedians, spectrogram.Values.Length);
        alongTime.AlongTime(spectrogram.Values, width, harmonicMedians.AsSpan(0, spectrogram.Values.Length));
        for (int t = 0; t < spectrogram.Frames; t++)
        {
            if (t % BlockFrames == 0)
            {
                FindPercussive(spectrogram.Values, t, spectrogram.Frames, width);
            }

            FillMasks(t, harmonic[t], percussive[t]);
        }

        Stft.Multiply(harmonic.Values, spectrogram.Values, harmonic.Values);
        Stft.Multiply(percussive.Values, spectrogram.Values, percussive.Values);
        return (harmonic, percussive);
    }

    /// <summary>The two parts of a signal, each as long as it; with margins of 1 they add up to it.</summary>
    public (float[] Harmonic, float[] Percussive) Separate(ReadOnlySpan<float> signal)
    {
        (float[] harmonic, float[] percussive) = (new float[signal.Length], new float[signal.Length]);
        Separate(signal, harmonic, percussive);
        return (harmonic, percussive);
    }

    /// <summary>As before, into memory that is there already.</summary>
    /// <param name="signal">The samples.</param>
    /// <param name="harmonic">Takes as many samples.</param>
    /// <param name="percussive">Takes as many samples.</param>
    public void Separate(ReadOnlySpan<float> signal, Span<float> harmonic, Span<float> percussive)
    {
        harmonic = harmonic[..signal.Length];
        percussive = percussive[..signal.Length];
        int bins = stft.Bins;
        int frames = stft.FrameCount(signal.Length);
        int count = checked(frames * bins);
        MakeRoom(ref real, count);
        MakeRoom(ref imaginary, count);
        MakeRoom(ref magnitude, count);
        MakeRoom(ref harmonicMedians, count);
        for (int t = 0; t < frames; t++)
        {
            int at = t * bins;
            stft.Transform(signal, t, real.AsSpan(at, bins), imaginary.AsSpan(at, bins));
            Stft.Magnitudes(real.AsSpan(at, bins), imaginary.AsSpan(at, bins), magnitude.AsSpan(at, bins));
        }

        alongTime.AlongTime(magnitude.AsSpan(0, count), bins, harmonicMedians.AsSpan(0, count));
        harmonic.Clear();
        percussive.Clear();
        int within = inverse.FramesWithin(signal.Length, frames);
        for (int t = 0; t < within; t++)
        {
            if (t % BlockFrames == 0)
            {
                FindPercussive(magnitude, t, frames, bins);
            }

            FillMasks(t, harmonicMask, percussiveMask);
            AddMasked(t, harmonicMask, harmonic);
            AddMasked(t, percussiveMask, percussive);
        }

        inverse.Normalize(within, harmonic);
        inverse.Normalize(within, percussive);
    }

    private static void MakeRoom(ref float[] values, int count) => values = values.Length < count ? new float[count] : values;

    // The medians along frequency of a block of frames.
    private void FindPercussive(ReadOnlySpan<float> magnitudes, int first, int frames, int width)
    {
        int count = Math.Min(BlockFrames, frames - first) * width;
        MakeRoom(ref percussiveMedians, count);
        alongFrequency.AlongFrequency(magnitudes.Slice(first * width, count), width, percussiveMedians.AsSpan(0, count));
    }

    // The masks of a frame whose block's medians are there.
    private void FillMasks(int t, Span<float> harmonicMasks, Span<float> percussiveMasks)
    {
        int width = harmonicMasks.Length;
        ReadOnlySpan<float> harmonic = harmonicMedians.AsSpan(t * width, width), percussive = percussiveMedians.AsSpan(t % BlockFrames * width, width);
        SoftMask.Fill(harmonic, percussive, (float)Settings.HarmonicMargin, Settings.Power, IsSplit, harmonicMasks);
        SoftMask.Fill(percussive, harmonic, (float)Settings.PercussiveMargin, Settings.Power, IsSplit, percussiveMasks);
    }

    private void AddMasked(int t, float[] mask, Span<float> signal)
    {
        int at = t * mask.Length;
        Stft.Multiply(real.AsSpan(at, mask.Length), mask, maskedReal);
        Stft.Multiply(imaginary.AsSpan(at, mask.Length), mask, maskedImaginary);
        inverse.Add(maskedReal, maskedImaginary, t, signal);
    }
}
