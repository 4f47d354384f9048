using Pipeline.Features;
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
        Assert.Equal("too-long", FaultOf("""{ "representation": "spectrogram", "stft": { "fft_size": 16, "hop": 1 }, "height": 16384 }""", 140_000));

    private static string FaultOf(string settings, int samples) => Assert.Throws<FeatureException>(() => Windows(settings, samples)).Fault;

    private static IReadOnlyList<FeatureWindow> Windows(string settings, int samples)
    {
        float[] tone = [.. Enumerable.Range(0, samples).Select(i => MathF.Sin(i * 0.2f))];
        return new FeatureExtractor(FeatureSettings.Parse(settings, "test")).OfAudio(tone);
    }
}
