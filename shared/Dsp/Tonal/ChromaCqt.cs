namespace Pipeline.Dsp.Tonal;

/// <summary>
/// How strong each pitch class is over time, whatever the octave: the sum of the constant-Q magnitudes of the bins next to it
/// (librosa's <c>chroma_cqt</c>). It keeps buffers and is for one thread at a time.
/// </summary>
public sealed class ChromaCqt
{
    private readonly ConstantQ transform;
    private readonly int[] classes; // of each bin

    /// <summary>Prepares the transform.</summary>
    public ChromaCqt(ChromaCqtSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Octaves, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Classes, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(settings.BinsPerOctave % settings.Classes, 0);
        Settings = settings;
        transform = new ConstantQ(new ConstantQSettings
        {
            SampleRate = settings.SampleRate,
            Hop = settings.Hop,
            LowestFrequency = settings.LowestFrequency,
            Bins = settings.Octaves * settings.BinsPerOctave,
            BinsPerOctave = settings.BinsPerOctave,
            Padding = settings.Padding,
        });
        int merged = settings.BinsPerOctave / settings.Classes;
        double semitones = 12 * Math.Log2(settings.LowestFrequency / ConstantQSettings.C1);
        int lowest = (int)Math.Round((semitones % 12 + 12) % 12 * settings.Classes / 12);
        classes = [.. Enumerable.Range(0, transform.Settings.Bins).Select(bin => ((bin + merged / 2) / merged + lowest) % settings.Classes)];
    }

    /// <summary>What was asked for.</summary>
    public ChromaCqtSettings Settings { get; }

    /// <summary>The strength of each pitch class, as a share of the strongest of the frame; silent frames are 0.</summary>
    /// <param name="signal">Samples.</param>
    /// <param name="tuning">How much higher than the standard pitch the music is, in bins of the transform: a third of a semitone with 36 of an octave.</param>
    public FrameMatrix Compute(ReadOnlySpan<float> signal, double tuning = 0) => Normalize(Sum(signal, tuning));

    /// <summary>The same of a transform that is there already.</summary>
    /// <param name="magnitudes">Frames of Octaves * BinsPerOctave values.</param>
    public FrameMatrix Compute(FrameMatrix magnitudes) => Normalize(Sum(magnitudes));

    /// <summary>The sum of the magnitudes of each pitch class.</summary>
    /// <inheritdoc cref="Compute(ReadOnlySpan{float}, double)"/>
    public FrameMatrix Sum(ReadOnlySpan<float> signal, double tuning = 0) => Sum(transform.Magnitude(signal, tuning));

    /// <summary>The sum of the magnitudes of each pitch class.</summary>
    /// <inheritdoc cref="Compute(FrameMatrix)"/>
    public FrameMatrix Sum(FrameMatrix magnitudes)
    {
        ArgumentNullException.ThrowIfNull(magnitudes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(magnitudes.Width, classes.Length);
        var chroma = new FrameMatrix(magnitudes.Frames, Settings.Classes);
        for (int t = 0; t < magnitudes.Frames; t++)
        {
            ReadOnlySpan<float> from = magnitudes[t];
            Span<float> to = chroma[t];
            for (int bin = 0; bin < from.Length; bin++)
            {
                to[classes[bin]] += from[bin];
            }
        }

        return chroma;
    }

    /// <inheritdoc cref="ConstantQ.EstimateTuning"/>
    public double EstimateTuning(ReadOnlySpan<float> signal) => transform.EstimateTuning(signal);

    private static FrameMatrix Normalize(FrameMatrix chroma)
    {
        for (int t = 0; t < chroma.Frames; t++)
        {
            Span<float> frame = chroma[t];
            float greatest = 0;
            foreach (float value in frame)
            {
                greatest = Math.Max(greatest, value);
            }

            for (int i = 0; i < frame.Length && greatest > 0; i++)
            {
                frame[i] /= greatest;
            }
        }

        return chroma;
    }
}
