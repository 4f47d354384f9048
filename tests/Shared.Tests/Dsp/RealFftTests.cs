using Pipeline.Dsp;
using Xunit;

namespace Pipeline.Tests.Dsp;

public sealed class RealFftTests
{
    /// <summary>With the widest vectors that there are, with narrow ones, and without.</summary>
    public enum Path
    {
        Widest,
        Narrow,
        Reference,
    }

    // Every radix in every place, multiples of 64 and 128 and others.
    private static readonly int[] All =
    [
        4, 6, 8, 10, 12, 16, 18, 20, 30, 32, 50, 64, 90, 100, 128, 192, 256, 320, 384, 400, 500, 512, 576, 600, 640, 720, 960, 1000,
        1024, 1152, 1200, 1280, 1536, 1600, 1920, 2048, 2880, 3200, 3456, 4096,
    ];

    public static TheoryData<int, Path> Sizes => [.. from size in All.Distinct() from path in Enum.GetValues<Path>() select (size, path)];

    [Theory, MemberData(nameof(Sizes))]
    public void It_is_the_sum_of_the_definition(int size, Path path)
    {
        RealFft fft = Create(size, path);
        float[] signal = Noise(size);
        float[] real = new float[fft.Bins], imaginary = new float[fft.Bins], power = new float[fft.Bins];
        double[] precise = [.. signal];
        int step = Math.Max(1, fft.Bins / 150); // of long ones some bins, or the definition would take too long
        for (int run = 0; run < 2; run++) // the second with the buffers of the first
        {
            fft.Transform(signal, real, imaginary);
            fft.Power(signal, power);
            for (int k = 0; k < fft.Bins; k = k + step < fft.Bins || k == fft.Bins - 1 ? k + step : fft.Bins - 1)
            {
                (double re, double im) = Definition.Bin(precise, k);
                Assert.Equal(re, real[k], 1e-6 * Math.Sqrt(size));
                Assert.Equal(im, imaginary[k], 1e-6 * Math.Sqrt(size));
                Assert.Equal(re * re + im * im, power[k], 2e-6 * size);
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void The_inverse_undoes_it(int size, Path path)
    {
        RealFft fft = Create(size, path);
        float[] signal = Noise(size);
        float[] real = new float[fft.Bins], imaginary = new float[fft.Bins], back = new float[size];
        fft.Transform(signal, real, imaginary);
        fft.Inverse(real, imaginary, back);
        for (int i = 0; i < size; i++)
        {
            Assert.Equal(signal[i], back[i], 2e-6);
        }
    }

    [Theory, InlineData(12), InlineData(128), InlineData(192), InlineData(2048)]
    public void The_inverse_of_one_frequency_is_a_wave(int size)
    {
        var fft = new RealFft(size);
        float[] real = new float[fft.Bins], imaginary = new float[fft.Bins], signal = new float[size];
        (real[0], imaginary[0]) = (size, 1000); // whose imaginary part does not count
        (real[3], imaginary[3]) = (size, -size);
        imaginary[^1] = 1000;
        fft.Inverse(real, imaginary, signal);
        for (int i = 0; i < size; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * 3 * i / size);
            Assert.Equal(1 + 2 * cos + 2 * sin, signal[i], 1e-5);
        }
    }

    [Theory, InlineData(8192), InlineData(15360), InlineData(16384)]
    public void Long_ones_are_the_same_with_vectors_and_without(int size)
    {
        float[] signal = Noise(size);
        double[] precise = [.. signal];
        var fft = new RealFft(size);
        float[][] results = [.. Enumerable.Range(0, 4).Select(_ => new float[fft.Bins])];
        fft.Transform(signal, results[0], results[1]);
        RealFft.Reference(size).Transform(signal, results[2], results[3]);
        for (int k = 0; k < fft.Bins; k++)
        {
            Assert.Equal(results[2][k], results[0][k], 2e-6 * Math.Sqrt(size));
            Assert.Equal(results[3][k], results[1][k], 2e-6 * Math.Sqrt(size));
        }

        for (int k = 0; k < fft.Bins; k += 997)
        {
            (double re, double im) = Definition.Bin(precise, k);
            Assert.Equal(re, results[0][k], 1e-6 * Math.Sqrt(size));
            Assert.Equal(im, results[1][k], 1e-6 * Math.Sqrt(size));
        }
    }

    [Fact]
    public void The_power_is_the_squared_magnitude()
    {
        var fft = new RealFft(1024);
        float[] power = new float[fft.Bins];
        fft.Power([.. Enumerable.Range(0, 1024).Select(n => (float)Math.Cos(2 * Math.PI * 100 * n / 1024))], power);
        Assert.Equal(512.0 * 512, power[100], 1e-6 * 512 * 512);
        Assert.All(Enumerable.Range(0, fft.Bins).Where(k => k != 100), k => Assert.InRange(power[k], 0, 1e-4));
    }

    [Theory, InlineData(-64), InlineData(0), InlineData(2), InlineData(14), InlineData(25), InlineData(1001), InlineData(128 * 7)]
    public void Other_sizes_are_refused(int size) => Assert.Throws<ArgumentOutOfRangeException>(() => new RealFft(size));

    [Fact]
    public void Signals_and_spectra_of_another_length_are_refused()
    {
        var fft = new RealFft(64);
        Assert.Throws<ArgumentOutOfRangeException>(() => fft.Transform(new float[65], new float[33], new float[33]));
        Assert.Throws<ArgumentOutOfRangeException>(() => fft.Transform(new float[64], new float[32], new float[33]));
        Assert.Throws<ArgumentOutOfRangeException>(() => fft.Power(new float[64], new float[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => fft.Inverse(new float[33], new float[32], new float[64]));
        Assert.Throws<ArgumentOutOfRangeException>(() => fft.Inverse(new float[33], new float[33], new float[63]));
    }

    private static RealFft Create(int size, Path path) => path switch
    {
        Path.Widest => new RealFft(size),
        Path.Narrow => RealFft.Narrow(size),
        _ => RealFft.Reference(size),
    };

    private static float[] Noise(int size)
    {
        var random = new Random(size);
        return [.. Enumerable.Range(0, size).Select(_ => random.NextSingle() * 2 - 1)];
    }
}
