using Pipeline.Dsp;
using Xunit;

namespace Pipeline.Tests.Dsp;

public sealed class RealFftTests
{
    public static TheoryData<int> Sizes => [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096];

    [Theory, MemberData(nameof(Sizes))]
    public void It_is_the_sum_of_the_definition(int size) => CompareWithTheDefinition(new RealFft(size));

    [Theory, MemberData(nameof(Sizes))]
    public void So_it_is_without_vectors(int size) => CompareWithTheDefinition(RealFft.Reference(size));

    [Theory, InlineData(8192), InlineData(16384)]
    public void Long_ones_are_the_same_with_vectors_and_without(int size)
    {
        var random = new Random(size);
        float[] signal = [.. Enumerable.Range(0, size).Select(_ => random.NextSingle() * 2 - 1)];
        var fft = new RealFft(size);
        float[][] results = [.. Enumerable.Range(0, 4).Select(_ => new float[fft.Bins])];
        fft.Transform(signal, results[0], results[1]);
        RealFft.Reference(size).Transform(signal, results[2], results[3]);
        for (int k = 0; k < fft.Bins; k++)
        {
            Assert.Equal(results[2][k], results[0][k], 1e-6 * size);
            Assert.Equal(results[3][k], results[1][k], 1e-6 * size);
        }

        for (int k = 0; k < fft.Bins; k += 997)
        {
            (double re, double im) = Definition(signal, k);
            Assert.Equal(re, results[0][k], 1e-6 * size);
            Assert.Equal(im, results[1][k], 1e-6 * size);
        }
    }

    private static void CompareWithTheDefinition(RealFft fft)
    {
        int size = fft.Size;
        var random = new Random(size);
        float[] signal = [.. Enumerable.Range(0, size).Select(_ => random.NextSingle() * 2 - 1)];
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
        Assert.Equal(512.0 * 512, power[100], 1e-6 * 512 * 512);
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
