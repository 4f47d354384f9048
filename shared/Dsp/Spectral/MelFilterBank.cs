namespace Pipeline.Dsp.Spectral;

/// <summary>
/// Triangles on the mel scale, each from its lower neighbour's top to its upper neighbour's. It keeps buffers and is for one
/// thread at a time.
/// </summary>
public sealed partial class MelFilterBank
{
    private readonly bool isVector;
    private readonly int[] firsts; // the first frequency of each band's triangle
    private readonly int[] starts; // where its weights begin; one more for the end
    private readonly float[] weights; // the triangles, one after the other

    /// <summary>Plans the bands.</summary>
    public MelFilterBank(MelSettings settings)
        : this(settings, IsVectorSupported)
    {
    }

    private MelFilterBank(MelSettings settings, bool isVector)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Bands, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.SampleRate);
        double max = settings.MaxFrequency ?? settings.SampleRate / 2;
        ArgumentOutOfRangeException.ThrowIfNegative(settings.MinFrequency);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(max, settings.MinFrequency);
        this.isVector = isVector;
        (Bands, Bins) = (settings.Bands, settings.Stft.FftSize / 2 + 1);
        double[] edges = MelScale.Frequencies(Bands + 2, settings.MinFrequency, max, settings.Formula);
        firsts = new int[Bands];
        starts = new int[Bands + 1];
        var all = new List<float>();
        for (int band = 0; band < Bands; band++)
        {
            (double low, double top, double high) = (edges[band], edges[band + 1], edges[band + 2]);
            double scale = settings.Norm == MelNorm.Slaney ? 2 / (high - low) : 1;
            for (int bin = 0; bin < Bins; bin++)
            {
                double frequency = bin * settings.SampleRate / settings.Stft.FftSize;
                double weight = Math.Min((frequency - low) / (top - low), (high - frequency) / (high - top));
                if (weight > 0)
                {
                    firsts[band] = all.Count == starts[band] ? bin : firsts[band];
                    all.Add((float)weight * (float)scale);
                }
            }

            starts[band + 1] = all.Count;
        }

        weights = [.. all];
        if (isVector)
        {
            PlanVector();
        }
    }

    /// <summary>Without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static MelFilterBank Reference(MelSettings settings) => new(settings, false);

    /// <summary>Values of a frame that comes out.</summary>
    public int Bands { get; }

    /// <summary>Values of a frame that goes in: FftSize / 2 + 1.</summary>
    public int Bins { get; }

    /// <summary>The bands of some frames.</summary>
    /// <param name="power">Frames of <see cref="Bins"/> values, mostly powers.</param>
    /// <param name="mel">Takes as many frames of <see cref="Bands"/> values.</param>
    public void Apply(ReadOnlySpan<float> power, Span<float> mel)
    {
        int frames = power.Length / Bins;
        ArgumentOutOfRangeException.ThrowIfNotEqual(power.Length, frames * Bins);
        ArgumentOutOfRangeException.ThrowIfNotEqual(mel.Length, frames * Bands);
        if (isVector)
        {
            ApplyVector(power, mel, frames);
        }
        else
        {
            ApplyReference(power, mel, frames);
        }
    }

    /// <summary>Bands x Bins weights, band after band.</summary>
    public float[] ToMatrix()
    {
        float[] matrix = new float[Bands * Bins];
        for (int band = 0; band < Bands; band++)
        {
            Triangle(band).CopyTo(matrix.AsSpan(band * Bins + firsts[band]));
        }

        return matrix;
    }

    private ReadOnlySpan<float> Triangle(int band) => weights.AsSpan(starts[band]..starts[band + 1]);

    private void ApplyReference(ReadOnlySpan<float> power, Span<float> mel, int frames)
    {
        for (int t = 0; t < frames; t++)
        {
            ReadOnlySpan<float> frame = power.Slice(t * Bins, Bins);
            for (int band = 0; band < Bands; band++)
            {
                ReadOnlySpan<float> triangle = Triangle(band);
                float sum = 0;
                for (int i = 0; i < triangle.Length; i++)
                {
                    sum += triangle[i] * frame[firsts[band] + i];
                }

                mel[t * Bands + band] = sum;
            }
        }
    }
}
