using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Models;
using Pipeline.Tables;

namespace Pipeline.Stages.Training;

/// <summary>
/// A first look at all windows: which are for training and which for validation, how many there are of each genre, and what the
/// train part's features are normalised by. It refuses what nothing can be learnt from, or would be learnt from falsely.
/// It holds some forty bytes for each recording.
/// </summary>
internal sealed class Census
{
    private readonly SortedDictionary<string, long[]> counts = new(StringComparer.Ordinal); // of each genre, by part
    private readonly Dictionary<ulong, Part> parts = [];

    private Census()
    {
    }

    /// <summary>Genres of the train part, in alphabetical order: the order of a model's verdicts.</summary>
    public IReadOnlyList<string> Genres { get; private set; } = [];

    /// <summary>Train windows of each genre.</summary>
    public IReadOnlyList<long> TrainCounts { get; private set; } = [];

    /// <summary>Windows of a part.</summary>
    public long Windows(Part part) => counts.Values.Sum(c => c[(int)part]);

    /// <summary>Recordings.</summary>
    public int Recordings => parts.Count;

    /// <summary>The inputs, with what brings the train part's features to mean 0 and deviation 1.</summary>
    public IReadOnlyList<ModelInput> Inputs { get; private set; } = [];

    /// <summary>Looks at all windows.</summary>
    /// <param name="tables">The features.</param>
    /// <param name="placement">Which part each window is for.</param>
    /// <param name="inputs">What each input looks at.</param>
    /// <param name="plan">What the network does with them.</param>
    /// <param name="progress">Counts windows.</param>
    /// <param name="cancel">Ends it.</param>
    public static Census Take(
        FeatureTables tables, Placement placement, IReadOnlyList<ModelInput> inputs, NetworkPlan plan, Progress progress, CancellationToken cancel)
    {
        var census = new Census();
        double[][] sums = [.. inputs.Select(i => new double[i.Channels])];
        double[][] squares = [.. inputs.Select(i => new double[i.Channels])];
        foreach (FeatureRow[] window in tables.Read(cancel))
        {
            progress.Advance();
            Part part = placement.Of(window[0]);
            if (part == Part.None)
            {
                continue;
            }

            census.Count(window[0], part);
            for (int i = 0; part == Part.Train && i < window.Length; i++)
            {
                AddUp(window[i], inputs[i], sums[i], squares[i]);
            }
        }

        census.Check();
        census.Genres = [.. census.counts.Keys];
        census.TrainCounts = [.. census.counts.Values.Select(c => c[(int)Part.Train])];
        long train = census.Windows(Part.Train);
        census.Inputs =
            [.. inputs.Select((input, i) => input with { Normalisation = Normalisation.Of(plan.Inputs[i].Normalise, train * input.Frames, sums[i], squares[i]) })];
        return census;
    }

    private void Count(FeatureRow row, Part part)
    {
        ulong key = Lot.Draw(0, row.RecordingId);
        if (!parts.TryAdd(key, part) && parts[key] != part)
        {
            throw new StageException($"{row.RecordingId} is in {parts[key].ToString().ToLowerInvariant()} and in {part.ToString().ToLowerInvariant()}: "
                + "what a network is judged by it must not have learnt; make the split anew");
        }

        if (!counts.TryGetValue(row.Genre, out long[]? of))
        {
            counts[row.Genre] = of = new long[Enum.GetValues<Part>().Length];
        }

        of[(int)part]++;
    }

    private static void AddUp(FeatureRow row, ModelInput input, double[] sums, double[] squares)
    {
        ReadOnlySpan<float> values = input.Of(row.Values);
        for (int c = 0; c < input.Channels; c++)
        {
            double sum = 0, square = 0;
            foreach (float value in values.Slice(c * input.Frames, input.Frames))
            {
                sum += value;
                square += (double)value * value;
            }

            if (!double.IsFinite(square))
            {
                throw new StageException($"{row.RowKey} has a value that is no finite number in channel {input.FirstChannel + c}: inspect --contract features tells where");
            }

            sums[c] += sum;
            squares[c] += square;
        }
    }

    private void Check()
    {
        foreach (Part part in (Part[])[Part.Train, Part.Valid])
        {
            if (Windows(part) == 0)
            {
                string name = part.ToString().ToLowerInvariant();
                string why = part == Part.Train ? "there is nothing to learn from" : "early stopping and the choice of the best weights need it";
                throw new StageException($"the features have no window of the part {name}: {why}; make a split with such a part");
            }
        }

        string[] unknown = [.. counts.Where(c => c.Value[(int)Part.Train] == 0).Select(c => c.Key)];
        if (unknown.Length > 0)
        {
            throw new StageException($"{Ellipsis.Names(unknown)} {(unknown.Length == 1 ? "has" : "have")} no window to train with, but others: "
                + "a genre that was never seen cannot be told; leave it out (balance --min 1), or make another split");
        }

        if (counts.Count < 2)
        {
            throw new StageException($"all windows are of one genre, '{counts.Keys.First()}': there is nothing to tell apart");
        }
    }
}
