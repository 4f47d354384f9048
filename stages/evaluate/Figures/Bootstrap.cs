using System.Globalization;
using Pipeline.Datasets;

namespace Pipeline.Stages.Evaluating;

/// <summary>
/// How far the accuracy would have been another with other recordings: it is counted again for groups drawn with replacement from
/// those there are. Windows of a recording, and recordings of a group, resemble each other, so that they are drawn together.
/// </summary>
internal static class Bootstrap
{
    /// <summary>How often groups are drawn.</summary>
    public const int Draws = 2000;

    /// <summary>More groups than these are not drawn: their interval follows from their variance, from which that of 2,000 draws differs by chance alone.</summary>
    public const int MostGroups = 20_000;

    private const double NormalQuantile = 1.959963984540054; // 97.5 %

    /// <summary>The intervals of the accuracy of recordings and of windows, from the 2.5th to the 97.5th percentile; null for one group.</summary>
    /// <param name="groups">What each group holds.</param>
    /// <param name="seed">Seed of the lots.</param>
    /// <param name="cancel">Ends the work.</param>
    public static (Interval? Recordings, Interval? Windows) Of(GroupCounts[] groups, ulong seed, CancellationToken cancel)
    {
        if (groups.Length < 2)
        {
            return (null, null);
        }

        if (groups.Length > MostGroups)
        {
            return (OfMany(groups, g => (g.Recordings, g.RightRecordings)), OfMany(groups, g => (g.Windows, g.RightWindows)));
        }

        double[] recordings = new double[Draws], windows = new double[Draws];
        Parallel.For(0, Draws, new ParallelOptions { CancellationToken = cancel }, draw =>
        {
            // A lot for each place of each draw: which thread draws it makes no difference.
            ulong lot = Lot.Draw(seed, string.Create(CultureInfo.InvariantCulture, $"bootstrap/{draw}"));
            GroupCounts sum = default;
            for (int i = 0; i < groups.Length; i++)
            {
                int drawn = (int)Math.BigMul(Mixed(lot + (ulong)i * 0x9E3779B97F4A7C15UL), (ulong)groups.Length, out _);
                sum += groups[drawn];
            }

            recordings[draw] = (double)sum.RightRecordings / sum.Recordings;
            windows[draw] = (double)sum.RightWindows / sum.Windows;
        });
        return (Middle(recordings), Middle(windows));
    }

    // By the variance of a ratio, to first order (Cochran 1977, section 6.3).
    private static Interval OfMany(GroupCounts[] groups, Func<GroupCounts, (int All, int Right)> counts)
    {
        (double all, double right) = (groups.Sum(g => (double)counts(g).All), groups.Sum(g => (double)counts(g).Right));
        double squares = groups.Sum(g => Math.Pow(counts(g).Right - right / all * counts(g).All, 2));
        double off = NormalQuantile * Math.Sqrt(squares) / all;
        return new Interval(Math.Max(0, right / all - off), Math.Min(1, right / all + off));
    }

    private static Interval Middle(double[] values)
    {
        Array.Sort(values);
        return new Interval(Percentile(values, 0.025), Percentile(values, 0.975));
    }

    // Between the two values that it falls between, as numpy's.
    private static double Percentile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }

    // The end of MurmurHash3.
    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCDUL;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return value ^ (value >> 33);
    }
}
