using System.Numerics;

namespace Pipeline.Dsp.Rhythm;

/// <summary>
/// The tempo of an onset envelope: the period at which it is most like itself, on average over windows of some seconds
/// (librosa's <c>tempo</c>). It keeps buffers and is for one thread at a time.
/// </summary>
public sealed partial class Tempo
{
    // The least number of full precision: a window without as much is silence.
    private const float LeastEnergy = 1.17549435e-38f;

    private readonly bool isVector;
    private readonly int length; // of a window, in frames
    private readonly float[] window;
    private readonly RealFft fft;
    private readonly double[] tempos; // of each period
    private readonly double[] logLikelihoods;
    private readonly float[] frame;
    private readonly float[] power;
    private readonly float[] work;
    private readonly float[] powers;
    private readonly float[] spectrum;
    private float[] padded = [];

    /// <summary>Prepares the search.</summary>
    public Tempo(TempoSettings settings)
        : this(settings, IsVectorSupported)
    {
    }

    private Tempo(TempoSettings settings, bool isVector)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.SampleRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Hop, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.StartTempo);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.TempoDeviation);
        Settings = settings;
        this.isVector = isVector;
        length = (int)Math.Floor(settings.WindowS * settings.SampleRate / settings.Hop);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2, nameof(settings));
        window = WindowFunction.Periodic(WindowShape.Hann, length);
        fft = new RealFft(Math.Max(4, (int)BitOperations.RoundUpToPowerOf2((uint)(2 * length - 1)))); // nothing wraps around
        frame = new float[fft.Size];
        power = new float[fft.Bins];
        work = new float[fft.Bins];
        powers = new float[fft.Bins];
        spectrum = new float[fft.Size];
        tempos = [.. Enumerable.Range(0, length).Select(period => 60 * settings.SampleRate / settings.Hop / period)];
        logLikelihoods = [.. tempos.Select(tempo => -0.5 * Math.Pow(Math.Log2(tempo / settings.StartTempo) / settings.TempoDeviation, 2))];
    }

    /// <summary>The search without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static Tempo Reference(TempoSettings settings) => new(settings, false);

    /// <summary>What was asked for.</summary>
    public TempoSettings Settings { get; }

    /// <summary>The tempo in beats per minute, a whole number of frames from beat to beat. An envelope of zeros has the likeliest one that is.</summary>
    /// <param name="envelope">One value for each frame.</param>
    public double Estimate(ReadOnlySpan<float> envelope)
    {
        float[] likeness = SelfLikeness(envelope);
        int best = length - 1; // the slowest
        double greatest = double.NegativeInfinity;
        for (int period = 1; period < length; period++)
        {
            double weight = Math.Log(1 + 1e6 * Math.Max(0, likeness[period])) + logLikelihoods[period];
            if (tempos[period] < Settings.MaxTempo && weight > greatest)
            {
                (best, greatest) = (period, weight);
            }
        }

        return tempos[best];
    }

    /// <summary>
    /// The mean over all frames of the autocorrelation of the envelope around each, under a Hann window, as a share of that
    /// at period 0 (the mean of librosa's <c>tempogram</c>).
    /// </summary>
    /// <param name="envelope">One value for each frame.</param>
    /// <returns>A value for each period in frames, from 0 on.</returns>
    public float[] SelfLikeness(ReadOnlySpan<float> envelope)
    {
        // The autocorrelation is the transform of the power, and the share is linear once the frame's energy is known: all
        // frames' powers are summed, each divided by its energy, and transformed once.
        Pad(envelope);
        powers.AsSpan().Clear();
        Span<float> values = frame.AsSpan(0, length);
        for (int t = 0; t < envelope.Length; t++)
        {
            float energy = isVector ? WindowVector(padded.AsSpan(t, length), values) : WindowReference(padded.AsSpan(t, length), values);
            if (energy > LeastEnergy)
            {
                fft.Power(frame, power);
                AddScaled(1 / energy);
            }
        }

        powers.CopyTo(spectrum, 0);
        for (int k = 1; k < powers.Length - 1; k++)
        {
            spectrum[^k] = powers[k];
        }

        fft.Transform(spectrum, power, work);
        float[] likeness = new float[length];
        double scale = 1.0 / fft.Size / Math.Max(1, envelope.Length);
        for (int period = 0; period < length; period++)
        {
            likeness[period] = (float)(power[period] * scale);
        }

        return likeness;
    }

    // The envelope between two ramps from and to 0, half a window long.
    private void Pad(ReadOnlySpan<float> envelope)
    {
        int margin = length / 2;
        int count = envelope.Length + 2 * margin;
        if (padded.Length < count)
        {
            padded = new float[count];
        }

        envelope.CopyTo(padded.AsSpan(margin));
        for (int i = 0; i < margin && envelope.Length > 0; i++)
        {
            float share = (float)i / margin;
            (padded[i], padded[count - 1 - i]) = (share * envelope[0], share * envelope[^1]);
        }
    }

    // Returns the energy of the frame under the window.
    private float WindowReference(ReadOnlySpan<float> from, Span<float> to)
    {
        double energy = 0;
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = window[i] * from[i];
            energy += (double)to[i] * to[i];
        }

        return (float)energy;
    }

    private void AddScaled(float scale)
    {
        for (int k = isVector ? AddScaledVector(scale) : 0; k < powers.Length; k++)
        {
            powers[k] += scale * power[k];
        }
    }
}
