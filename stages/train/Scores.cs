namespace Pipeline.Stages.Training;

/// <summary>Adds up verdicts: by window for the loss, by recording for what is named right.</summary>
/// <param name="genres">How many genres there are.</param>
internal sealed class Scores(int genres)
{
    private readonly Dictionary<int, (int Label, double[] Sum)> recordings = [];
    private double loss;
    private long windows;

    /// <summary>Mean cross-entropy of the windows.</summary>
    public double Loss => loss / Math.Max(1, windows);

    /// <summary>Adds the verdict on a window.</summary>
    public void Add(int recording, int label, ReadOnlySpan<float> probabilities)
    {
        windows++;
        loss -= Math.Log(Math.Max(probabilities[label], float.Epsilon));
        if (!recordings.TryGetValue(recording, out (int Label, double[] Sum) of))
        {
            recordings[recording] = of = (label, new double[genres]);
        }

        for (int g = 0; g < genres; g++)
        {
            of.Sum[g] += probabilities[g];
        }
    }

    /// <summary>Share of the recordings that are named right, and the mean of F1 over the genres that occur.</summary>
    public (double Accuracy, double MacroF1) OfRecordings()
    {
        int right = 0;
        int[] truths = new int[genres], verdicts = new int[genres], hits = new int[genres];
        foreach ((int label, double[] sum) in recordings.Values)
        {
            int verdict = Array.IndexOf(sum, sum.Max());
            truths[label]++;
            verdicts[verdict]++;
            if (verdict == label)
            {
                hits[label]++;
                right++;
            }
        }

        double f1 = 0;
        int occurring = 0;
        for (int g = 0; g < genres; g++)
        {
            if (truths[g] > 0)
            {
                occurring++;
                f1 += 2.0 * hits[g] / (truths[g] + verdicts[g]);
            }
        }

        return ((double)right / Math.Max(1, recordings.Count), f1 / Math.Max(1, occurring));
    }
}
