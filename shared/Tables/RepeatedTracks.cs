namespace Pipeline.Tables;

/// <summary>
/// Keys of recordings must not repeat, and tracks do: one that comes a second time gets its path for a key, and the fault
/// <c>duplicate</c>. What it remembers of the tracks is a <see cref="KeySet"/>.
/// </summary>
/// <param name="expected">How many recordings there will be.</param>
public sealed class RepeatedTracks(long expected = 0)
{
    private const string Fault = "duplicate";

    private readonly KeySet keys = new(expected);

    /// <summary>The recording as it is, or as a repetition. A repetition has no segments, and no recording with a fault has.</summary>
    public Recording Rename(Recording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        string key = recording.RecordingId;
        if (keys.Add(key))
        {
            return recording;
        }

        string path = $"{recording.Source}/{recording.Path}";
        string other = path;
        for (int n = 2; !keys.Add(other); n++)
        {
            other = $"{path}#{n}"; // a file of many songs
        }

        string detail = Detail(key);
        return recording with
        {
            RecordingId = other,
            Fault = recording.Fault ?? Fault,
            FaultDetail = recording.FaultDetail is { } first ? $"{first}; {detail}" : detail,
            DuplicateGroup = key,
        };
    }

    /// <summary>
    /// The same for the rows of parts, one part after the other. What was a repetition within its part was renamed there, by what
    /// the part knew; it is a repetition among all rows too, and named as if they had been one table from the start.
    /// </summary>
    public Recording RenameAgain(Recording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return Rename(Original(recording));
    }

    private static Recording Original(Recording recording)
    {
        if (recording.DuplicateGroup is not { } key || recording.FaultDetail is not { } details || !details.EndsWith(Detail(key), StringComparison.Ordinal))
        {
            return recording;
        }

        int end = details.Length - Detail(key).Length - "; ".Length;
        return recording with
        {
            RecordingId = key,
            Fault = recording.Fault == Fault ? null : recording.Fault,
            FaultDetail = end < 0 ? null : details[..end],
            DuplicateGroup = null,
        };
    }

    private static string Detail(string key) => $"it is the track of {key} once more";
}
