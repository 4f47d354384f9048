namespace Pipeline.Dsp.Spectral;

/// <summary>
/// What a spectrum looks like in one number each: where its middle lies, how wide and how flat it is. Planned for spectra of one
/// size, from 0 Hz to half the sample rate; magnitudes are meant where librosa means them, but any values from 0 on will do.
/// </summary>
public sealed partial class SpectralShape
{
    // What librosa takes for silence: the least normal number.
    private const float Tiny = 1.17549435e-38f;

    private readonly bool isVector;
    private readonly double binHertz;

    /// <summary>Plans it.</summary>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="fftSize">Samples of a transform; a spectrum has FftSize / 2 + 1 values.</param>
    public SpectralShape(double sampleRate = 22_050, int fftSize = 2048)
        : this(sampleRate, fftSize, IsVectorSupported)
    {
    }

    private SpectralShape(double sampleRate, int fftSize, bool isVector)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(fftSize, 2);
        (Bins, binHertz, this.isVector) = (fftSize / 2 + 1, sampleRate / fftSize, isVector);
        if (isVector)
        {
            PlanVector();
        }
    }

    /// <summary>Without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static SpectralShape Reference(double sampleRate = 22_050, int fftSize = 2048) => new(sampleRate, fftSize, false);

    /// <summary>Values of a spectrum.</summary>
    public int Bins { get; }

    /// <summary>The centre of gravity in Hz: Σ f S(f) / Σ S(f); 0 for silence.</summary>
    public double Centroid(ReadOnlySpan<float> magnitude)
    {
        Check(magnitude);
        (double sum, double moment) = isVector ? MomentsVector(magnitude) : MomentsReference(magnitude);
        return sum < Tiny ? 0 : binHertz * moment / sum;
    }

    /// <summary>The mean distance in Hz from the centroid, (Σ S(f) |f - c|^p / Σ S(f))^(1/p); 0 for silence.</summary>
    /// <param name="magnitude">The spectrum.</param>
    /// <param name="centroid">c in Hz.</param>
    /// <param name="power">p: 2 makes it a standard deviation.</param>
    public double Bandwidth(ReadOnlySpan<float> magnitude, double centroid, double power = 2)
    {
        Check(magnitude);
        (double sum, double moment) = isVector && power == 2
            ? SpreadVector(magnitude, centroid / binHertz)
            : SpreadReference(magnitude, centroid / binHertz, power);
        return sum < Tiny ? 0 : binHertz * Math.Pow(moment / sum, 1 / power);
    }

    /// <summary>The frequency in Hz up to which the given share of the sum of all values lies.</summary>
    public double RollOff(ReadOnlySpan<float> magnitude, double share = 0.85)
    {
        Check(magnitude);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        if (isVector)
        {
            return binHertz * RollOffVector(magnitude, share);
        }

        double sum = 0;
        foreach (float value in magnitude)
        {
            sum += value;
        }

        return binHertz * FirstToReach(share * sum, 0, magnitude);
    }

    /// <summary>The geometric mean divided by the arithmetic one: 1 for white noise and silence, near 0 for a tone.</summary>
    /// <param name="power">Powers: librosa's default <c>power=2</c>; magnitudes for <c>power=1</c>.</param>
    /// <param name="least">Lesser values are taken for this one; positive and not subnormal.</param>
    public double Flatness(ReadOnlySpan<float> power, double least = 1e-10)
    {
        Check(power);
        (double logarithms, double sum) = isVector ? MeansVector(power, (float)least) : MeansReference(power, (float)least);
        return Math.Exp(logarithms / power.Length) / (sum / power.Length);
    }

    /// <summary>The square roots of powers.</summary>
    public static void Magnitude(ReadOnlySpan<float> power, Span<float> magnitude)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(magnitude.Length, power.Length);
        for (int i = MagnitudeVector(power, magnitude); i < power.Length; i++)
        {
            magnitude[i] = MathF.Sqrt(power[i]);
        }
    }

    private void Check(ReadOnlySpan<float> spectrum) => ArgumentOutOfRangeException.ThrowIfNotEqual(spectrum.Length, Bins);

    // Frequencies are counted in bins.
    private static (double Sum, double Moment) MomentsReference(ReadOnlySpan<float> magnitude)
    {
        double sum = 0, moment = 0;
        for (int bin = 0; bin < magnitude.Length; bin++)
        {
            sum += magnitude[bin];
            moment += (double)bin * magnitude[bin];
        }

        return (sum, moment);
    }

    private static (double Sum, double Moment) SpreadReference(ReadOnlySpan<float> magnitude, double centre, double power)
    {
        double sum = 0, moment = 0;
        for (int bin = 0; bin < magnitude.Length; bin++)
        {
            sum += magnitude[bin];
            moment += Math.Pow(Math.Abs(bin - centre), power) * magnitude[bin];
        }

        return (sum, moment);
    }

    private static (double Logarithms, double Sum) MeansReference(ReadOnlySpan<float> power, float least)
    {
        double logarithms = 0, sum = 0;
        foreach (float value in power)
        {
            logarithms += Math.Log(Math.Max(value, least));
            sum += Math.Max(value, least);
        }

        return (logarithms, sum);
    }

    // The place of the first value with which the sum of all values so far reaches the goal.
    private static int FirstToReach(double goal, double sum, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i];
            if (sum >= goal)
            {
                return i;
            }
        }

        return values.Length - 1;
    }
}
