namespace Pipeline.Stages.MsdIngestion;

/// <summary>
/// Notices a track that has come before: keys must not repeat. It remembers eight bytes a song, and is the one thing here
/// that grows with their number.
/// </summary>
internal sealed class SeenTracks
{
    private readonly HashSet<ulong> keys = [];

    /// <summary>The song as it is; one whose key has come before gets its path for a key, and the fault.</summary>
    public Song Rename(Song song)
    {
        string key = song.Recording.RecordingId;
        if (keys.Add(Hash(key)))
        {
            return song;
        }

        string other = $"{song.Recording.Source}/{song.Recording.Path}";
        for (int n = 2; !keys.Add(Hash(other)); n++)
        {
            other = $"{song.Recording.Source}/{song.Recording.Path}#{n}"; // a file of many songs
        }

        string detail = $"it is the track of {key} once more";
        return new Song(
            song.Recording with
            {
                RecordingId = other,
                Fault = song.Recording.Fault ?? FaultNames.Duplicate,
                FaultDetail = song.Recording.FaultDetail is { } first ? $"{first}; {detail}" : detail,
                DuplicateGroup = key,
            },
            null);
    }

    // FNV-1a: 64 bits, of which two keys of a million share all with a chance of 1 to 30 million.
    private static ulong Hash(string key)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in key)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return hash;
    }
}
