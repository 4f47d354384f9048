using Pipeline.Dsp.Segments;
using Pipeline.Msd;
using Pipeline.Tables;

namespace Pipeline.Features;

/// <summary>Puts the analysis of audio, and that of a song file, in the form of the table of segments.</summary>
public static class SegmentRows
{
    /// <summary>The row of a recording.</summary>
    /// <param name="recordingId">Key of the recording.</param>
    /// <param name="song">Its analysis.</param>
    public static Segments Of(string recordingId, SongAnalysis song)
    {
        ArgumentNullException.ThrowIfNull(song);
        return new Segments(
            recordingId, song.Start, song.Confidence, song.LoudnessStart, song.LoudnessMax, song.LoudnessMaxTime, song.Pitches, song.Timbre,
            song.DurationS, song.Tempo, song.Key, song.Mode, song.TimeSignature, song.FadeInEndS, song.FadeOutStartS,
            song.BeatsStart, song.BeatsConfidence, song.BarsStart, song.BarsConfidence,
            song.SectionsStart, song.SectionsConfidence, song.TatumsStart, song.TatumsConfidence);
    }

    /// <summary>The row of a song file.</summary>
    /// <param name="recordingId">Key of the recording.</param>
    /// <param name="song">A song that <see cref="MsdFault.Find"/> finds no fault in: everything is there.</param>
    public static Segments Of(string recordingId, MsdSong song)
    {
        ArgumentNullException.ThrowIfNull(song);
        return new Segments(
            recordingId, song.SegmentsStart!, song.SegmentsConfidence!, song.SegmentsLoudnessStart!, song.SegmentsLoudnessMax!, song.SegmentsLoudnessMaxTime!,
            song.SegmentsPitches!, song.SegmentsTimbre!, song.DurationS, song.Tempo, song.Key!.Value, song.Mode!.Value, song.TimeSignature!.Value,
            song.FadeInEndS, song.FadeOutStartS, song.BeatsStart!, song.BeatsConfidence!, song.BarsStart!, song.BarsConfidence!,
            song.SectionsStart!, song.SectionsConfidence!, song.TatumsStart!, song.TatumsConfidence!);
    }
}
