namespace Pipeline.Dsp.Spectral;

/// <summary>
/// How far music is from A = 440 Hz: librosa's <c>estimate_tuning</c>. The peaks of all spectra whose frequency lies from 150 to
/// 4,000 Hz and that reach a tenth of their frame's greatest value are placed by parabolas; of those at least as strong as the
/// median, the most frequent distance from the tempered scale is the tuning. It keeps the peaks and is for one thread at a time.
/// </summary>
public sealed partial class Tuning
{
    private const double MinHertz = 150, MaxHertz = 4000;
    private const float Threshold = 0.1f;
    private const float LowestA = 27.5f;

    private readonly bool isVector;
    private readonly double sampleRate;
    private readonly int fftSize;
    private readonly int binsPerOctave;
    private readonly int steps; // of a class
    private readonly int firstBin; // from here
    private readonly int endBin; // to before here
    private float[] frequencies = new float[1024];
    private float[] strengths = new float[1024];
    private float[] work = [];
    private int peaks;

    /// <summary>Plans it for spectra of a size.</summary>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="fftSize">Samples of a transform.</param>
    /// <param name="resolution">Step of the result, in bins of the octave.</param>
    /// <param name="binsPerOctave">Tones of an octave.</param>
    public Tuning(double sampleRate = 22_050, int fftSize = 2048, double resolution = 0.01, int binsPerOctave = 12)
        : this(sampleRate, fftSize, resolution, binsPerOctave, IsVectorSupported)
    {
    }

    private Tuning(double sampleRate, int fftSize, double resolution, int binsPerOctave, bool isVector)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(fftSize, 4);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resolution);
        ArgumentOutOfRangeException.ThrowIfLessThan(binsPerOctave, 1);
        (this.sampleRate, this.fftSize, this.binsPerOctave, this.isVector) = (sampleRate, fftSize, binsPerOctave, isVector);
        steps = (int)Math.Ceiling(1 / resolution);
        double binHertz = sampleRate / fftSize;
        firstBin = Math.Max(1, (int)Math.Ceiling(MinHertz / binHertz));
        endBin = Math.Min(fftSize / 2, (int)Math.Ceiling(Math.Min(MaxHertz, sampleRate / 2) / binHertz));
    }

    /// <summary>Without vectors, whatever the processor has; the other finds the same peaks.</summary>
    internal static Tuning Reference(double sampleRate, int fftSize) => new(sampleRate, fftSize, 0.01, 12, false);

    /// <summary>Peaks found so far.</summary>
    internal int Peaks => peaks;

    /// <summary>Estimates the tuning of spectra at hand, frames of FftSize / 2 + 1 powers or magnitudes.</summary>
    /// <returns>From -0.5 to below 0.5 bins; 0 where there are no peaks.</returns>
    public double Estimate(ReadOnlySpan<float> spectra)
    {
        Clear();
        Add(spectra);
        return Estimate();
    }

    /// <summary>Forgets what was added.</summary>
    public void Clear() => peaks = 0;

    /// <summary>Adds the peaks of some frames of FftSize / 2 + 1 powers or magnitudes.</summary>
    public void Add(ReadOnlySpan<float> spectra)
    {
        int bins = fftSize / 2 + 1;
        ArgumentOutOfRangeException.ThrowIfNotEqual(spectra.Length % bins, 0);
        for (; !spectra.IsEmpty; spectra = spectra[bins..])
        {
            // Every second one at most is a peak.
            if (frequencies.Length < peaks + bins)
            {
                Array.Resize(ref frequencies, 2 * frequencies.Length + bins);
                Array.Resize(ref strengths, frequencies.Length);
            }

            if (isVector)
            {
                AddVector(spectra[..bins]);
            }
            else
            {
                AddReference(spectra[..bins]);
            }
        }
    }

    /// <summary>The tuning of what was added.</summary>
    /// <returns>From -0.5 to below 0.5 bins; 0 where there are no peaks.</returns>
    public double Estimate()
    {
        if (peaks == 0)
        {
            return 0;
        }

        if (work.Length < peaks)
        {
            work = new float[frequencies.Length];
        }

        Span<float> strong = work.AsSpan(0, peaks);
        strengths.AsSpan(0, peaks).CopyTo(strong);
        double median = Selection.Median(strong);
        int count = 0;
        for (int i = 0; i < peaks; i++)
        {
            if (strengths[i] >= median)
            {
                strong[count++] = frequencies[i] / LowestA;
            }
        }

        strong = strong[..count];
        Logarithm.Log2(strong, strong);
        int[] counts = new int[steps];
        foreach (float octaves in strong)
        {
            double tones = (double)binsPerOctave * octaves;
            double residual = tones - Math.Floor(tones + 0.5); // from -0.5 to below 0.5
            counts[Math.Min(steps - 1, (int)((residual + 0.5) * steps))]++;
        }

        return (double)Array.IndexOf(counts, counts.Max()) / steps - 0.5;
    }

    private void AddReference(ReadOnlySpan<float> frame)
    {
        float greatest = 0;
        foreach (float value in frame)
        {
            greatest = Math.Max(greatest, value);
        }

        float threshold = Threshold * greatest;
        for (int bin = firstBin; bin < endBin; bin++)
        {
            if (frame[bin] > threshold && frame[bin] > frame[bin - 1] && frame[bin] >= frame[bin + 1])
            {
                AddPeak(bin, frame[bin - 1], frame[bin], frame[bin + 1]);
            }
        }
    }

    // The top of the parabola through three values.
    private void AddPeak(int bin, float before, float value, float after)
    {
        float slope = 0.5f * (after - before);
        float shift = slope / (2 * value - before - after);
        frequencies[peaks] = (float)((bin + (double)shift) * sampleRate / fftSize);
        strengths[peaks++] = value + 0.5f * slope * shift;
    }
}
