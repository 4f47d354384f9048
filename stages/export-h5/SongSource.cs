using Pipeline.Cli;
using Pipeline.Tables;

namespace Pipeline.Stages.Hdf5Export;

/// <summary>A recording with its segments.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Segments">Its segments; null where there are none.</param>
internal sealed record SongSource(Recording Recording, Segments? Segments)
{
    /// <summary>Puts the rows of both tables together; both are read once, front to back.</summary>
    /// <exception cref="StageException">The segments come in another order than the recordings.</exception>
    public static IEnumerable<SongSource> Join(IEnumerable<Recording> recordings, IEnumerable<Segments>? segments)
    {
        using IEnumerator<Segments>? rows = segments?.GetEnumerator();
        bool has = rows?.MoveNext() ?? false;
        foreach (Recording recording in recordings)
        {
            if (has && rows!.Current.RecordingId == recording.RecordingId)
            {
                yield return new SongSource(recording, rows.Current);
                has = rows.MoveNext();
            }
            else
            {
                yield return new SongSource(recording, null);
            }
        }

        if (has)
        {
            throw new StageException($"the segments of {rows!.Current.RecordingId} have no recording, or come in another order than the recordings: make both tables with the same run");
        }
    }
}
