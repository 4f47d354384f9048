using Pipeline.Dsp;
using Xunit;

namespace Pipeline.Tests.Dsp;

public sealed class StftTests
{
    // From numpy.pad(..., 4, mode).
    public static TheoryData<FramePadding, float[], float[]> Padded => new()
    {
        { FramePadding.Zero, [1, 2, 3], [0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0] },
        { FramePadding.Edge, [1, 2, 3], [1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3] },
        { FramePadding.Reflect, [1, 2, 3, 4, 5, 6], [5, 4, 3, 2, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2] },
        { FramePadding.Reflect, [1, 2, 3], [1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3] },
        { FramePadding.Reflect, [1, 2], [1, 2, 1, 2, 1, 2, 1, 2, 1, 2] },
        { FramePadding.Reflect, [1], [1, 1, 1, 1, 1, 1, 1, 1, 1] },
        { FramePadding.Reflect, [], [0, 0, 0, 0, 0, 0, 0, 0] },
    };

    [Theory, InlineData("song"), InlineData("chirp")]
    public void Magnitudes_are_those_of_librosa(string signal)
    {
        float[] expected = LibrosaGolden.Rows(signal, "stft_magnitude");
        FrameMatrix magnitude = new Stft(new StftSettings()).Magnitude(LibrosaGolden.Signal(signal));
        Assert.Equal(1025, magnitude.Width);
        Within.Tolerance(expected, magnitude.ToChannelMajor(), 1e-4 * expected.Max());
    }

    [Theory, MemberData(nameof(Padded))]
    public void Centred_frames_are_padded_as_numpy_pads(FramePadding padding, float[] signal, float[] padded)
    {
        var settings = new StftSettings { FftSize = 8, Hop = 1, Padding = padding };
        FrameMatrix power = new Stft(settings).Power(signal);
        Assert.Equal(signal.Length + 1, power.Frames);
        Within.Tolerance(new Stft(settings with { IsCentred = false }).Power(padded).Values, power.Values, 1e-5);
    }

    [Theory, InlineData(64, 0), InlineData(64, 50), InlineData(2048, 0), InlineData(2048, 1999), InlineData(1200, 400)]
    public void A_frame_is_the_definition_of_the_windowed_samples(int size, int windowLength)
    {
        var random = new Random(size);
        float[] signal = [.. Enumerable.Range(0, 3 * size).Select(_ => random.NextSingle() * 2 - 1)];
        var stft = new Stft(new StftSettings { FftSize = size, Hop = size / 4, WindowLength = windowLength });
        float[] re = new float[stft.Bins], im = new float[stft.Bins];
        stft.Transform(signal, 5, re, im);
        int length = windowLength == 0 ? size : windowLength;
        double[] windowed = new double[size];
        for (int i = 0; i < length; i++)
        {
            int place = i + (size - length) / 2;
            windowed[place] = (0.5 - 0.5 * Math.Cos(2 * Math.PI * i / length)) * signal[5 * (size / 4) - size / 2 + place];
        }

        for (int k = 0; k < stft.Bins; k += 3)
        {
            (double expectedRe, double expectedIm) = Definition.Bin(windowed, k);
            Assert.Equal(expectedRe, re[k], 1e-6 * size);
            Assert.Equal(expectedIm, im[k], 1e-6 * size);
        }
    }

    [Fact]
    public void Portions_of_frames_are_those_of_the_whole()
    {
        float[] signal = [.. Enumerable.Range(0, 5000).Select(i => (float)Math.Sin(i * i * 1e-3))];
        var stft = new Stft(new StftSettings { FftSize = 512, Hop = 100 });
        FrameMatrix whole = stft.Power(signal);
        Assert.Equal(51, whole.Frames);
        float[] portion = new float[7 * stft.Bins];
        stft.Power(signal, 44, portion);
        Assert.Equal(whole.Values[(44 * stft.Bins)..], portion);
    }

    [Fact]
    public void Magnitude_is_the_root_of_power()
    {
        float[] signal = [.. Enumerable.Range(0, 3000).Select(i => (float)Math.Sin(i * i * 1e-3))];
        var stft = new Stft(new StftSettings { FftSize = 512, Hop = 128 });
        Within.Tolerance([.. stft.Power(signal).Values.Select(MathF.Sqrt)], stft.Magnitude(signal).Values, 1e-5);
    }

    [Theory, InlineData(0, 1), InlineData(511, 1), InlineData(512, 2), InlineData(661_500, 1292)]
    public void Centred_frames_begin_at_every_hop(int samples, int frames) => Assert.Equal(frames, new Stft(new StftSettings()).FrameCount(samples));

    [Theory, InlineData(0, 0), InlineData(2047, 0), InlineData(2048, 1), InlineData(2560, 2)]
    public void Uncentred_frames_fit_whole(int samples, int frames) =>
        Assert.Equal(frames, new Stft(new StftSettings { IsCentred = false }).FrameCount(samples));

    [Fact]
    public void Nothing_and_silence_have_no_power()
    {
        var stft = new Stft(new StftSettings { Padding = FramePadding.Reflect });
        Assert.All(stft.Power([]).Values, v => Assert.Equal(0, v));
        Assert.All(stft.Power(new float[1000]).Values, v => Assert.Equal(0, v));
    }
}
