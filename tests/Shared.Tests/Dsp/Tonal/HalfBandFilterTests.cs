using Pipeline.Dsp.Tonal;
using Xunit;

namespace Pipeline.Tests.Dsp.Tonal;

public sealed class HalfBandFilterTests
{
    [Theory, InlineData(0.19), InlineData(0.22)]
    public void What_is_below_the_pass_band_stays_and_its_mirror_image_goes(double passBand)
    {
        var filter = new HalfBandFilter(passBand);
        foreach (double frequency in (double[])[0, 0.05, 0.15, passBand])
        {
            float[] kept = Halve(filter, frequency, 4001);
            float[] removed = Halve(filter, 0.5 - frequency, 4001);
            for (int m = 400; m < 1600; m++)
            {
                Assert.Equal(Math.Cos(2 * Math.PI * frequency * 2 * m), kept[m], 2e-5);
                Assert.Equal(0, removed[m], 2e-5);
            }
        }
    }

    private static float[] Halve(HalfBandFilter filter, double frequency, int samples)
    {
        float[] output = new float[HalfBandFilter.OutputLength(samples)];
        filter.Halve([.. Enumerable.Range(0, samples).Select(n => (float)Math.Cos(2 * Math.PI * frequency * n))], output);
        return output;
    }

    [Fact]
    public void It_is_the_same_without_vectors_for_any_length()
    {
        var random = new Random(1);
        var quick = new HalfBandFilter(0.2);
        var plain = HalfBandFilter.Reference(0.2);
        foreach (int samples in (int[])[500, 0, 1, 2, 3, 63, 64, 65, 66, 127, 128, 499])
        {
            float[] signal = [.. Enumerable.Range(0, samples).Select(_ => random.NextSingle() - 0.5f)];
            float[][] outputs = [new float[(samples + 1) / 2], new float[(samples + 1) / 2]];
            plain.Halve(signal, outputs[0]);
            quick.Halve(signal, outputs[1]);
            Assert.All(outputs[0].Zip(outputs[1]), v => Assert.Equal(v.First, v.Second, 1e-6));
        }
    }
}
