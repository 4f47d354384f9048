using Pipeline.Dsp;
using Xunit;

namespace Pipeline.Tests.Dsp;

public sealed class PitchShiftTests
{
    private const int SampleRate = 22_050;

    [Theory, InlineData(-12.0), InlineData(-5.0), InlineData(-1.0), InlineData(0.5), InlineData(1.0), InlineData(2.0), InlineData(7.0), InlineData(12.0)]
    public void A_tone_is_shifted_by_so_many_semitones(double semitones)
    {
        const int size = 16_384;
        float[] tone = [.. Enumerable.Range(0, 2 * SampleRate).Select(i => 0.5f * (float)Math.Sin(2 * Math.PI * 440 * i / SampleRate))];
        float[] shifted = new PitchShift(new StftSettings()).Shift(tone, semitones);
        Assert.Equal(tone.Length, shifted.Length);

        // The middle of the sound under a window whose side lobes are below all that is looked for.
        float[] middle = [.. shifted.Skip(14_000).Take(size).Zip(WindowFunction.Periodic(WindowShape.Blackman, size), (a, b) => a * b)];
        var fft = new RealFft(size);
        float[] power = new float[fft.Bins];
        fft.Power(middle, power);
        int peak = Array.IndexOf(power, power.Max());
        (double below, double at, double above) = (Math.Log(power[peak - 1]), Math.Log(power[peak]), Math.Log(power[peak + 1]));
        double bin = peak + 0.5 * (below - above) / (below - 2 * at + above); // the top of a parabola
        double expected = 440 * Math.Pow(2, semitones / 12) * size / SampleRate;
        Assert.InRange(1200 * Math.Log2(bin / expected), -1, 1);
        double rms = Math.Sqrt(shifted[14_000..30_000].Average(v => (double)v * v));
        Assert.InRange(rms, 0.28, 0.36); // 0.35 before; bins whose phases drift apart take away from it
        double rest = power.Where((_, k) => Math.Abs(k - peak) > 12).Max();
        Assert.True(10 * Math.Log10(rest / power[peak]) < -40, $"{10 * Math.Log10(rest / power[peak]):f1} dB beside the peak");
    }

    [Fact]
    public void What_would_pass_the_highest_frequency_is_gone()
    {
        float[] tone = [.. Enumerable.Range(0, SampleRate).Select(i => 0.5f * (float)Math.Sin(2 * Math.PI * 9000 * i / SampleRate))];
        float[] shifted = new PitchShift(new StftSettings()).Shift(tone, 7);
        Assert.InRange(shifted[4000..^4000].Max(Math.Abs), 0, 1e-3);
    }

    [Fact]
    public void Without_a_shift_nothing_changes()
    {
        var random = new Random(1);
        float[] signal = [.. Enumerable.Range(0, 10_000).Select(_ => random.NextSingle() * 2 - 1)];
        Within.Tolerance(signal, new PitchShift(new StftSettings()).Shift(signal, 0), 2e-5);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(100), InlineData(3001)]
    public void Short_and_silent_sounds_keep_their_length(int samples)
    {
        var shift = new PitchShift(new StftSettings());
        Assert.Equal(new float[samples], shift.Shift(new float[samples], 3));
        Assert.Equal(new float[samples], shift.Shift(new float[samples], -3.3));
    }

    [Fact]
    public void Ratios_are_within_a_tenth_of_a_cent()
    {
        for (double semitones = -96; semitones <= 96; semitones += 0.37)
        {
            (int numerator, int denominator) = PitchShift.Ratio(semitones);
            Assert.InRange(1200 * Math.Log2((double)numerator / denominator) - 100 * semitones, -0.1001, 0.1001);
        }
    }

    [Theory, InlineData(97.0), InlineData(-97.0), InlineData(double.NaN)]
    public void Impossible_shifts_are_refused(double semitones) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PitchShift(new StftSettings()).Shift(new float[10], semitones));
}
