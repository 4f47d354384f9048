using Pipeline.Cli;

namespace Pipeline.Stages.Evaluating;

/// <summary>
/// All verdicts on a part: of each window and run the probabilities in single precision, of each window its example and
/// recording, and of these their keys. Of a million rows of as many recordings and 10 genres, the stage takes 350 MB in all.
/// </summary>
internal sealed class VerdictSet
{
    private const int PageRows = 1 << 12;

    private readonly List<float[]>[] pages; // of each run, by window
    private readonly List<bool[]>[] isThere;
    private readonly List<string> genres;
    private readonly List<string> sources = [];
    private readonly List<int> exampleOf = []; // of each window
    private readonly List<int> nextWindow = []; // of the same example; -1 for none
    private readonly List<int> firstWindow = []; // of each example
    private readonly List<int> recordingOf = []; // of each example
    private readonly List<int> truthOf = []; // of each recording
    private readonly List<int> sourceOf = []; // of each recording
    private readonly KeyStore examples = new();
    private readonly KeyStore recordings = new();
    private int[] lastSeen = []; // window of each example, in the run that is being read; -1 for none

    /// <summary>An empty set.</summary>
    /// <param name="split">The part.</param>
    /// <param name="genres">The model's genres.</param>
    /// <param name="runs">Names of the runs.</param>
    public VerdictSet(string split, IReadOnlyList<string> genres, IReadOnlyList<string> runs)
    {
        (Split, ModelGenres, Runs) = (split, genres.Count, runs);
        this.genres = [.. genres];
        pages = [.. runs.Select(_ => new List<float[]>())];
        isThere = [.. runs.Select(_ => new List<bool[]>())];
    }

    /// <summary>The part.</summary>
    public string Split { get; }

    /// <summary>Names of the runs.</summary>
    public IReadOnlyList<string> Runs { get; }

    /// <summary>How many genres the model knows: the first ones of <see cref="Genres"/>.</summary>
    public int ModelGenres { get; }

    /// <summary>The model's genres in its order, and behind them those of recordings that it does not know, whose probability is 0.</summary>
    public IReadOnlyList<string> Genres => genres;

    /// <summary>The datasets, in the order in which they come.</summary>
    public IReadOnlyList<string> Sources => sources;

    /// <summary>Keys of the examples.</summary>
    public KeyStore Examples => examples;

    /// <summary>Keys of the recordings.</summary>
    public KeyStore Recordings => recordings;

    /// <summary>How many windows there are.</summary>
    public int Windows => exampleOf.Count;

    /// <summary>True genre of a recording, an index of <see cref="Genres"/>.</summary>
    public int Truth(int recording) => truthOf[recording];

    /// <summary>Dataset of a recording, an index of <see cref="Sources"/>.</summary>
    public int Source(int recording) => sourceOf[recording];

    /// <summary>Recording of a window.</summary>
    public int RecordingOf(int window) => recordingOf[exampleOf[window]];

    /// <summary>Recording of an example.</summary>
    public int RecordingOfExample(int example) => recordingOf[example];

    /// <summary>Begins a run: its verdicts are added next, on all examples or on some, which begin anew.</summary>
    public void BeginRun() => Array.Fill(lastSeen, -1);

    /// <summary>Adds a verdict of a run.</summary>
    /// <exception cref="StageException">It contradicts another one.</exception>
    public void Add(int run, in Verdict verdict)
    {
        int window = Window(verdict);
        while (pages[run].Count * PageRows <= window)
        {
            pages[run].Add(new float[PageRows * ModelGenres]);
            isThere[run].Add(new bool[PageRows]);
        }

        verdict.Probabilities.CopyTo(Stored(run, window));
        isThere[run][window / PageRows][window % PageRows] = true;
    }

    /// <summary>A run's probabilities of a window; empty where the run has none.</summary>
    public ReadOnlySpan<float> Probabilities(int run, int window) =>
        window / PageRows < isThere[run].Count && isThere[run][window / PageRows][window % PageRows] ? Stored(run, window) : [];

    /// <summary>Adds the mean over the runs of a window's probabilities, over as many as have it.</summary>
    /// <param name="runs">The runs to take.</param>
    /// <param name="window">The window.</param>
    /// <param name="sums">What is added to, of each genre.</param>
    /// <returns>How many of the runs have it; nothing is added for 0.</returns>
    public int AddMean(ReadOnlySpan<int> runs, int window, Span<double> sums)
    {
        int count = 0;
        foreach (int run in runs)
        {
            count += Probabilities(run, window).IsEmpty ? 0 : 1;
        }

        foreach (int run in runs)
        {
            ReadOnlySpan<float> probabilities = Probabilities(run, window);
            for (int g = 0; g < probabilities.Length; g++)
            {
                sums[g] += (double)probabilities[g] / count;
            }
        }

        return count;
    }

    /// <summary>The windows put together by recording: those of recording r stand from <c>Starts[r]</c> to before <c>Starts[r + 1]</c>.</summary>
    public (int[] Starts, int[] Windows) ByRecording() => Together(recordings.Count, RecordingOf);

    /// <summary>The windows put together by example, in the same form.</summary>
    public (int[] Starts, int[] Windows) ByExample() => Together(examples.Count, w => exampleOf[w]);

    private (int[] Starts, int[] Windows) Together(int count, Func<int, int> keyOf)
    {
        int[] starts = new int[count + 1];
        for (int w = 0; w < Windows; w++)
        {
            starts[keyOf(w) + 1]++;
        }

        for (int i = 0; i < count; i++)
        {
            starts[i + 1] += starts[i];
        }

        int[] next = starts[..^1];
        int[] windows = new int[Windows];
        for (int w = 0; w < Windows; w++)
        {
            windows[next[keyOf(w)]++] = w;
        }

        return (starts, windows);
    }

    private Span<float> Stored(int run, int window) => pages[run][window / PageRows].AsSpan(window % PageRows * ModelGenres, ModelGenres);

    // The next one of its example in this run, which other runs may have had before.
    private int Window(in Verdict verdict)
    {
        int example = Example(verdict);
        if (example >= lastSeen.Length)
        {
            int before = lastSeen.Length;
            Array.Resize(ref lastSeen, Math.Max(1024, 2 * example));
            Array.Fill(lastSeen, -1, before, lastSeen.Length - before);
        }

        int last = lastSeen[example];
        int window = last < 0 ? firstWindow[example] : nextWindow[last];
        if (window < 0)
        {
            window = exampleOf.Count;
            exampleOf.Add(example);
            nextWindow.Add(-1);
            if (last < 0)
            {
                firstWindow[example] = window;
            }
            else
            {
                nextWindow[last] = window;
            }
        }

        return lastSeen[example] = window;
    }

    private int Example(in Verdict verdict)
    {
        int example = examples.Add(verdict.ExampleId);
        int recording = Recording(verdict);
        if (example == recordingOf.Count)
        {
            recordingOf.Add(recording);
            firstWindow.Add(-1);
        }
        else if (recordingOf[example] != recording)
        {
            throw new StageException(
                $"the example {verdict.ExampleId} is of {recordings[recordingOf[example]]} and of {verdict.RecordingId}: give examples keys of their own");
        }

        return example;
    }

    private int Recording(in Verdict verdict)
    {
        int genre = Index(genres, verdict.Genre);
        int recording = recordings.Add(verdict.RecordingId);
        if (recording == truthOf.Count)
        {
            truthOf.Add(genre);
            sourceOf.Add(Index(sources, verdict.Source));
        }
        else if (truthOf[recording] != genre)
        {
            throw new StageException(
                $"the recording {verdict.RecordingId} is {genres[truthOf[recording]]} and also {verdict.Genre}: a recording has one genre, in all tables of predictions");
        }

        return recording;
    }

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
}
