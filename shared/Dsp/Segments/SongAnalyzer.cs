namespace Pipeline.Dsp.Segments;

/// <summary>
/// Finds in a piece of music what the Million Song Dataset gives for one. Everything is planned once; it keeps buffers and is
/// for one thread at a time.
/// </summary>
public sealed class SongAnalyzer
{
    /// <summary>Samples a second that the analysis expects.</summary>
    public const int SampleRate = 22_050;

    private readonly AuditorySpectrogram spectrogram = new(new AuditorySettings { SampleRate = SampleRate });
    private readonly Segmenter segmenter = new(new SegmenterSettings());
    private readonly SegmentPitches segmentPitches = new(SampleRate);
    private readonly BeatAnalysis beatAnalysis = new();

    /// <summary>Analyses a piece.</summary>
    /// <param name="samples">The whole signal, one channel at <see cref="SampleRate"/>, full scale at 1.</param>
    public SongAnalysis Analyze(ReadOnlySpan<float> samples)
    {
        FrameMatrix spectrum = spectrogram.Compute(samples);
        FrameMatrix masked = spectrogram.Mask(spectrum);
        int[] firstFrames = segmenter.Divide(masked);
        SegmentAnalysis segments = SegmentAnalysis.Measure(masked, firstFrames, spectrogram.Settings);
        double duration = (double)samples.Length / SampleRate;
        float[] pitches = segmentPitches.Compute(samples, segments.Start, duration);
        BeatGrid beats = beatAnalysis.Compute(spectrum, spectrogram.FrameRate);
        KeyEstimate key = KeyEstimate.Of(pitches, Lengths(segments.Start, duration));
        (float[] sections, float[] sectionsConfidence) = Sections.Find(segments.Start, segments.Timbre, pitches, beats.BeatsStart, duration);
        (double fadeInEnd, double fadeOutStart) = Loudness.Fades(segments.Start, segments.LoudnessMax, duration);
        return new SongAnalysis
        {
            DurationS = duration,
            FadeInEndS = fadeInEnd,
            FadeOutStartS = fadeOutStart,
            LoudnessDb = Loudness.OfWhole(segments.LoudnessMax),
            Tempo = beats.Tempo,
            Key = key.Key,
            KeyConfidence = key.KeyConfidence,
            Mode = key.Mode,
            ModeConfidence = key.ModeConfidence,
            TimeSignature = beats.TimeSignature,
            TimeSignatureConfidence = beats.TimeSignatureConfidence,
            Start = segments.Start,
            Confidence = segments.Confidence,
            LoudnessStart = segments.LoudnessStart,
            LoudnessMax = segments.LoudnessMax,
            LoudnessMaxTime = segments.LoudnessMaxTime,
            Pitches = pitches,
            Timbre = segments.Timbre,
            BeatsStart = beats.BeatsStart,
            BeatsConfidence = beats.BeatsConfidence,
            BarsStart = beats.BarsStart,
            BarsConfidence = beats.BarsConfidence,
            SectionsStart = sections,
            SectionsConfidence = sectionsConfidence,
            TatumsStart = beats.TatumsStart,
            TatumsConfidence = beats.TatumsConfidence,
        };
    }

    private static float[] Lengths(float[] start, double end) =>
        [.. start.Select((from, i) => (float)((i + 1 < start.Length ? start[i + 1] : end) - from))];
}
