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

    /// <summary>Analyses a piece.</summary>
    /// <param name="samples">The whole signal, one channel at <see cref="SampleRate"/>, full scale at 1.</param>
    public SongAnalysis Analyze(ReadOnlySpan<float> samples)
    {
        FrameMatrix spectrum = spectrogram.Compute(samples);
        int[] firstFrames = segmenter.Divide(spectrum);
        SegmentAnalysis segments = SegmentAnalysis.Measure(spectrum, firstFrames, spectrogram.Settings);
        double duration = (double)samples.Length / SampleRate;
        (double fadeInEnd, double fadeOutStart) = Loudness.Fades(segments.Start, segments.LoudnessMax, duration);
        return new SongAnalysis
        {
            DurationS = duration,
            FadeInEndS = fadeInEnd,
            FadeOutStartS = fadeOutStart,
            LoudnessDb = Loudness.OfWhole(segments.LoudnessMax),
            Start = segments.Start,
            Confidence = segments.Confidence,
            LoudnessStart = segments.LoudnessStart,
            LoudnessMax = segments.LoudnessMax,
            LoudnessMaxTime = segments.LoudnessMaxTime,
            Timbre = segments.Timbre,
            Pitches = new float[segments.Timbre.Length],
            Tempo = 0,
            Key = 0,
            KeyConfidence = 0,
            Mode = 1,
            ModeConfidence = 0,
            TimeSignature = 4,
            TimeSignatureConfidence = 0,
            BeatsStart = [],
            BeatsConfidence = [],
            BarsStart = [],
            BarsConfidence = [],
            SectionsStart = [],
            SectionsConfidence = [],
            TatumsStart = [],
            TatumsConfidence = [],
        };
    }
}
