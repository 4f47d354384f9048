using Pipeline.Features;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests.Features;

public sealed class FeatureExtractorTests
{
    [Theory]
    [InlineData("logmel", "loop")]
    [InlineData("logmel", "pad")]
    [InlineData("mfcc", "loop")]
    [InlineData("chroma", "pad")]
    public void What_is_shorter_than_an_uncentred_frame_is_too_short(string representation, string fill)
    {
        string frames = $$"""{ "representation": "{{representation}}", "stft": { "centred": false }, "window": { "length_frames": 10, "shortest_s": 0, "fill": "{{fill}}" } }""";
        Assert.Equal("too-short", FaultOf(frames, 2047));
        Assert.Equal(10, Assert.Single(Windows(frames, 2048)).Frames);
        string seconds = $$"""{ "representation": "{{representation}}", "stft": { "centred": false }, "window": { "length_s": 0.05, "shortest_s": 0, "fill": "{{fill}}" } }""";
        Assert.Equal("too-short", FaultOf(seconds, 22_050));
    }

    [Fact]
    public void What_has_more_values_than_a_matrix_has_room_for_is_too_long() =>
        Assert.Equal("too-long", FaultOf("""{ "representation": "spectrogram", "stft": { "fft_size": 16, "hop": 1 }, "height": 4096 }""", 550_000));

    [Theory]
    [InlineData("""{ "representation": "segments" }""", float.NaN)]
    [InlineData("""{ "representation": "chroma", "transform": "cqt" }""", float.PositiveInfinity)]
    [InlineData("""{ "representation": "stats", "set": "gtzan" }""", float.NaN)]
    public void Samples_that_are_no_numbers_are_named(string settings, float sample)
    {
        float[] tone = [.. Enumerable.Range(0, 22_050).Select(i => MathF.Sin(i * 0.2f))];
        tone[1000] = sample;
        var extractor = new FeatureExtractor(FeatureSettings.Parse(settings, "test"));
        Assert.Equal("not-finite", Assert.Throws<FeatureException>(() => extractor.OfAudio(tone)).Fault);
        tone[1000] = 0;
        Assert.Single(extractor.OfAudio(tone)); // and leave nothing behind
    }

    [Fact]
    public void Segments_that_do_not_follow_each_other_are_faulty()
    {
        var song = new Segments(
            "a", [0, 2, 1, 3], new float[4], new float[4], new float[4], new float[4], new float[48], new float[48],
            DurationS: 4, Tempo: 120, Key: 0, Mode: 0, TimeSignature: 4, FadeInEndS: 0, FadeOutStartS: 4, [], [], [], [], [], [], [], []);
        var extractor = new FeatureExtractor(FeatureSettings.Parse("""{ "window": { "length_frames": 2, "shortest_s": 0 } }""", "test"));
        Assert.Equal("faulty", Assert.Throws<FeatureException>(() => extractor.OfSegments(song)).Fault);
        Assert.Equal(2, extractor.OfSegments(song with { Start = [0, 1, 1, 3] }).Count);
    }

    private static string FaultOf(string settings, int samples) => Assert.Throws<FeatureException>(() => Windows(settings, samples)).Fault;

    private static IReadOnlyList<FeatureWindow> Windows(string settings, int samples)
    {
        float[] tone = [.. Enumerable.Range(0, samples).Select(i => MathF.Sin(i * 0.2f))];
        return new FeatureExtractor(FeatureSettings.Parse(settings, "test")).OfAudio(tone);
    }
}
