namespace Pipeline.Tables;

/// <summary>A recording with its segments.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Segments">Its segments; null where there are none.</param>
public sealed record RecordingWithSegments(Recording Recording, Segments? Segments)
{
    /// <summary>Puts the rows of both tables together; both are read once, front to back.</summary>
    /// <exception cref="TableException">The segments come in another order than the recordings.</exception>
    public static IEnumerable<RecordingWithSegments> Join(IEnumerable<Recording> recordings, IEnumerable<Segments>? segments)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        using IEnumerator<Segments>? rows = segments?.GetEnumerator();
        bool has = rows?.MoveNext() ?? false;
        foreach (Recording recording in recordings)
        {
            if (has && rows!.Current.RecordingId == recording.RecordingId)
            {
                yield return new RecordingWithSegments(recording, rows.Current);
                has = rows.MoveNext();
            }
            else
            {
                yield return new RecordingWithSegments(recording, null);
            }
        }

        if (has)
        {
            throw OutOfOrder(rows!.Current.RecordingId);
        }
    }

    /// <summary>What is thrown where the segments of a recording have no place among the recordings.</summary>
    public static TableException OutOfOrder(string recordingId) =>
        new($"the segments of {recordingId} have no recording, or come in another order than the recordings: make both tables with the same run");
}
