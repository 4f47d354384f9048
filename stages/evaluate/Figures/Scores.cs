namespace Pipeline.Stages.Evaluating;

/// <summary>
/// Figures of verdicts, added one after the other. What is not defined is null: all of it where there are no verdicts. Where two
/// genres are as probable the first one is the verdict, as of numpy's argmax.
/// </summary>
/// <param name="genres">How many genres there are, those included that the model does not know.</param>
internal sealed class Scores(int genres)
{
    /// <summary>Bins of the calibration: of equal width, each with its lower edge, the last with 1 too.</summary>
    public const int Bins = 15;

    /// <summary>The least probability that the log loss counts with: the step of numbers of single precision at 1, as scikit-learn has it for such.</summary>
    public const double LeastProbability = 1.0 / (1 << 23);

    private readonly long[] confusion = new long[genres * genres];
    private readonly long[] ranks = new long[genres]; // how often the truth was the first, the second ...
    private readonly long[] binCounts = new long[Bins];
    private readonly long[] binRight = new long[Bins];
    private readonly double[] binSums = new double[Bins];
    private double logLoss;
    private double brier;

    /// <summary>How many verdicts there are.</summary>
    public long Count { get; private set; }

    /// <summary>How many are right.</summary>
    public long Right => Enumerable.Range(0, genres).Sum(g => this[g, g]);

    /// <summary>How many genres there are.</summary>
    public int Genres => genres;

    /// <summary>Share of right verdicts.</summary>
    public double? Accuracy => Ratio(Right, Count);

    /// <summary>Mean recall of the genres that there is something of.</summary>
    public double? BalancedAccuracy => Mean(Enumerable.Range(0, genres).Select(Recall));

    /// <summary>Mean F1 of the genres that there is something of, or that a verdict names.</summary>
    public double? MacroF1 => Mean(Enumerable.Range(0, genres).Select(F1));

    /// <summary>Mean of -ln of the truth's probability.</summary>
    public double? LogLoss => Count == 0 ? null : logLoss / Count;

    /// <summary>Mean over verdicts of the squared differences from 1 (truth) and 0 (other genres), added up over the genres: 0 to 2.</summary>
    public double? Brier => Count == 0 ? null : brier / Count;

    /// <summary>Expected calibration error: mean distance of the verdicts' probability from the share of right ones, over the bins.</summary>
    public double? CalibrationError => Count == 0
        ? null
        : Enumerable.Range(0, Bins).Where(b => binCounts[b] > 0).Sum(b => Math.Abs(binSums[b] - binRight[b])) / Count;

    /// <summary>The genre that stands for the most verdicts' truth; the first of several.</summary>
    public int MostFrequent => Enumerable.Range(0, genres).MaxBy(Support);

    /// <summary>How many verdicts name a genre where another, or the same, is true.</summary>
    public long this[int truth, int verdict] => confusion[truth * genres + verdict];

    /// <summary>The genre that probabilities name.</summary>
    public static int Verdict(ReadOnlySpan<double> probabilities)
    {
        int best = 0;
        for (int g = 1; g < probabilities.Length; g++)
        {
            best = probabilities[g] > probabilities[best] ? g : best;
        }

        return best;
    }

    /// <summary>Adds a verdict.</summary>
    /// <param name="truth">The true genre.</param>
    /// <param name="probabilities">The probability of each genre.</param>
    public void Add(int truth, ReadOnlySpan<double> probabilities)
    {
        int verdict = Verdict(probabilities);
        double mine = probabilities[truth];
        int rank = 0;
        double squares = 0;
        for (int g = 0; g < probabilities.Length; g++)
        {
            rank += probabilities[g] > mine || (probabilities[g] == mine && g < truth) ? 1 : 0;
            double off = probabilities[g] - (g == truth ? 1 : 0);
            squares += off * off;
        }

        Count++;
        confusion[truth * genres + verdict]++;
        ranks[rank]++;
        logLoss -= Math.Log(Math.Clamp(mine, LeastProbability, 1));
        brier += squares;
        int bin = Math.Min(Bins - 1, (int)(probabilities[verdict] * Bins));
        binCounts[bin]++;
        binSums[bin] += probabilities[verdict];
        binRight[bin] += verdict == truth ? 1 : 0;
    }

    /// <summary>How many verdicts a genre is the truth of.</summary>
    public long Support(int genre) => Enumerable.Range(0, genres).Sum(v => this[genre, v]);

    /// <summary>How many verdicts name a genre.</summary>
    public long Named(int genre) => Enumerable.Range(0, genres).Sum(t => this[t, genre]);

    /// <summary>Share of right ones among the verdicts that name a genre; null where none does.</summary>
    public double? Precision(int genre) => Ratio(this[genre, genre], Named(genre));

    /// <summary>Share of right ones among the verdicts on a genre; null where there is nothing of it.</summary>
    public double? Recall(int genre) => Ratio(this[genre, genre], Support(genre));

    /// <summary>Harmonic mean of precision and recall, 0 where nothing is right; null where there is nothing of the genre and none names it.</summary>
    public double? F1(int genre) => Ratio(2 * this[genre, genre], Support(genre) + Named(genre));

    /// <summary>Share of verdicts whose truth is among the k most probable genres.</summary>
    public double? TopK(int k) => Ratio(ranks.Take(k).Sum(), Count);

    /// <summary>A bin of the calibration: its verdicts, their mean probability, and the share of right ones.</summary>
    public (long Count, double? Confidence, double? Accuracy) Bin(int bin) =>
        (binCounts[bin], binCounts[bin] == 0 ? null : binSums[bin] / binCounts[bin], Ratio(binRight[bin], binCounts[bin]));

    private static double? Ratio(long part, long whole) => whole == 0 ? null : (double)part / whole;

    private static double? Mean(IEnumerable<double?> values) => values.Average(); // of those that are there; null for none
}
