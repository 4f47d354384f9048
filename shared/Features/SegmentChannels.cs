using Pipeline.Tables;

namespace Pipeline.Features;

/// <summary>
/// The <c>segments</c> representation: a frame for each segment, of 28 channels: timbre (12), pitches C to B (12), loudness
/// at the start, at most (both in decibels) and the seconds between these two, and the segment's length in seconds.
/// </summary>
public static class SegmentChannels
{
    /// <summary>Channels of a segment.</summary>
    public const int Count = 2 * Segments.Dimensions + 4;

    /// <summary>The channels' names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Enumerable.Range(1, Segments.Dimensions).Select(i => $"timbre_{i}"),
        .. new[] { "C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B" }.Select(p => $"pitch_{p}"),
        "loudness_start", "loudness_max", "loudness_max_time", "duration",
    ];

    /// <summary>The channels of some segments.</summary>
    /// <param name="song">The segments.</param>
    /// <param name="first">The first one wanted.</param>
    /// <param name="count">How many are wanted.</param>
    /// <returns>28 x count values, all of the first channel, then all of the second.</returns>
    public static float[] Of(Segments song, int first, int count)
    {
        ArgumentNullException.ThrowIfNull(song);
        const int d = Segments.Dimensions;
        float[] values = new float[Count * count];
        for (int frame = 0; frame < count; frame++)
        {
            int i = first + frame;
            for (int k = 0; k < d; k++)
            {
                values[k * count + frame] = song.Timbre[d * i + k];
                values[(d + k) * count + frame] = song.Pitches[d * i + k];
            }

            values[2 * d * count + frame] = song.LoudnessStart[i];
            values[(2 * d + 1) * count + frame] = song.LoudnessMax[i];
            values[(2 * d + 2) * count + frame] = song.LoudnessMaxTime[i];
            values[(2 * d + 3) * count + frame] = (float)(End(song, i) - song.Start[i]);
        }

        return values;
    }

    /// <summary>Where a segment ends, in seconds: at the start of the next one, or of nothing.</summary>
    public static double End(Segments song, int i) =>
        i + 1 < song.Start.Length ? song.Start[i + 1] : Math.Max(song.DurationS, song.Start[i]);
}
