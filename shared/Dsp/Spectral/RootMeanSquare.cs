namespace Pipeline.Dsp.Spectral;

/// <summary>The strength of frames: librosa's <c>rms</c>. It keeps a buffer and is for one thread at a time.</summary>
public sealed partial class RootMeanSquare
{
    private readonly SignalFrames frames;

    /// <summary>Plans it.</summary>
    public RootMeanSquare(FrameSettings settings) => frames = new SignalFrames(settings);

    /// <summary>Frames x 1.</summary>
    public FrameMatrix Compute(ReadOnlySpan<float> signal)
    {
        var result = new FrameMatrix(frames.Count(signal.Length), 1);
        for (int t = 0; t < result.Frames; t++)
        {
            ReadOnlySpan<float> frame = frames.Read(signal, t);
            result.Values[t] = (float)Math.Sqrt(SumOfSquares(frame, IsVectorSupported) / frame.Length);
        }

        return result;
    }

    /// <summary>The strength of the signal that a spectrum belongs to, as far as the window lets it through (Parseval's theorem).</summary>
    /// <param name="power">FftSize / 2 + 1 powers.</param>
    public static double OfSpectrum(ReadOnlySpan<float> power)
    {
        double size = 2.0 * (power.Length - 1);
        double sum = Sum(power, IsVectorSupported) - 0.5 * power[0] - 0.5 * power[^1]; // 0 Hz and the highest are there once only
        return Math.Sqrt(2 * sum) / size;
    }

    /// <summary>The strength of the spectrum's own values: librosa's <c>rmse(S=...)</c> up to version 0.6.</summary>
    /// <param name="power">FftSize / 2 + 1 powers.</param>
    public static double OfBins(ReadOnlySpan<float> power) => Math.Sqrt(Sum(power, IsVectorSupported) / power.Length);

    internal static double SumOfSquares(ReadOnlySpan<float> values, bool isVector)
    {
        double sum = 0;
        for (int i = isVector ? SumOfSquaresVector(values, ref sum) : 0; i < values.Length; i++)
        {
            sum += (double)values[i] * values[i];
        }

        return sum;
    }

    internal static double Sum(ReadOnlySpan<float> values, bool isVector)
    {
        double sum = 0;
        for (int i = isVector ? SumVector(values, ref sum) : 0; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }
}
