namespace Pipeline.Dsp.Tonal;

/// <summary>
/// The filters of an octave as spectra, of which only what matters is kept: windowed complex tones of a few hundred samples
/// have few frequencies. A filter's response is the sum of its weights times the spectrum of the frame around it.
/// </summary>
internal sealed class ConstantQKernel
{
    private ConstantQKernel(int fftSize, int[] first, int[] start, float[] real, float[] imaginary)
    {
        (FftSize, First, Start, Real, Imaginary) = (fftSize, first, start, real, imaginary);
        LowestBin = First.Min();
        HighestBin = Enumerable.Range(0, Filters).Max(f => First[f] + Start[f + 1] - Start[f]) - 1;
    }

    /// <summary>Filters, from the lowest frequency to the highest.</summary>
    public int Filters => First.Length;

    /// <summary>Samples of the frames, a power of two.</summary>
    public int FftSize { get; }

    /// <summary>The spectrum's bin that the first weight of each filter belongs to; the others follow.</summary>
    public int[] First { get; }

    /// <summary>Where the weights of each filter begin, and behind the last of them their number.</summary>
    public int[] Start { get; }

    /// <summary>Real parts of all filters' weights.</summary>
    public float[] Real { get; }

    /// <summary>Imaginary parts of all filters' weights.</summary>
    public float[] Imaginary { get; }

    /// <summary>The first bin that any filter needs.</summary>
    public int LowestBin { get; }

    /// <summary>The last bin that any filter needs.</summary>
    public int HighestBin { get; }

    /// <summary>Designs filters for some frequencies.</summary>
    /// <param name="frequencies">In cycles per sample, ascending.</param>
    /// <param name="quality">Ratio of frequency to bandwidth; also the periods that a filter is long.</param>
    /// <param name="sparsity">Share of the sum of magnitudes that is left out.</param>
    public static ConstantQKernel Design(ReadOnlySpan<double> frequencies, double quality, double sparsity)
    {
        int size = SizeFor(quality / frequencies[0]);
        var fft = new RealFft(size);
        int[] first = new int[frequencies.Length];
        int[] start = new int[frequencies.Length + 1];
        var real = new List<float>();
        var imaginary = new List<float>();
        float[][] tone = [new float[size], new float[size]];
        float[][] spectra = [.. Enumerable.Range(0, 4).Select(_ => new float[fft.Bins])];
        for (int f = 0; f < frequencies.Length; f++)
        {
            double length = quality / frequencies[f];
            Tone(frequencies[f], length, Math.Sqrt(length) / size, tone[0], tone[1]);
            fft.Transform(tone[0], spectra[0], spectra[1]);
            fft.Transform(tone[1], spectra[2], spectra[3]);
            for (int k = 0; k < fft.Bins; k++)
            {
                (spectra[0][k], spectra[1][k]) = (spectra[0][k] - spectra[3][k], spectra[1][k] + spectra[2][k]);
            }

            first[f] = Keep(spectra[0], spectra[1], sparsity, real, imaginary);
            start[f + 1] = real.Count;
        }

        return new ConstantQKernel(size, first, start, [.. real], [.. imaginary]);
    }

    /// <summary>
    /// The same filters for a signal of half the sample rate, which must have all that they let through: the spectrum of a
    /// frame of the same duration has the same bins, at half the height.
    /// </summary>
    public ConstantQKernel AtHalfRate() => new(FftSize / 2, First, Start, [.. Real.Select(w => 2 * w)], [.. Imaginary.Select(w => 2 * w)]);

    // The smallest that RealFft transforms is 4.
    private static int SizeFor(double length) => Math.Max(4, (int)Math.Pow(2, Math.Ceiling(Math.Log2(length))));

    // A complex tone in the middle of the frame, under a Hann window whose values have the sum given.
    private static void Tone(double frequency, double length, double sum, float[] real, float[] imaginary)
    {
        real.AsSpan().Clear();
        imaginary.AsSpan().Clear();
        int from = (int)Math.Floor(-length / 2);
        int count = (int)Math.Floor(length / 2) - from;
        double[] window = [.. Enumerable.Range(0, count).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / count))];
        double height = sum / window.Sum();
        int place = (real.Length - count) / 2;
        for (int i = 0; i < count; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * frequency * (from + i));
            (real[place + i], imaginary[place + i]) = ((float)(height * window[i] * cos), (float)(height * window[i] * sin));
        }
    }

    // Takes over from the first bin that is kept to the last one; returns the first.
    private static int Keep(float[] re, float[] im, double sparsity, List<float> real, List<float> imaginary)
    {
        double[] magnitudes = [.. re.Zip(im, (a, b) => Math.Sqrt((double)a * a + (double)b * b))];
        double[] sorted = [.. magnitudes.Order()];
        double allowed = sparsity * sorted.Sum();
        double leftOut = 0;
        int least = 0;
        for (; least < sorted.Length - 1; least++)
        {
            leftOut += sorted[least];
            if (leftOut >= allowed)
            {
                break;
            }
        }

        int first = Array.FindIndex(magnitudes, m => m >= sorted[least]);
        int last = Array.FindLastIndex(magnitudes, m => m >= sorted[least]);
        for (int k = first; k <= last; k++)
        {
            bool isKept = magnitudes[k] >= sorted[least];
            real.Add(isKept ? re[k] : 0);
            imaginary.Add(isKept ? im[k] : 0);
        }

        return first;
    }
}
