namespace Pipeline.Tests.Dsp;

/// <summary>The discrete Fourier transform as the sum that defines it, in double precision.</summary>
internal static class Definition
{
    public static (double Real, double Imaginary) Bin(IReadOnlyList<double> signal, int k)
    {
        double re = 0, im = 0;
        for (int n = 0; n < signal.Count; n++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * ((long)k * n % signal.Count) / signal.Count);
            re += signal[n] * cos;
            im -= signal[n] * sin;
        }

        return (re, im);
    }
}
