using Pipeline.Dsp.Segments;

namespace Pipeline.Msd;

/// <summary>Puts the analysis of audio where a song of the Million Song Dataset has that of the Echo Nest.</summary>
public static class MsdAnalysis
{
    /// <summary>A song with all that the analysis gives; what it does not give stays as it is.</summary>
    public static MsdSong With(this MsdSong song, SongAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(song);
        ArgumentNullException.ThrowIfNull(analysis);
        return song with
        {
            DurationS = analysis.DurationS,
            FadeInEndS = analysis.FadeInEndS,
            FadeOutStartS = analysis.FadeOutStartS,
            LoudnessDb = analysis.LoudnessDb,
            Tempo = analysis.Tempo,
            Key = analysis.Key,
            KeyConfidence = analysis.KeyConfidence,
            Mode = analysis.Mode,
            ModeConfidence = analysis.ModeConfidence,
            TimeSignature = analysis.TimeSignature,
            TimeSignatureConfidence = analysis.TimeSignatureConfidence,
            SegmentsStart = analysis.Start,
            SegmentsConfidence = analysis.Confidence,
            SegmentsLoudnessStart = analysis.LoudnessStart,
            SegmentsLoudnessMax = analysis.LoudnessMax,
            SegmentsLoudnessMaxTime = analysis.LoudnessMaxTime,
            SegmentsPitches = analysis.Pitches,
            SegmentsTimbre = analysis.Timbre,
            BeatsStart = analysis.BeatsStart,
            BeatsConfidence = analysis.BeatsConfidence,
            BarsStart = analysis.BarsStart,
            BarsConfidence = analysis.BarsConfidence,
            SectionsStart = analysis.SectionsStart,
            SectionsConfidence = analysis.SectionsConfidence,
            TatumsStart = analysis.TatumsStart,
            TatumsConfidence = analysis.TatumsConfidence,
        };
    }
}
