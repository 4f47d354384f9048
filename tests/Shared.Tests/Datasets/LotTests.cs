using Pipeline.Datasets;
using Xunit;

namespace Pipeline.Tests.Datasets;

/// <summary>Numbers drawn by name: even, of no order, and the same for ever.</summary>
public sealed class LotTests
{
    // By the definition (FNV-1a between two finalizers of MurmurHash3), computed in another language.
    [Theory]
    [InlineData(0UL, "", 0x6393D51C06C618DCUL)]
    [InlineData(0UL, "gtzan/blues.00000", 0x0D391C9C262D9F3BUL)]
    [InlineData(1UL, "gtzan/blues.00000", 0x6F5F512ECDDF3C2FUL)]
    [InlineData(18446744073709551615UL, "msd/TRAXLZU12903D05F94#1/pitch", 0xC05FA729B1F2A1EFUL)]
    [InlineData(7UL, "Björk", 0x984988A39579B5FCUL)]
    public void The_numbers_are_the_same_for_ever(ulong seed, string name, ulong expected)
    {
        Assert.Equal(expected, Lot.Draw(seed, name));
        Assert.Equal((expected >> 11) / Math.Pow(2, 53), Lot.Share(seed, name));
    }

    [Fact]
    public void Shares_are_even_also_of_names_that_are_nearly_the_same()
    {
        foreach (Func<int, double> share in (Func<int, double>[])
            [i => Lot.Share(0, $"gtzan/blues.{i:00000}"), i => Lot.Share(5, $"{i}#1/pitch"), i => Lot.Share((ulong)i, "seed"), i => Lot.Share(1, new string('x', i % 1000) + i / 1000)])
        {
            int[] counts = new int[100];
            for (int i = 0; i < 100_000; i++)
            {
                double value = share(i);
                Assert.InRange(value, 0, 1 - double.Epsilon);
                counts[(int)(value * 100)]++;
            }

            // Chi-squared with 99 degrees of freedom is beyond these with a chance of one in a million.
            Assert.InRange(counts.Sum(c => (c - 1000.0) * (c - 1000) / 1000), 44, 178);
        }
    }

    [Fact]
    public void Names_and_seeds_that_are_near_have_nothing_in_common()
    {
        Related(i => (Lot.Draw(0, $"a{i}"), Lot.Draw(0, $"a{i + 1}")));
        Related(i => (Lot.Draw((ulong)i, "a"), Lot.Draw((ulong)i + 1, "a")));
        Related(i => (Lot.Draw(0, $"{i}/pitch"), Lot.Draw(0, $"{i}/gain")));
        Related(i => (Lot.Draw(1, $"x{i}"), Lot.Draw(0, $"y{i}")));

        // Each bit is the same as its counterpart half of the time, give or take five deviations.
        static void Related(Func<int, (ulong A, ulong B)> pair)
        {
            int[] same = new int[64];
            for (int i = 0; i < 10_000; i++)
            {
                (ulong a, ulong b) = pair(i);
                for (int bit = 0; bit < 64; bit++)
                {
                    same[bit] += (int)(~(a ^ b) >> bit & 1);
                }
            }

            Assert.All(same, s => Assert.InRange(s, 4750, 5250));
        }
    }

    [Fact]
    public void A_million_names_have_a_million_numbers()
    {
        var seen = new HashSet<ulong>(1_000_000);
        for (int i = 0; i < 1_000_000; i++)
        {
            Assert.True(seen.Add(Lot.Draw(3, $"msd/TR{i:X8}")));
        }
    }

    [Fact]
    public void No_name_is_refused() => Assert.Throws<ArgumentNullException>(() => Lot.Draw(0, null!));
}
