namespace Pipeline.Dsp.Spectral;

/// <summary>How much each frequency of a spectrum counts for each pitch class: librosa's <c>filters.chroma</c>.</summary>
public sealed partial class ChromaFilterBank
{
    private const double LowestA = 27.5;

    private readonly bool isVector;
    private readonly int stride; // from one class's weights to the next
    private readonly float[] weights; // class after class, those of missing classes zero

    /// <summary>Plans the classes.</summary>
    /// <param name="settings">Classes, sample rate and transform; its tuning and norm are not looked at.</param>
    /// <param name="tuning">How far the music is from A = 440 Hz, in classes.</param>
    public ChromaFilterBank(ChromaSettings settings, double tuning)
        : this(settings, tuning, IsVectorSupported)
    {
    }

    private ChromaFilterBank(ChromaSettings settings, double tuning, bool isVector)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Classes, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.SampleRate);
        this.isVector = isVector;
        (Classes, Bins) = (settings.Classes, settings.Stft.FftSize / 2 + 1);
        stride = (Bins + 15) / 16 * 16;
        weights = GC.AllocateArray<float>((Classes + Tile - 1) / Tile * Tile * stride, pinned: true);
        double[] places = Places(settings, tuning);
        double[] bumps = new double[Classes];
        for (int bin = 0; bin < Bins; bin++)
        {
            double width = Math.Max(1, places[bin + 1] - places[bin]);
            double half = Math.Round(Classes / 2.0);
            double squares = 0;
            for (int c = 0; c < Classes; c++)
            {
                double distance = Remainder(places[bin] - c + half, Classes) - half;
                bumps[c] = Math.Exp(-2 * distance * distance / (width * width));
                squares += bumps[c] * bumps[c];
            }

            double octaves = settings.OctaveWidth is double octaveWidth ? (places[bin] / Classes - settings.CentreOctave) / octaveWidth : 0;
            double scale = Math.Exp(-0.5 * octaves * octaves) / Math.Sqrt(squares);
            int shift = settings.BeginsWithC ? 3 * (Classes / 12) : 0; // the filters begin with A
            for (int c = 0; c < Classes; c++)
            {
                weights[(c - shift + Classes) % Classes * stride + bin] = (float)(bumps[c] * scale);
            }
        }
    }

    /// <summary>Without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static ChromaFilterBank Reference(ChromaSettings settings, double tuning) => new(settings, tuning, false);

    /// <summary>Values of a frame that comes out.</summary>
    public int Classes { get; }

    /// <summary>Values of a frame that goes in: FftSize / 2 + 1.</summary>
    public int Bins { get; }

    /// <summary>The pitch classes of some frames, not scaled.</summary>
    /// <param name="power">Frames of <see cref="Bins"/> values, mostly powers.</param>
    /// <param name="chroma">Takes as many frames of <see cref="Classes"/> values.</param>
    public void Apply(ReadOnlySpan<float> power, Span<float> chroma)
    {
        int frames = power.Length / Bins;
        ArgumentOutOfRangeException.ThrowIfNotEqual(power.Length, frames * Bins);
        ArgumentOutOfRangeException.ThrowIfNotEqual(chroma.Length, frames * Classes);
        if (isVector)
        {
            ApplyVector(power, chroma, frames);
        }
        else
        {
            ApplyReference(power, chroma);
        }
    }

    /// <summary>Classes x Bins weights, class after class.</summary>
    public float[] ToMatrix()
    {
        float[] matrix = new float[Classes * Bins];
        for (int c = 0; c < Classes; c++)
        {
            weights.AsSpan(c * stride, Bins).CopyTo(matrix.AsSpan(c * Bins));
        }

        return matrix;
    }

    private void ApplyReference(ReadOnlySpan<float> power, Span<float> chroma)
    {
        for (int i = 0; i < chroma.Length; i++)
        {
            ReadOnlySpan<float> frame = power.Slice(i / Classes * Bins, Bins);
            float sum = 0;
            for (int bin = 0; bin < Bins; bin++)
            {
                sum += frame[bin] * weights[i % Classes * stride + bin];
            }

            chroma[i] = sum;
        }
    }

    // Where each frequency lies, in classes above the lowest A; one more than there are bins. 0 Hz lies nowhere and is put one
    // and a half octaves below the first.
    private static double[] Places(ChromaSettings settings, double tuning)
    {
        double a = LowestA * Math.Pow(2, tuning / settings.Classes);
        double[] places = new double[settings.Stft.FftSize / 2 + 2];
        for (int bin = 1; bin < places.Length; bin++)
        {
            places[bin] = settings.Classes * Math.Log2(bin * settings.SampleRate / settings.Stft.FftSize / a);
        }

        places[0] = places[1] - 1.5 * settings.Classes;
        return places;
    }

    private static double Remainder(double value, double divisor) => value - Math.Floor(value / divisor) * divisor;
}
