using Pipeline.Datasets;

namespace Pipeline.Stages.Splitting;

/// <summary>
/// Spreads groups over bins (parts or folds) so that each bin gets its share of every stratum, as nearly as the groups allow. What is
/// made small is the sum of squared deviations from the wanted counts, divided by the stratum's total, so that small genres count.
/// The largest groups are placed first; then groups are moved and exchanged until nothing helps. Where there are few groups, it is
/// tried from several starts. Nothing depends on the order of rows.
/// </summary>
internal sealed class Placement
{
    private const int Restarts = 8;
    private const int FewGroups = 1000; // as many as restarts are for
    private const int MaxRounds = 50;
    private const long ExchangesPerRound = 4_000_000;
    private const double Gain = 1e-9; // less than this is rounding

    private readonly Strata strata;
    private readonly double[] shares;
    private readonly long[] counts; // of recordings, by bin and stratum
    private readonly double[] wanted; // the same
    private readonly int[] bins; // of each group

    private Placement(Strata strata, double[] shares, int groups)
    {
        this.strata = strata;
        this.shares = shares;
        counts = new long[shares.Length * strata.Count];
        wanted = new double[counts.Length];
        bins = new int[groups];
        Array.Fill(bins, -1);
        for (int bin = 0; bin < shares.Length; bin++)
        {
            for (int s = 0; s < strata.Count; s++)
            {
                wanted[bin * strata.Count + s] = shares[bin] * strata.Totals[s];
            }
        }
    }

    /// <summary>The bin of each group.</summary>
    /// <param name="recordings">The recordings, whose keys the lot is drawn by.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="strata">What they hold.</param>
    /// <param name="shares">Wanted share of each bin; one of 0 gets nothing but what is fixed.</param>
    /// <param name="fixedBin">The bin that a group has to be in; -1 where it is free.</param>
    /// <param name="seed">Decides between groups that are alike.</param>
    /// <param name="cancel">Ends the work.</param>
    public static int[] Find(
        RecordingSet recordings, Groups groups, Strata strata, double[] shares, Func<int, int> fixedBin, ulong seed, CancellationToken cancel)
    {
        int[] free = [.. Enumerable.Range(0, groups.Count).Where(g => fixedBin(g) < 0)];
        Placement? best = null;
        for (int start = 0; start < (free.Length <= FewGroups ? Restarts : 1); start++)
        {
            var placement = new Placement(strata, shares, groups.Count);
            for (int group = 0; group < groups.Count; group++)
            {
                if (fixedBin(group) is >= 0 and int bin)
                {
                    placement.Put(group, bin);
                }
            }

            Sort(free, recordings, groups, seed, start);
            placement.Fill(free, cancel);
            placement.Improve(free, cancel);
            best = best is null || placement.Cost() < best.Cost() - Gain ? placement : best;
        }

        return best!.bins;
    }

    // Descending by size; after the first start by a size that is up to a half greater by lot.
    private static void Sort(int[] free, RecordingSet recordings, Groups groups, ulong seed, int start)
    {
        var lots = new ulong[groups.Count];
        var sizes = new double[groups.Count];
        foreach (int group in free)
        {
            string name = recordings.Ids[groups.NamedAfter(group)];
            lots[group] = Lot.Draw(seed, $"place {start} {name}");
            sizes[group] = groups.Size(group) * (start == 0 ? 1 : 1 + Lot.Share(seed, $"size {start} {name}") / 2);
        }

        Array.Sort(free, (a, b) =>
            sizes[a] != sizes[b] ? sizes[b].CompareTo(sizes[a])
            : lots[a] != lots[b] ? lots[a].CompareTo(lots[b])
            : recordings.Ids.Compare(groups.NamedAfter(a), groups.NamedAfter(b)));
    }

    private void Fill(int[] free, CancellationToken cancel)
    {
        foreach (int group in free)
        {
            cancel.ThrowIfCancellationRequested();
            int best = -1;
            double least = double.PositiveInfinity;
            for (int bin = 0; bin < shares.Length; bin++)
            {
                if (shares[bin] > 0 && Change(group, bin, 1) is var change && change < least - Gain)
                {
                    (best, least) = (bin, change);
                }
            }

            Put(group, best);
        }
    }

    private void Improve(int[] free, CancellationToken cancel)
    {
        int reach = (int)Math.Clamp(ExchangesPerRound / Math.Max(1, free.Length), 1, Math.Max(1, free.Length));
        for (int round = 0; round < MaxRounds; round++)
        {
            bool helped = false;
            for (int i = 0; i < free.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                helped |= TryMove(free[i]);
                for (int j = i + 1; j < free.Length && j <= i + reach; j++)
                {
                    helped |= bins[free[i]] != bins[free[j]] && TryExchange(free[i], free[j]);
                }
            }

            if (!helped)
            {
                return;
            }
        }
    }

    private bool TryMove(int group)
    {
        int from = bins[group];
        double gone = Change(group, from, -1);
        int best = from;
        double least = -Gain;
        for (int bin = 0; bin < shares.Length; bin++)
        {
            if (bin != from && shares[bin] > 0 && gone + Change(group, bin, 1) is var change && change < least)
            {
                (best, least) = (bin, change);
            }
        }

        if (best == from)
        {
            return false;
        }

        Take(group);
        Put(group, best);
        return true;
    }

    private bool TryExchange(int a, int b)
    {
        (int ofA, int ofB) = (bins[a], bins[b]);
        double change = Change(a, ofA, -1);
        Take(a);
        change += Change(b, ofB, -1);
        Take(b);
        change += Change(a, ofB, 1) + Change(b, ofA, 1);
        bool helps = change < -Gain;
        Put(a, helps ? ofB : ofA);
        Put(b, helps ? ofA : ofB);
        return helps;
    }

    // What the sum grows by when a group comes into a bin (sign 1) or goes (-1).
    private double Change(int group, int bin, int sign)
    {
        double change = 0;
        foreach ((int stratum, int count) in strata.Of(group))
        {
            int at = bin * strata.Count + stratum;
            change += (2 * sign * (counts[at] - wanted[at]) + count) * count / strata.Totals[stratum];
        }

        return change;
    }

    private void Put(int group, int bin)
    {
        bins[group] = bin;
        Shift(group, bin, 1);
    }

    private void Take(int group) => Shift(group, bins[group], -1);

    private void Shift(int group, int bin, int sign)
    {
        foreach ((int stratum, int count) in strata.Of(group))
        {
            counts[bin * strata.Count + stratum] += sign * count;
        }
    }

    private double Cost()
    {
        double cost = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double deviation = counts[i] - wanted[i];
            cost += deviation == 0 ? 0 : deviation * deviation / strata.Totals[i % strata.Count];
        }

        return cost;
    }
}
