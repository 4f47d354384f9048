using Pipeline.Dsp;
using Xunit;

namespace Pipeline.Tests.Dsp;

public sealed class InverseStftTests
{
    public static TheoryData<StftSettings, int> Cases => new()
    {
        { new StftSettings(), 20_000 },
        { new StftSettings(), 100 },
        { new StftSettings { FftSize = 512, Hop = 100, Window = WindowShape.Hamming }, 5001 },
        { new StftSettings { FftSize = 512, Hop = 384, Padding = FramePadding.Reflect }, 4000 },
        { new StftSettings { FftSize = 600, Hop = 77, WindowLength = 401, Window = WindowShape.Blackman }, 3000 },
        { new StftSettings { FftSize = 64, Hop = 64, Window = WindowShape.Rectangular, Padding = FramePadding.Edge }, 990 },
    };

    [Theory, MemberData(nameof(Cases))]
    public void It_gives_the_signal_back(StftSettings settings, int samples)
    {
        float[] signal = Noise(samples);
        (FrameMatrix re, FrameMatrix im) = Spectra(signal, settings);
        Within.Tolerance(signal, new InverseStft(settings).Signal(re, im, samples), 2e-6);
    }

    [Theory, MemberData(nameof(Cases))]
    public void It_is_librosas_formula_for_any_spectra(StftSettings settings, int samples)
    {
        foreach (bool isCentred in (bool[])[true, false])
        {
            StftSettings asked = settings with { IsCentred = isCentred };
            (FrameMatrix re, FrameMatrix im) = Spectra(Noise(samples + asked.FftSize), asked);
            Array.Reverse(re.Values); // now the spectra of no signal
            var inverse = new InverseStft(asked);
            foreach (int? length in (int?[])[null, samples / 2, samples, samples + 3000])
            {
                (double[] expected, double[] windows) = Formula(re, im, asked, length);
                float[] signal = inverse.Signal(re, im, length);
                Assert.Equal(expected.Length, signal.Length);

                // Where hardly a window lies over a sample, rounding is divided by next to nothing.
                Assert.All(Enumerable.Range(0, signal.Length), i => Assert.InRange((expected[i] - signal[i]) * Math.Min(1, windows[i]), -1e-5, 1e-5));
            }
        }
    }

    [Fact]
    public void Without_a_length_the_last_hop_is_missing()
    {
        float[] signal = Noise(5000);
        (FrameMatrix re, FrameMatrix im) = Spectra(signal, new StftSettings());
        float[] back = new InverseStft(new StftSettings()).Signal(re, im);
        Assert.Equal(4608, back.Length); // 9 whole hops, as librosa
        Within.Tolerance(signal[..4608], back, 2e-6);
    }

    [Fact]
    public void No_frames_are_no_signal()
    {
        var inverse = new InverseStft(new StftSettings());
        Assert.Empty(inverse.Signal(new FrameMatrix(0, 1025), new FrameMatrix(0, 1025)));
        Assert.Equal(new float[10], inverse.Signal(new FrameMatrix(0, 1025), new FrameMatrix(0, 1025), 10));
    }

    [Fact]
    public void Products_are_added_with_vectors_as_without()
    {
        float[] a = Noise(77), b = Noise(78)[1..], sums = Noise(79)[2..], plain = [.. sums];
        InverseStft.AddProductsReference(a, b, plain, 0);
        InverseStft.AddProductsReference(a, b, sums, InverseStft.AddProductsVector(a, b, sums));
        Within.Tolerance(plain, sums, 1e-6);
    }

    // librosa.istft step by step, in double precision.
    private static (double[] Signal, double[] Windows) Formula(FrameMatrix re, FrameMatrix im, StftSettings settings, int? length)
    {
        int lead = settings.IsCentred ? settings.FftSize / 2 : 0;
        int frames = length is { } wanted ? (int)Math.Min(re.Frames, Math.Ceiling((wanted + 2.0 * lead) / settings.Hop)) : re.Frames;
        int windowLength = settings.WindowLength == 0 ? settings.FftSize : settings.WindowLength;
        float[] window = new float[settings.FftSize];
        WindowFunction.Periodic(settings.Window, windowLength).CopyTo(window, (settings.FftSize - windowLength) / 2);
        double[] sum = new double[(re.Frames + 1) * settings.Hop + settings.FftSize + (length ?? 0) + lead], windows = new double[sum.Length];
        var fft = RealFft.Reference(settings.FftSize);
        float[] frame = new float[settings.FftSize];
        for (int t = 0; t < frames; t++)
        {
            fft.Inverse(re[t], im[t], frame);
            for (int i = 0; i < frame.Length; i++)
            {
                sum[t * settings.Hop + i] += frame[i] * (double)window[i];
                windows[t * settings.Hop + i] += (double)window[i] * window[i];
            }
        }

        int samples = length ?? settings.FftSize + settings.Hop * (frames - 1) - 2 * lead;
        return ([.. Enumerable.Range(lead, samples).Select(i => windows[i] > 1.17549435e-38 ? sum[i] / windows[i] : sum[i])], windows[lead..]);
    }

    private static (FrameMatrix Re, FrameMatrix Im) Spectra(float[] signal, StftSettings settings)
    {
        var stft = new Stft(settings);
        int frames = stft.FrameCount(signal.Length);
        (FrameMatrix re, FrameMatrix im) = (new FrameMatrix(frames, stft.Bins), new FrameMatrix(frames, stft.Bins));
        stft.Transform(signal, 0, re.Values, im.Values);
        return (re, im);
    }

    private static float[] Noise(int samples)
    {
        var random = new Random(samples);
        return [.. Enumerable.Range(0, samples).Select(_ => random.NextSingle() * 2 - 1)];
    }
}
