using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Stages.Balancing;

/// <summary>
/// Puts splits, labels and recordings together. All splits are in memory at once, about 200 bytes of each: labels and splits
/// may come in any order, and lots are drawn among all.
/// </summary>
internal sealed class PieceReader
{
    private readonly TableReader<Recording>[] recordings;
    private readonly TableReader<Label> labels;
    private readonly TableReader<SplitRow> splits;

    private readonly Dictionary<string, int> places = []; // of the recordings among the pieces
    private readonly NameList genres = new();
    private readonly NameList sources = new();
    private readonly SortedDictionary<Medium, int> unusable = [];
    private Piece[] pieces = [];

    private PieceReader(TableReader<Recording>[] recordings, TableReader<Label> labels, TableReader<SplitRow> splits) =>
        (this.recordings, this.labels, this.splits) = (recordings, labels, splits);

    /// <summary>What has to be told with every figure made of the tables.</summary>
    public IEnumerable<string> Warnings =>
        Provenance.Combine([.. recordings.Select(r => r.Provenance), labels.Provenance, splits.Provenance]).Warnings;

    /// <summary>Opens the tables, which looks at their columns.</summary>
    public static PieceReader Open(BalanceFiles files) =>
        new([.. files.Recordings.Select(r => TableReader<Recording>.Open(r, []))], TableReader<Label>.Open(files.Labels, []), TableReader<SplitRow>.Open(files.Splits));

    /// <summary>Reads the tables.</summary>
    /// <param name="media">What files features can be computed of.</param>
    /// <param name="quiet">Whether no progress is shown.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="StageException">They do not fit together.</exception>
    public Pieces Read(Media media, bool quiet, CancellationToken cancel)
    {
        using var progress = Progress.Start("rows", splits.RowCount + labels.RowCount + recordings.Sum(r => r.RowCount), quiet);
        ReadSplits(progress, cancel);
        ReadLabels(progress, cancel);
        List<int> order = ReadRecordings(media, progress, cancel);
        (string[] genreNames, int[] genrePlaces) = genres.Sorted();
        (string[] sourceNames, int[] sourcePlaces) = sources.Sorted();
        Piece[] ordered = new Piece[order.Count];
        for (int i = 0; i < ordered.Length; i++)
        {
            Piece piece = pieces[order[i]];
            ordered[i] = piece with { Genre = genrePlaces[piece.Genre], Source = sourcePlaces[piece.Source] };
        }

        return new Pieces(ordered, genreNames, sourceNames, unusable);
    }

    private void ReadSplits(Progress progress, CancellationToken cancel)
    {
        pieces = new Piece[splits.RowCount];
        places.EnsureCapacity(pieces.Length);
        foreach (SplitRow row in splits.Read(cancel))
        {
            progress.Advance();
            Check(row, splits.Path);
            if (!places.TryAdd(row.RecordingId, places.Count))
            {
                throw new StageException($"{splits.Path}: the recording '{row.RecordingId}' is there twice: a recording belongs to one part");
            }

            pieces[places.Count - 1] = new Piece(row.RecordingId, string.Intern(row.Split), Lot.Draw(0, row.Group), Genre: -1, Source: -1, DurationS: 0, Medium.Sound);
        }

        if (pieces.Length == 0)
        {
            throw new StageException($"{splits.Path} has no rows: there is nothing to plan");
        }
    }

    private void ReadLabels(Progress progress, CancellationToken cancel)
    {
        foreach (Label row in labels.Read(cancel))
        {
            progress.Advance();
            Check(row, labels.Path);
            int genre = genres.Add(row.Genre);
            if (!places.TryGetValue(row.RecordingId, out int place))
            {
                continue;
            }

            if (pieces[place].Genre >= 0)
            {
                throw new StageException($"{labels.Path}: the recording '{row.RecordingId}' is there twice: a recording has one genre");
            }

            pieces[place] = pieces[place] with { Genre = genre };
        }

        ThrowIfAny(p => p.Genre < 0, "no label", "name the labels that the splits were made with as --labels");
    }

    private List<int> ReadRecordings(Media media, Progress progress, CancellationToken cancel)
    {
        var order = new List<int>(pieces.Length);
        foreach (TableReader<Recording> table in recordings)
        {
            foreach (Recording row in table.Read(cancel))
            {
                progress.Advance();
                if (!places.TryGetValue(row.RecordingId, out int place))
                {
                    continue;
                }

                Check(row, table.Path);
                if (pieces[place].Source >= 0)
                {
                    throw new StageException($"{table.Path}: the recording '{row.RecordingId}' was among the recordings before: each has one row");
                }

                Medium medium = Media.Of(row.Path);
                pieces[place] = pieces[place] with
                {
                    Source = sources.Add(row.Source),
                    DurationS = row.DurationS,
                    Medium = medium,
                };
                if (media.Has(medium))
                {
                    order.Add(place);
                }
                else
                {
                    unusable[medium] = unusable.GetValueOrDefault(medium) + 1;
                }
            }
        }

        if (order.Count == 0 && unusable.Count > 0)
        {
            string others = string.Join(" and ", unusable.Keys.Select(Media.Name));
            throw new StageException($"the recipe computes {media.Features}, of which {others} have none, and there are no others: take another recipe");
        }

        ThrowIfAny(p => p.Source < 0, "no row among the recordings", "name all tables of recordings that the splits were made with, each with --recordings");
        return order;
    }

    private void ThrowIfAny(Predicate<Piece> isWrong, string what, string whatToDo)
    {
        if (Array.Find(pieces, isWrong) is { RecordingId: { } first })
        {
            int count = pieces.Count(p => isWrong(p));
            throw new StageException($"{Amount.Of(count, "recording")} of {splits.Path} {(count == 1 ? "has" : "have")} {what}, first '{first}': {whatToDo}");
        }
    }

    // What another program wrote may be anything.
    private static void Check<T>(T row, string path) where T : ITableRow<T>
    {
        if (row.FindFault() is { } fault)
        {
            throw new StageException($"{path}: the row of '{row.RowKey}': {fault}");
        }
    }
}
