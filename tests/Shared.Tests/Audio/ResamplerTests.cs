using System.Runtime.CompilerServices;
using Pipeline.Audio;
using Xunit;

namespace Pipeline.Tests.Audio;

public sealed class ResamplerTests
{
    // The ends of a tone are clicks, which the filter spreads over some 200 samples of the lower rate.
    private static double Edge(int from, int to) => 0.02 + 200.0 / Math.Min(from, to);

    public static TheoryData<int, int> Rates => new()
    {
        { 44100, 22050 }, { 48000, 22050 }, { 22050, 44100 }, { 32000, 22050 }, { 8000, 22050 }, { 11025, 22050 }, { 96000, 22050 },
        { 22050, 16000 }, { 44100, 8000 }, { 192000, 8000 }, { 44100, 22051 }, { 12345, 54321 }, { 44100, 1000 }, { 44100, 16000 }, { 22050, 11025 }, { 16000, 48000 },
    };

    [Theory, MemberData(nameof(Rates))]
    public void A_tone_below_the_pass_bands_edge_stays_the_same_tone(int from, int to)
    {
        foreach (double share in (double[])[0.01, 0.1, 0.33, 0.5, 0.7, 0.85, 0.91])
        {
            double frequency = share * Math.Min(from, to) / 2;
            float[] output = Resampler.Resample(Tone(frequency, from, Seconds(from, to)), from, to);
            float[] expected = Tone(frequency, to, Seconds(from, to));
            double error = Level(Middle(output, from, to).Zip(Middle(expected, from, to), (a, b) => (double)a - b));
            Assert.True(error < -110, $"{frequency:0} Hz differs by {error:0.0} dB");
        }
    }

    [Theory, MemberData(nameof(Rates))]
    public void A_sweep_through_the_stop_band_is_120_dB_down(int from, int to)
    {
        if (to >= from)
        {
            return; // nothing lies above the output's Nyquist frequency
        }

        double worst = double.NegativeInfinity;
        for (double frequency = to / 2.0; frequency < from / 2.0; frequency += (from - to) / 2.0 / 97)
        {
            float[] output = Resampler.Resample(Tone(frequency, from, Seconds(from, to)), from, to);
            worst = Math.Max(worst, Level(Middle(output, from, to).Select(s => (double)s)));
        }

        Assert.True(worst <= -120, $"{worst:0.0} dB");
    }

    [Theory, InlineData(22050, 44100), InlineData(8000, 22050), InlineData(12345, 54321)]
    public void Going_up_leaves_no_mirror_image(int from, int to)
    {
        foreach (double share in (double[])[0.2, 0.5, 0.9])
        {
            double frequency = share * from / 2;
            float[] output = Resampler.Resample(Tone(frequency, from, Seconds(from, to)), from, to);
            double[] rest = [.. Middle(output, from, to).Zip(Middle(Tone(frequency, to, Seconds(from, to)), from, to), (a, b) => (double)a - b)];
            Assert.True(Level(rest) <= -110, $"{frequency:0} Hz leaves {Level(rest):0.0} dB");
        }
    }

    [Theory, MemberData(nameof(Rates))]
    public void Blocks_of_any_size_give_the_same_bits_as_the_whole(int from, int to)
    {
        float[] input = Noise(30_000);
        float[] whole = Resampler.Resample(input, from, to);
        var random = new Random(7);
        var resampler = new Resampler(from, to);
        for (int run = 0; run < 2; run++) // the second after Finish, as if new
        {
            float[] output = new float[whole.Length];
            int count = 0;
            for (int i = 0; i < input.Length;)
            {
                int length = Math.Min(input.Length - i, random.Next(run == 0 ? 20_000 : 300));
                count += resampler.Process(input.AsSpan(i, length), output.AsSpan(count));
                i += length;
            }

            count += resampler.Finish(output.AsSpan(count));
            Assert.Equal(whole.Length, count);
            Assert.Equal(whole, output);
        }
    }

    [Theory, MemberData(nameof(Rates))]
    public void A_block_gives_no_more_than_there_has_to_be_room_for(int from, int to)
    {
        float[] input = Noise(30_000);
        foreach (int length in (int[])[1, 16, 163, 16_384])
        {
            var resampler = new Resampler(from, to);
            for (int i = 0; i < input.Length; i += length)
            {
                ReadOnlySpan<float> block = input.AsSpan(i, Math.Min(length, input.Length - i));
                resampler.Process(block, new float[resampler.MostOutput(block.Length)]);
            }
        }
    }

    [Theory]
    [InlineData(0, 44100, 22050, 0)]
    [InlineData(1, 44100, 22050, 1)]
    [InlineData(661_794, 22050, 44100, 1_323_588)]
    [InlineData(1_440_000, 48000, 22050, 661_500)]
    [InlineData(100_001, 44100, 22050, 50_001)]
    public void The_length_is_rounded_up(int samples, int from, int to, int expected) =>
        Assert.Equal(expected, Resampler.Resample(new float[samples], from, to).Length);

    [Fact]
    public void A_constant_stays_the_constant_at_every_phase()
    {
        float[] input = new float[20_000];
        Array.Fill(input, 0.5f);
        Assert.All(Middle(Resampler.Resample(input, 48000, 22050), 48000, 22050), s => Assert.Equal(0.5f, s, 1e-6f));
    }

    [Fact]
    public void Filters_of_many_rates_are_not_all_kept()
    {
        WeakReference first = First();
        for (int rate = 2; rate < 100; rate++)
        {
            _ = ResamplingFilter.Between(rate, rate + 1);
        }

        GC.Collect();
        Assert.False(first.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference First() => new(ResamplingFilter.Between(1009, 1013));
    }

    [Fact]
    public void The_same_rate_changes_nothing()
    {
        float[] input = Noise(1000);
        Assert.Equal(input, Resampler.Resample(input, 22050, 22050));
    }

    [Fact]
    public void The_vectors_sum_what_the_plain_loop_sums()
    {
        float[] samples = Noise(400);
        float[] table = Noise(ResamplingKernel.BlockRows * 384);
        for (int length = ResamplingKernel.Lanes; length <= 384; length += ResamplingKernel.Lanes)
        {
            float[] expected = new float[ResamplingKernel.BlockRows];
            float[] found = new float[ResamplingKernel.BlockRows];
            ResamplingKernel.BlockReference(samples.AsSpan(3, length), table, expected);
            ResamplingKernel.Block(samples.AsSpan(3, length), table, found);
            Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-4f));
            Assert.Equal(
                ResamplingKernel.ProductReference(samples.AsSpan(5), table.AsSpan(0, length)), ResamplingKernel.Product(samples.AsSpan(5), table.AsSpan(0, length)), 1e-4f);
        }
    }

    private static float[] Tone(double frequency, int rate, double seconds) =>
        [.. Enumerable.Range(0, (int)(rate * seconds)).Select(i => (float)Math.Sin(2 * Math.PI * frequency * i / rate + 0.3))];

    private static float[] Noise(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
    }

    private static double Seconds(int from, int to) => 0.3 + 2 * Edge(from, to);

    private static IEnumerable<float> Middle(float[] samples, int from, int to)
    {
        int edge = (int)(Edge(from, to) * to);
        return samples.Skip(edge).SkipLast(edge);
    }

    /// <summary>Root mean square in decibels, 0 dB being a tone of full scale.</summary>
    private static double Level(IEnumerable<double> samples)
    {
        double[] all = [.. samples];
        return 10 * Math.Log10(2 * all.Sum(s => s * s) / all.Length + 1e-20);
    }
}
