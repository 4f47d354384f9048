namespace Pipeline.Msd;

/// <summary>What is wrong with a song.</summary>
/// <param name="Name">Its name, one of <see cref="MsdFaultNames"/>.</param>
/// <param name="Detail">In words.</param>
public sealed record MsdFault(string Name, string Detail)
{
    private const double LongestS = 24 * 3600;
    private const double FastestTempo = 1000;
    private const int LastYear = 2100;
    private const int HighestSampleRate = 1_000_000;

    // Of what may be unknown.
    private const int Unknown = -1;

    // The Echo Nest's decibels lie between -60 and a little above 0.
    private const float QuietestDb = -200;
    private const float LoudestDb = 60;

    // Its starts and lengths are rounded each for itself.
    private const double ToleranceS = 0.5;

    /// <summary>The gravest fault of a song, or null.</summary>
    public static MsdFault? Find(MsdSong song)
    {
        ArgumentNullException.ThrowIfNull(song);
        return Missing(song) ?? Empty(song) ?? Unequal(song) ?? NotFinite(song) ?? Absurd(song);
    }

    private static MsdFault? Missing(MsdSong song)
    {
        List<string> missing =
        [
            .. Arrays(song).Where(a => a.Values is null).Select(a => a.Name),
            .. Counts(song).Where(n => n.Value is null).Select(n => n.Name),
        ];
        return missing.Count == 0 ? null : new(MsdFaultNames.Incomplete, $"it has no {string.Join(", ", missing)}");
    }

    private static MsdFault? Empty(MsdSong song) =>
        song.SegmentsStart!.Length > 0 ? null : new(MsdFaultNames.NoSegments, "it has no segments");

    private static MsdFault? Unequal(MsdSong song)
    {
        foreach (Array array in Arrays(song))
        {
            int expected = array.Of.Length * array.PerStart;
            if (array.Values!.Length != expected)
            {
                return new(MsdFaultNames.UnequalLengths, $"{array.Name} has {array.Values.Length} values, {expected} go with {array.OfName}");
            }
        }

        return null;
    }

    private static MsdFault? NotFinite(MsdSong song)
    {
        foreach ((string name, double value) in Reals(song))
        {
            if (!double.IsFinite(value))
            {
                return new(MsdFaultNames.NotFinite, $"{name} is {value}");
            }
        }

        foreach (Array array in Arrays(song))
        {
            int at = System.Array.FindIndex(array.Values!, v => !float.IsFinite(v));
            if (at >= 0)
            {
                return new(MsdFaultNames.NotFinite, $"{array.Name} has {array.Values![at]} at {at}");
            }
        }

        return null;
    }

    private static MsdFault? Absurd(MsdSong song)
    {
        string? detail =
            Outside("duration", song.DurationS, 0.001, LongestS)
            ?? Outside("tempo", song.Tempo, 0, FastestTempo)
            ?? Outside("loudness", song.LoudnessDb, QuietestDb, LoudestDb)
            ?? Outside("key", song.Key!.Value, 0, 11)
            ?? Outside("mode", song.Mode!.Value, 0, 1)
            ?? Outside("time_signature", song.TimeSignature!.Value, 0, 32)
            ?? Outside("year", song.Year ?? 0, Unknown, LastYear)
            ?? Outside("analysis_sample_rate", song.SampleRate ?? 0, Unknown, HighestSampleRate)
            ?? Outside("key_confidence", song.KeyConfidence, 0, 1)
            ?? Outside("mode_confidence", song.ModeConfidence, 0, 1)
            ?? Outside("time_signature_confidence", song.TimeSignatureConfidence, 0, 1)
            ?? Outside("segments_loudness_start", song.SegmentsLoudnessStart!, QuietestDb, LoudestDb)
            ?? Outside("segments_loudness_max", song.SegmentsLoudnessMax!, QuietestDb, LoudestDb)
            ?? Outside("segments_pitches", song.SegmentsPitches!, 0, 1)
            ?? Arrays(song).Where(a => a.IsConfidence).Select(a => Outside(a.Name, a.Values!, 0, 1)).FirstOrDefault(o => o is not null)
            ?? Arrays(song).Where(a => a.IsStart).Select(a => Unordered(a, song.DurationS)).FirstOrDefault(o => o is not null);
        return detail is null ? null : new(MsdFaultNames.Absurd, detail);
    }

    private static string? Outside(string name, double value, double least, double most) =>
        value >= least && value <= most ? null : $"{name} is {value}";

    private static string? Outside(string name, float[] values, float least, float most)
    {
        int at = System.Array.FindIndex(values, v => v < least || v > most);
        return at < 0 ? null : $"{name} has {values[at]} at {at}";
    }

    private static string? Unordered(Array array, double durationS)
    {
        float[] starts = array.Values!;
        for (int i = 1; i < starts.Length; i++)
        {
            if (starts[i] < starts[i - 1])
            {
                return $"{array.Name} goes back from {starts[i - 1]} to {starts[i]} at {i}";
            }
        }

        // Beats, bars and tatums are counted on beyond the ends.
        return array.Name != "segments_start" || starts[0] >= 0 && starts[^1] <= durationS + ToleranceS
            ? null
            : $"segments_start has {(starts[0] < 0 ? starts[0] : starts[^1])}, the song lasts from 0 to {durationS}";
    }

    private static IEnumerable<(string Name, int? Value)> Counts(MsdSong song) =>
        [("key", song.Key), ("mode", song.Mode), ("time_signature", song.TimeSignature)];

    private static IEnumerable<(string Name, double Value)> Reals(MsdSong song) =>
    [
        ("duration", song.DurationS), ("tempo", song.Tempo), ("loudness", song.LoudnessDb),
        ("end_of_fade_in", song.FadeInEndS), ("start_of_fade_out", song.FadeOutStartS),
        ("key_confidence", song.KeyConfidence), ("mode_confidence", song.ModeConfidence), ("time_signature_confidence", song.TimeSignatureConfidence),
    ];

    private static IEnumerable<Array> Arrays(MsdSong song)
    {
        float[] segments = song.SegmentsStart ?? [];
        return
        [
            new("segments_start", song.SegmentsStart, 1, segments, "segments_start"),
            new("segments_confidence", song.SegmentsConfidence, 1, segments, "segments_start"),
            new("segments_loudness_start", song.SegmentsLoudnessStart, 1, segments, "segments_start"),
            new("segments_loudness_max", song.SegmentsLoudnessMax, 1, segments, "segments_start"),
            new("segments_loudness_max_time", song.SegmentsLoudnessMaxTime, 1, segments, "segments_start"),
            new("segments_pitches", song.SegmentsPitches, MsdLayout.SegmentValues, segments, "segments_start"),
            new("segments_timbre", song.SegmentsTimbre, MsdLayout.SegmentValues, segments, "segments_start"),
            new("beats_start", song.BeatsStart, 1, song.BeatsStart ?? [], "beats_start"),
            new("beats_confidence", song.BeatsConfidence, 1, song.BeatsStart ?? [], "beats_start"),
            new("bars_start", song.BarsStart, 1, song.BarsStart ?? [], "bars_start"),
            new("bars_confidence", song.BarsConfidence, 1, song.BarsStart ?? [], "bars_start"),
            new("sections_start", song.SectionsStart, 1, song.SectionsStart ?? [], "sections_start"),
            new("sections_confidence", song.SectionsConfidence, 1, song.SectionsStart ?? [], "sections_start"),
            new("tatums_start", song.TatumsStart, 1, song.TatumsStart ?? [], "tatums_start"),
            new("tatums_confidence", song.TatumsConfidence, 1, song.TatumsStart ?? [], "tatums_start"),
        ];
    }

    private readonly record struct Array(string Name, float[]? Values, int PerStart, float[] Of, string OfName)
    {
        public bool IsStart => Name.EndsWith("_start", StringComparison.Ordinal) && Name != "segments_loudness_start";

        public bool IsConfidence => Name.EndsWith("_confidence", StringComparison.Ordinal);
    }
}
