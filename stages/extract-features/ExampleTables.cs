using Pipeline.Cli;
using Pipeline.Tables;

namespace Pipeline.Stages.FeatureExtraction;

/// <summary>
/// The stage's inputs, read front to back beside each other: the examples come in the order of the recordings, and so do the
/// segments, so that none of them has to be in memory.
/// </summary>
internal sealed class ExampleTables
{
    private readonly TableReader<Example>? examples;
    private readonly TableReader<Recording>[] recordings;
    private readonly TableReader<Segments>[] segments;

    /// <summary>Opens the tables, which looks at their columns.</summary>
    /// <param name="examples">Table of examples; null for each sound recording as a whole.</param>
    /// <param name="recordings">Tables of recordings, one after the other.</param>
    /// <param name="segments">Tables of segments, one after the other.</param>
    public ExampleTables(string? examples, IReadOnlyList<string> recordings, IReadOnlyList<string> segments)
    {
        this.examples = examples is null ? null : TableReader<Example>.Open(examples);
        this.recordings = [.. recordings.Select(TableReader<Recording>.Open)];
        this.segments = [.. segments.Select(TableReader<Segments>.Open)];
    }

    /// <summary>How many examples there are at most.</summary>
    public long ExampleCount => examples?.RowCount ?? recordings.Sum(r => r.RowCount);

    /// <summary>Recordings with a fault that were passed over, where there is no table of examples.</summary>
    public long LeftOut { get; private set; }

    /// <summary>What the features are made of, for their provenance.</summary>
    public IReadOnlyList<TableInput> Inputs() =>
    [
        .. examples is null ? [] : new[] { TableInput.Of("examples", examples.Path) },
        .. recordings.Select(r => TableInput.Of("recordings", r.Path)),
        .. segments.Select(s => TableInput.Of("segments", s.Path)),
    ];

    /// <summary>The recordings that have examples, with them.</summary>
    /// <exception cref="TableException">The tables are not in the same order.</exception>
    public IEnumerable<ExampleGroup> Read(Shard shard, CancellationToken cancel)
    {
        IEnumerable<RecordingWithSegments> songs = RecordingWithSegments.Join(
            recordings.SelectMany(r => r.Read(cancel)), segments.SelectMany(s => s.Read(cancel)));
        IEnumerable<ExampleGroup> groups = examples is null ? Wholes(songs) : Grouped(songs, examples.Read(cancel));
        return groups.Where((_, i) => shard.Owns(i));
    }

    private static IEnumerable<ExampleGroup> Grouped(IEnumerable<RecordingWithSegments> songs, IEnumerable<Example> examples)
    {
        using IEnumerator<RecordingWithSegments> song = songs.GetEnumerator();
        var group = new List<Example>();
        foreach (Example example in examples)
        {
            if (group.Count > 0 && group[0].RecordingId != example.RecordingId)
            {
                yield return new ExampleGroup(song.Current, group);
                group = [];
            }

            if (group.Count == 0)
            {
                do
                {
                    if (!song.MoveNext())
                    {
                        throw new TableException(
                            $"the recording '{example.RecordingId}' of the example '{example.ExampleId}' is not among the recordings, or comes before that of the example before: "
                            + "name all tables of recordings, in the order that the examples have");
                    }
                }
                while (song.Current.Recording.RecordingId != example.RecordingId);
            }

            group.Add(example);
        }

        if (group.Count > 0)
        {
            yield return new ExampleGroup(song.Current, group);
        }

        // Only at the end of the recordings is it known that all segments had their place among them.
        while (song.MoveNext())
        {
        }
    }

    private IEnumerable<ExampleGroup> Wholes(IEnumerable<RecordingWithSegments> songs)
    {
        foreach (RecordingWithSegments song in songs)
        {
            Recording recording = song.Recording;
            if (recording.Fault is not null)
            {
                LeftOut++;
                continue;
            }

            yield return new ExampleGroup(song,
            [
                new Example(
                    $"{recording.RecordingId}#0", recording.RecordingId, recording.Source, "train", recording.FolderLabel ?? "", Copy: 0,
                    OffsetS: 0, LengthS: recording.DurationS, PitchSemitones: 0, Stretch: 1, GainDb: 0, NoiseSnrDb: null, Seed: 0),
            ]);
        }
    }
}
