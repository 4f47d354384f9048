using Pipeline.Cli;
using Pipeline.Parquet;
using Pipeline.Tables;

namespace Pipeline.Stages.FeatureExtraction;

/// <summary>
/// The stage's inputs, read front to back beside each other: the examples come in the order of the recordings, and so do the
/// segments, so that none of them has to be in memory. Of a part of the work only its own rows are read, after a pass over the
/// keys of all, which finds where they begin.
/// </summary>
internal sealed class ExampleTables
{
    private readonly TableReader<Example>? examples;
    private readonly TableReader<Recording>[] recordings;
    private readonly TableReader<Segments>[] segments;

    // The part's first row in each table.
    private long firstExample;
    private long firstRecording;
    private long firstSegments;

    /// <summary>Opens the tables, which looks at their columns, and goes through their keys.</summary>
    /// <param name="examples">Table of examples; null for each sound recording as a whole.</param>
    /// <param name="recordings">Tables of recordings, one after the other.</param>
    /// <param name="segments">Tables of segments, one after the other.</param>
    /// <param name="shard">The part of the examples, or of the recordings where there is no table of examples.</param>
    /// <param name="cancel">Ends the pass over the keys.</param>
    /// <exception cref="TableException">The tables are not in the same order.</exception>
    public ExampleTables(string? examples, IReadOnlyList<string> recordings, IReadOnlyList<string> segments, Shard shard, CancellationToken cancel)
    {
        this.examples = examples is null ? null : TableReader<Example>.Open(examples);
        this.recordings = [.. recordings.Select(TableReader<Recording>.Open)];
        this.segments = [.. segments.Select(TableReader<Segments>.Open)];
        FindPart(shard, cancel);
    }

    /// <summary>How many examples the part has; recordings with a fault among them, where there is no table of examples.</summary>
    public long ExampleCount { get; private set; }

    /// <summary>Recordings of the part with a fault that were passed over, where there is no table of examples.</summary>
    public long LeftOut { get; private set; }

    /// <summary>What the features are made of, for their provenance.</summary>
    public IReadOnlyList<TableInput> Inputs() =>
    [
        .. examples is null ? [] : new[] { TableInput.Of("examples", examples.Path) },
        .. recordings.Select(r => TableInput.Of("recordings", r.Path)),
        .. segments.Select(s => TableInput.Of("segments", s.Path)),
    ];

    /// <summary>The part's recordings that have examples, with all of them.</summary>
    public IEnumerable<ExampleGroup> Read(CancellationToken cancel)
    {
        IEnumerable<RecordingWithSegments> songs = RecordingWithSegments.Join(Rows(recordings, firstRecording, cancel), Rows(segments, firstSegments, cancel));
        int count = checked((int)ExampleCount);
        return examples is null ? Wholes(songs.Take(count)) : Grouped(songs, examples.Read(firstExample, cancel).Take(count));
    }

    // The examples of a recording are never divided: they belong to the part that has the first of them.
    private void FindPart(Shard shard, CancellationToken cancel)
    {
        long count = examples?.RowCount ?? recordings.Sum(r => r.RowCount);
        (long first, long end) = (shard.First(count), shard.End(count));
        using IEnumerator<string> ofExamples = Keys(examples?.Files ?? [], cancel).GetEnumerator();
        using IEnumerator<string> ofSegments = Keys(segments.SelectMany(s => s.Files), cancel).GetEnumerator();
        (bool hasExample, bool hasSegments) = (ofExamples.MoveNext(), ofSegments.MoveNext());
        (long example, long recording, long segment) = (0, 0, 0);
        foreach (string key in Keys(recordings.SelectMany(r => r.Files), cancel))
        {
            long group = example;
            for (; hasExample && ofExamples.Current == key; hasExample = ofExamples.MoveNext())
            {
                example++;
            }

            if (examples is null)
            {
                example++;
            }

            if (group >= first && group < end && example > group)
            {
                if (ExampleCount == 0)
                {
                    (firstExample, firstRecording, firstSegments) = (group, recording, segment);
                }

                ExampleCount += example - group;
            }

            recording++;
            if (hasSegments && ofSegments.Current == key)
            {
                segment++;
                hasSegments = ofSegments.MoveNext();
            }
        }

        if (hasExample)
        {
            throw NotAmongRecordings(examples!.Read(example, cancel).First());
        }

        if (hasSegments)
        {
            throw RecordingWithSegments.OutOfOrder(ofSegments.Current);
        }
    }

    private static IEnumerable<string> Keys(IEnumerable<string> files, CancellationToken cancel)
    {
        foreach (string name in files)
        {
            using ParquetFile file = ParquetFile.Open(name);
            using RowBatches rows = file.Read("recording_id");
            for (ByteColumnBatch keys = rows.Bytes("recording_id"); rows.Next();)
            {
                cancel.ThrowIfCancellationRequested();
                for (int i = 0; i < rows.Count; i++)
                {
                    yield return keys.Text(i);
                }
            }
        }
    }

    private static IEnumerable<T> Rows<T>(IEnumerable<TableReader<T>> tables, long start, CancellationToken cancel) where T : ITableRow<T>
    {
        foreach (TableReader<T> table in tables)
        {
            foreach (T row in table.Read(start, cancel))
            {
                yield return row;
            }

            start = Math.Max(0, start - table.RowCount);
        }
    }

    private static TableException NotAmongRecordings(Example example) => new(
        $"the recording '{example.RecordingId}' of the example '{example.ExampleId}' is not among the recordings, or comes before that of the example before: "
        + "name all tables of recordings, in the order that the examples have");

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
                        throw NotAmongRecordings(example);
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
