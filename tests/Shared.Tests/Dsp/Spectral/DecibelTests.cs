using Pipeline.Dsp.Spectral;
using Xunit;

namespace Pipeline.Tests.Dsp.Spectral;

public sealed class DecibelTests
{
    [Fact]
    public void Logarithms_are_right_to_a_few_ten_millionths()
    {
        var random = new Random(1);
        float[] values =
        [
            .. Enumerable.Range(0, 10_003).Select(_ => MathF.Pow(2, random.NextSingle() * 250 - 125)),
            .. Enumerable.Range(-2000, 4000).Select(i => 1 + i * 1e-5f),
        ];
        foreach (bool isReference in (bool[])[false, true])
        {
            float[] logarithms = new float[values.Length];
            if (isReference)
            {
                Logarithm.Log2Reference(values, logarithms);
            }
            else
            {
                Logarithm.Log2(values, logarithms);
            }

            for (int i = 0; i < values.Length; i++)
            {
                double expected = Math.Log2(values[i]);
                Assert.True(Math.Abs(logarithms[i] - expected) <= 4e-7 * Math.Abs(expected), $"log2({values[i]:r}) is {logarithms[i]:r}, not {expected:r}");
            }
        }
    }

    // 19 values, so that vectors and what is left over are both there; 10 log10 by hand.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Powers_of_ten_are_ten_decibels_apart(bool isVector)
    {
        float[] powers = [.. Enumerable.Range(-14, 19).Select(i => (float)Math.Pow(10, i))]; // 1e-14 to 1e4
        double[] plain = [.. Enumerable.Range(-14, 19).Select(i => 10.0 * Math.Max(i, -10))];
        Check(new DecibelSettings { Range = null }, db => db);
        Check(new DecibelSettings(), db => Math.Max(db, 40 - 80));
        Check(new DecibelSettings { Reference = null }, db => Math.Max(db - 40, -80));
        Check(new DecibelSettings { Reference = 1e3, Range = 60 }, db => Math.Max(db, -20) - 30);
        Check(new DecibelSettings { Reference = null, Range = null, LeastPower = 1e-5 }, db => Math.Max(db, -50) - 40);

        void Check(DecibelSettings settings, Func<double, double> expected)
        {
            float[] values = [.. powers];
            Decibels.FromPower(values, settings, isVector && Logarithm.IsVectorSupported);
            Assert.All(Enumerable.Range(0, values.Length), i => Assert.Equal(expected(plain[i]), values[i], 1e-4));
        }
    }

    [Fact]
    public void Nothing_gives_nothing() => Decibels.FromPower([], new DecibelSettings { Reference = null });
}
