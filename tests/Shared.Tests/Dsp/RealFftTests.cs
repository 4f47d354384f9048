using Pipeline.Dsp;
using Xunit;

namespace Pipeline.Tests.Dsp;

public sealed class RealFftTests
{
    [Theory, InlineData(4), InlineData(8), InlineData(16), InlineData(64), InlineData(256), InlineData(2048)]
    public void It_is_the_sum_of_the_definition(int size)
    {
        var random = new Random(size);
        float[] signal = [.. Enumerable.Range(0, size).Select(_ => random.NextSingle() * 2 - 1)];
        var fft = new RealFft(size);
        float[] real = new float[fft.Bins];
        float[] imaginary = new float[fft.Bins];
        for (int run = 0; run < 2; run++) // the second with the buffers of the first
        {
            fft.Transform(signal, real, imaginary);
            for (int k = 0; k < fft.Bins; k++)
            {
                (double re, double im) = Definition(signal, k);
                Assert.Equal(re, real[k], 1e-6 * size);
                Assert.Equal(im, imaginary[k], 1e-6 * size);
            }
        }
    }

    [Fact]
    public void The_power_is_the_squared_magnitude()
    {
        var fft = new RealFft(1024);
        float[] power = new float[fft.Bins];
        fft.Power([.. Enumerable.Range(0, 1024).Select(n => (float)Math.Cos(2 * Math.PI * 100 * n / 1024))], power, new float[fft.Bins]);
        Assert.Equal(512.0 * 512, power[100], 1);
        Assert.All(Enumerable.Range(0, fft.Bins).Where(k => k != 100), k => Assert.InRange(power[k], 0, 1e-4));
    }

    [Theory, InlineData(0), InlineData(2), InlineData(1000)]
    public void Other_sizes_are_refused(int size) => Assert.Throws<ArgumentOutOfRangeException>(() => new RealFft(size));

    private static (double Real, double Imaginary) Definition(float[] signal, int k)
    {
        double re = 0;
        double im = 0;
        for (int n = 0; n < signal.Length; n++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * ((long)k * n % signal.Length) / signal.Length);
            re += signal[n] * cos;
            im -= signal[n] * sin;
        }

        return (re, im);
    }
}
