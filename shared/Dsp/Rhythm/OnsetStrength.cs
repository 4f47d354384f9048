using Pipeline.Dsp.Spectral;

namespace Pipeline.Dsp.Rhythm;

/// <summary>
/// How much louder a signal's bands become from one frame to the next, in decibels (librosa's <c>onset_strength</c>).
/// It keeps buffers and is for one thread at a time.
/// </summary>
public sealed partial class OnsetStrength
{
    private readonly bool isVector;
    private readonly LogMel logMel;
    private readonly int delay; // frames that a rise is put after the later of the two that show it
    private float[] rises;
    private FrameMatrix? greatest;

    /// <summary>Prepares the measurement.</summary>
    public OnsetStrength(OnsetSettings settings)
        : this(settings, IsVectorSupported)
    {
    }

    private OnsetStrength(OnsetSettings settings, bool isVector)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Lag, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaxSize, 1);
        Settings = settings;
        this.isVector = isVector;
        logMel = new LogMel(settings.LogMel);
        StftSettings frames = settings.LogMel.Mel.Stft;
        delay = frames.IsCentred ? frames.FftSize / (2 * frames.Hop) : 0;
        rises = new float[settings.LogMel.Mel.Bands];
    }

    /// <summary>The measurement without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static OnsetStrength Reference(OnsetSettings settings) => new(settings, false);

    /// <summary>What was asked for.</summary>
    public OnsetSettings Settings { get; }

    /// <summary>The onset envelope: one value for each frame of a signal.</summary>
    public float[] Compute(ReadOnlySpan<float> signal) => FromDecibels(logMel.Compute(signal));

    /// <summary>The onset envelope of a spectrogram in decibels, for those who need it for something else as well.</summary>
    /// <param name="decibels">Of the hop and size that the settings name.</param>
    /// <returns>As many values as there are frames.</returns>
    public float[] FromDecibels(FrameMatrix decibels) => FromDecibels(decibels, Settings.Aggregate);

    /// <summary>As <see cref="FromDecibels(FrameMatrix)"/>, with another way of making one value of the bands' rises.</summary>
    public float[] FromDecibels(FrameMatrix decibels, OnsetAggregate aggregate)
    {
        ArgumentNullException.ThrowIfNull(decibels);
        float[] envelope = new float[decibels.Frames];
        FrameMatrix earlier = Settings.MaxSize == 1 ? decibels : Greatest(decibels);
        if (rises.Length < decibels.Width)
        {
            rises = new float[decibels.Width];
        }

        for (int t = Settings.Lag; t + delay < envelope.Length; t++)
        {
            envelope[t + delay] = aggregate == OnsetAggregate.Mean
                ? MeanRise(decibels[t], earlier[t - Settings.Lag])
                : MedianRise(decibels[t], earlier[t - Settings.Lag]);
        }

        return envelope;
    }

    private float MeanRise(ReadOnlySpan<float> now, ReadOnlySpan<float> before)
    {
        float sum = 0;
        for (int band = isVector ? SumVector(now, before, ref sum) : 0; band < now.Length; band++)
        {
            sum += Math.Max(0, now[band] - before[band]);
        }

        return sum / now.Length;
    }

    private float MedianRise(ReadOnlySpan<float> now, ReadOnlySpan<float> before)
    {
        Span<float> values = rises.AsSpan(0, now.Length);
        for (int band = 0; band < values.Length; band++)
        {
            values[band] = Math.Max(0, now[band] - before[band]);
        }

        return isVector && values.Length % Lanes == 0 ? MedianVector(values) : MedianReference(values);
    }

    private static float MedianReference(Span<float> values)
    {
        values.Sort();
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    // Of each band and its neighbours, the outermost of which are their own neighbours beyond the ends.
    private FrameMatrix Greatest(FrameMatrix decibels)
    {
        if (greatest is null || greatest.Frames != decibels.Frames || greatest.Width != decibels.Width)
        {
            greatest = new FrameMatrix(decibels.Frames, decibels.Width);
        }

        for (int t = 0; t < decibels.Frames; t++)
        {
            ReadOnlySpan<float> from = decibels[t];
            Span<float> to = greatest[t];
            for (int band = 0; band < to.Length; band++)
            {
                int first = Math.Max(0, band - Settings.MaxSize / 2);
                int last = Math.Min(to.Length - 1, band - Settings.MaxSize / 2 + Settings.MaxSize - 1);
                to[band] = from[first];
                for (int i = first + 1; i <= last; i++)
                {
                    to[band] = Math.Max(to[band], from[i]);
                }
            }
        }

        return greatest;
    }
}
