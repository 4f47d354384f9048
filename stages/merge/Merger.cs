using Pipeline.Cli;
using Pipeline.Tables;

namespace Pipeline.Stages.Merging;

/// <summary>Writes one table of many, row by row. What it holds of each row is its key's hash, ten bytes.</summary>
/// <param name="parts">The tables.</param>
/// <param name="output">The table to write.</param>
/// <param name="isQuiet">Whether no progress is shown.</param>
/// <param name="cancel">Ends the work.</param>
internal sealed class Merger(Parts parts, string output, bool isQuiet, CancellationToken cancel)
{
    /// <summary>Writes all rows; none may have the key of another.</summary>
    public void Copy<T>() where T : class, ITableRow<T>
    {
        var keys = new KeySet(parts.RowCount);
        Write<T>((row, path) => keys.Add(row.RowKey)
            ? row
            : throw new TableException($"{path}: the key '{row.RowKey}' has come before: name tables of '{parts.TableName}' that have no row in common"));
    }

    /// <summary>Writes recordings; a track that comes again in another part is named as it would be within one.</summary>
    public void CopyRecordings()
    {
        var tracks = new RepeatedTracks(parts.RowCount);
        Write<Recording>((row, _) => tracks.RenameAgain(row));
    }

    /// <summary>Writes segments; of a track that comes again those of the first, if its recording is sound.</summary>
    /// <param name="recordings">The table of all recordings.</param>
    /// <exception cref="StageException">It is not there, or that of another run.</exception>
    public void CopySegments(string? recordings)
    {
        if (recordings is null)
        {
            throw new StageException("of a track that comes twice one recording has segments, which the segments alone do not tell: merge the recordings first, and name them with --recordings");
        }

        TableReader<Recording> table = TableReader<Recording>.Open(recordings);
        if (table.Provenance.ToJson() != parts.Provenance.ToJson())
        {
            throw new StageException($"{recordings} is not the table of recordings that was made with these segments: merge the recordings of the same run first, and name them with --recordings");
        }

        var keys = new KeySet(parts.RowCount);
        foreach (Recording recording in table.Read(cancel))
        {
            if (recording.Fault is not null)
            {
                keys.Add(recording.RecordingId);
            }
        }

        Write<Segments>((row, _) => keys.Add(row.RecordingId) ? row : null);
    }

    private void Write<T>(Func<T, string, T?> rule) where T : class, ITableRow<T>
    {
        TableReader<T>[] tables = [.. parts.All.Select(p => TableReader<T>.Open(p.Path))];
        using TableWriter<T> whole = TableWriter<T>.Create(output, parts.Provenance);
        using (var progress = Progress.Start("rows", parts.RowCount, isQuiet))
        {
            foreach (TableReader<T> table in tables)
            {
                foreach (T row in table.Read(cancel))
                {
                    if (rule(row, table.Path) is { } merged)
                    {
                        whole.Write(merged);
                    }

                    progress.Advance();
                }
            }
        }

        cancel.ThrowIfCancellationRequested();
        whole.Commit();
        Terminal.Message($"{Amount.Of(whole.RowCount, "row")} of {parts.TableName} from {Amount.Of(tables.Length, "part")}"
            + (whole.RowCount < parts.RowCount ? $"; {parts.RowCount - whole.RowCount} of tracks that had come before left out" : ""));
    }
}
