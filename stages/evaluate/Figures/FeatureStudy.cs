using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>
/// What a table of features tells of the parts, in one pass: train's most frequent genre, recordings that stand in two parts, and
/// what the most similar window of train would say. Of each recording about 40 bytes are kept, of 20,000 windows of train and of
/// 10,000 of each evaluated part two values a channel.
/// </summary>
internal sealed class FeatureStudy
{
    /// <summary>The most windows of an evaluated part that are compared.</summary>
    public const int MostEvaluated = 10_000;

    private const int MostTrain = 20_000;

    private static readonly string[] Parts = ["train", "valid", "test"];

    private readonly KeyStore recordings = new();
    private readonly List<byte> partsOf = []; // a bit for each part
    private readonly List<string> genres = [];
    private readonly List<long> trainCounts = []; // recordings of each genre
    private readonly WindowSample train = new(MostTrain);
    private readonly IReadOnlyList<(Evaluation Part, WindowSample Windows)> evaluated;
    private Standardisation? scale;
    private (string Representation, int Channels) kind;

    private FeatureStudy(IReadOnlyList<Evaluation> parts) => evaluated = [.. parts.Select(p => (p, p.Extra?.Windows ?? new WindowSample(MostEvaluated)))];

    /// <summary>Recordings that stand in several parts.</summary>
    public long Divided { get; private set; }

    /// <summary>The first of them.</summary>
    public string? FirstDivided { get; private set; }

    /// <summary>The most frequent genre of train's recordings; null where it has none. Of several the first by its letters.</summary>
    public string? Majority { get; private set; }

    /// <summary>Reads the features.</summary>
    /// <param name="features">The tables, of which the first counts.</param>
    /// <param name="parts">The figures of the evaluated parts.</param>
    /// <param name="seed">Seed of the lots.</param>
    /// <param name="progress">Is told of each row.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="StageException">Its rows are not of one kind.</exception>
    public static FeatureStudy Read(
        FeatureTables features, IReadOnlyList<Evaluation> parts, ulong seed, Progress progress, CancellationToken cancel)
    {
        var study = new FeatureStudy(parts);
        foreach (FeatureRow[] window in features.Read(cancel))
        {
            study.Add(window[0], features.Readers[0].Path, seed);
            progress.Advance();
        }

        study.Complete();
        return study;
    }

    /// <summary>How many recordings of a part are train recordings here, and the first of them.</summary>
    public (long Count, string? First) InTrain(VerdictSet verdicts)
    {
        (long count, string? first) = (0, null);
        for (int r = 0; r < verdicts.Recordings.Count; r++)
        {
            string id = verdicts.Recordings[r];
            if (recordings.Find(id) is >= 0 and int place && (partsOf[place] & 1) != 0)
            {
                count++;
                first ??= id;
            }
        }

        return (count, first);
    }

    /// <summary>Whether a recording is one that networks learn from, or by which their weights are chosen.</summary>
    public bool IsLearnt(string recording) => recordings.Find(recording) is >= 0 and int place && (partsOf[place] & 3) != 0;

    /// <summary>The baseline of the nearest window; null where there is nothing to compare with.</summary>
    public Neighbours? Neighbours(Evaluation part, CancellationToken cancel)
    {
        WindowSample sample = evaluated.First(e => e.Part.Verdicts == part.Verdicts).Windows;
        WindowSummary[] known = train.ToArray(), asked = sample.ToArray();
        if (known.Length == 0 || asked.Length == 0)
        {
            return null;
        }

        WindowSummary[] standard = [.. known.Select(Standard)];
        var nearest = new NearestNeighbour(standard);
        int[] found = new int[asked.Length];
        Parallel.For(0, asked.Length, new ParallelOptions { CancellationToken = cancel }, i => found[i] = standard[nearest.Find(Standard(asked[i]).Values)].Genre);

        // Genres of train that nobody evaluates come behind the others.
        string[] names = [.. part.Genres.Union(genres)];
        int[] places = [.. genres.Select(g => Array.IndexOf(names, g))];
        var scores = new Levels(names.Length);
        double[] one = new double[names.Length], sums = new double[names.Length];
        foreach (IGrouping<int, int> recording in Enumerable.Range(0, asked.Length).GroupBy(i => asked[i].Recording))
        {
            Array.Clear(sums);
            int truth = part.Verdicts.Truth(recording.Key);
            foreach (int i in recording)
            {
                Array.Clear(one);
                one[places[found[i]]] = 1;
                scores.Windows.Add(truth, one);
                sums[places[found[i]]] += 1.0 / recording.Count();
            }

            scores.Recordings.Add(truth, sums);
        }

        return new Neighbours(scores, known.Length, train.Offered, sample.Offered);
    }

    /// <summary>How far the datasets can be told from the features; null where there are not several of some size.</summary>
    public SourceProbe? Probe(Evaluation part, ulong seed) =>
        SourceProbe.Find("features", evaluated.First(e => e.Part.Verdicts == part.Verdicts).Windows.ToArray(), part.Verdicts, seed);

    private static int Index(List<string> names, string name)
    {
        int index = names.IndexOf(name);
        if (index < 0)
        {
            index = names.Count;
            names.Add(name);
        }

        return index;
    }

    private WindowSummary Standard(WindowSummary window)
    {
        float[] values = [.. window.Values];
        scale!.Apply(values);
        return window with { Values = values };
    }

    private void Add(FeatureRow row, string path, ulong seed)
    {
        if (row.FindFault() is { } fault)
        {
            throw new StageException($"{path}: the row of '{row.RowKey}': {fault}");
        }

        kind = scale is null ? (row.Representation, row.Channels) : kind;
        scale ??= new Standardisation(2 * row.Channels);
        if (kind != (row.Representation, row.Channels))
        {
            throw new StageException(
                $"{path}: {row.ExampleId} has {row.Channels} channels of {row.Representation} and others {kind.Channels} of {kind.Representation}: name features of one kind");
        }

        int genre = Index(genres, row.Genre);
        if (genre == trainCounts.Count)
        {
            trainCounts.Add(0);
        }

        bool isTrain = Place(row, genre);
        if (isTrain)
        {
            float[] values = WindowSummary.Of(row.Values, row.Channels, row.Frames);
            scale.Add(values);
            train.Offer(new WindowSummary(row.RowKey, Lot.Draw(seed, row.RowKey), 0, genre, values));
            return;
        }

        foreach ((Evaluation part, WindowSample windows) in evaluated)
        {
            if (part.Split == row.Split && part.Verdicts.Recordings.Find(row.RecordingId) is >= 0 and int recording)
            {
                float[] values = WindowSummary.Of(row.Values, row.Channels, row.Frames);

                // By recording, so that all of its windows are judged or none.
                windows.Offer(new WindowSummary(row.RowKey, Lot.Draw(seed, row.RecordingId), recording, genre, values));
            }
        }
    }

    private bool Place(FeatureRow row, int genre)
    {
        byte bit = (byte)(1 << Array.IndexOf(Parts, row.Split));
        int recording = recordings.Add(row.RecordingId);
        if (recording == partsOf.Count)
        {
            partsOf.Add(0);
        }

        byte before = partsOf[recording];
        partsOf[recording] |= bit;
        trainCounts[genre] += bit == 1 && (before & bit) == 0 ? 1 : 0;
        if (before != 0 && byte.IsPow2(before) && !byte.IsPow2(partsOf[recording]))
        {
            Divided++;
            FirstDivided ??= row.RecordingId;
        }

        return bit == 1;
    }

    private void Complete()
    {
        if (trainCounts.Count > 0 && trainCounts.Max() > 0)
        {
            Majority = Enumerable.Range(0, genres.Count).Where(g => trainCounts[g] == trainCounts.Max()).Select(g => genres[g]).Order(StringComparer.Ordinal).First();
        }
    }
}
