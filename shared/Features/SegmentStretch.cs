using Pipeline.Tables;

namespace Pipeline.Features;

/// <summary>Cuts a stretch out of a recording's segments.</summary>
public static class SegmentStretch
{
    /// <summary>The segments that begin within a stretch; times count from its beginning.</summary>
    /// <param name="song">The whole recording.</param>
    /// <param name="offsetS">Beginning of the stretch in seconds.</param>
    /// <param name="lengthS">Its length in seconds; it ends with the recording at the latest.</param>
    public static Segments Cut(Segments song, double offsetS, double lengthS)
    {
        ArgumentNullException.ThrowIfNull(song);
        double end = Math.Min(offsetS + lengthS, song.DurationS);
        if (offsetS <= 0 && end >= song.DurationS)
        {
            return song;
        }

        const int d = Segments.Dimensions;
        Range range = Within(song.Start, offsetS, end);
        (int first, int count) = range.GetOffsetAndLength(song.Start.Length);
        Range wide = (d * first)..(d * (first + count));
        Range beats = Within(song.BeatsStart, offsetS, end);
        Range bars = Within(song.BarsStart, offsetS, end);
        Range sections = Within(song.SectionsStart, offsetS, end);
        Range tatums = Within(song.TatumsStart, offsetS, end);
        return song with
        {
            Start = Shifted(song.Start[range], offsetS),
            Confidence = song.Confidence[range],
            LoudnessStart = song.LoudnessStart[range],
            LoudnessMax = song.LoudnessMax[range],
            LoudnessMaxTime = song.LoudnessMaxTime[range],
            Pitches = song.Pitches[wide],
            Timbre = song.Timbre[wide],
            DurationS = Math.Max(0, end - offsetS),
            FadeInEndS = Math.Clamp(song.FadeInEndS - offsetS, 0, Math.Max(0, end - offsetS)),
            FadeOutStartS = Math.Clamp(song.FadeOutStartS - offsetS, 0, Math.Max(0, end - offsetS)),
            BeatsStart = Shifted(song.BeatsStart[beats], offsetS),
            BeatsConfidence = song.BeatsConfidence[beats],
            BarsStart = Shifted(song.BarsStart[bars], offsetS),
            BarsConfidence = song.BarsConfidence[bars],
            SectionsStart = Shifted(song.SectionsStart[sections], offsetS),
            SectionsConfidence = song.SectionsConfidence[sections],
            TatumsStart = Shifted(song.TatumsStart[tatums], offsetS),
            TatumsConfidence = song.TatumsConfidence[tatums],
        };
    }

    private static Range Within(float[] starts, double from, double to)
    {
        int first = 0;
        while (first < starts.Length && starts[first] < from)
        {
            first++;
        }

        int end = first;
        while (end < starts.Length && starts[end] < to)
        {
            end++;
        }

        return first..end;
    }

    private static float[] Shifted(float[] starts, double by) => Array.ConvertAll(starts, s => (float)(s - by));
}
