using Pipeline.Features;
using Pipeline.Recipes;
using Xunit;

namespace Pipeline.Tests.Features;

/// <summary>Several representations of the same sound, one under the other.</summary>
public sealed class StackTests
{
    private const int Rate = 11_025;

    private static readonly string[] Members =
    [
        """ "representation": "logmel", "part": "percussive", "stft": { "hop": 256 }, "mel": { "bands": 24 } """,
        """ "representation": "logmel", "stft": { "hop": 256, "fft_size": 1024 }, "mel": { "bands": 16 } """,
        """ "representation": "mfcc", "part": "harmonic", "coefficients": 5, "deltas": 1, "stft": { "hop": 256 } """,
        """ "representation": "chroma", "stft": { "hop": 256 } """,
    ];

    [Theory]
    [InlineData("""{ }""", 4)]
    [InlineData("""{ "length_s": 1.3, "keep_tail": 0.1 }""", 4)]
    [InlineData("""{ "length_s": 1.3, "keep_tail": 0.1 }""", 0.7)]
    [InlineData("""{ "length_s": 1.3, "fill": "pad" }""", 0.7)]
    [InlineData("""{ "length_frames": 50, "overlap": 0.5, "keep_tail": 0 }""", 4)]
    [InlineData("""{ "length_frames": 50 }""", 0.7)]
    [InlineData("""{ "length_frames": 50, "fill": "pad" }""", 0.7)]
    public void It_holds_what_each_representation_gives_alone(string window, double seconds)
    {
        float[] sound = Sound(seconds);
        FeatureSettings settings = Stack(window, Members);
        IReadOnlyList<FeatureWindow> stacked = new FeatureExtractor(settings).OfAudio(sound);
        for (int i = 0; i < Members.Length; i++)
        {
            StackMember member = settings.Stack[i];
            IReadOnlyList<FeatureWindow> alone = new FeatureExtractor(FeatureSettings.Parse($$"""{ {{Members[i]}}, "sample_rate": {{Rate}}, "window": {{window}} }""", "test")).OfAudio(sound);
            Assert.Equal(alone.Select(w => (w.Index, w.StartS, w.LengthS, w.Frames)), stacked.Select(w => (w.Index, w.StartS, w.LengthS, w.Frames)));
            foreach ((FeatureWindow one, FeatureWindow all) in alone.Zip(stacked))
            {
                Assert.Equal(one.Channels, member.Count);
                Assert.Equal(one.Values, all.Values[(member.First * all.Frames)..((member.First + member.Count) * all.Frames)]);
            }
        }

        Assert.All(stacked, w => Assert.Equal((24 + 16 + 10 + 12, w.Channels * w.Frames), (w.Channels, w.Values.Length)));
    }

    [Fact]
    public void Its_settings_are_complete_and_its_channels_have_names()
    {
        FeatureSettings settings = Stack("{}", Members);
        Assert.Equal(settings.Json, FeatureSettings.Parse(settings.Json, "test").Json);
        Assert.Contains("\"part\":\"all\"", settings.Json, StringComparison.Ordinal); // which the recipe does not say
        Assert.Equal(("stack", 62), (settings.Name, settings.Axes.Names!.Count));
        Assert.Equal([("m0", 0, 24), ("m1", 24, 16), ("m2", 40, 10), ("m3", 50, 12)], settings.Stack.Select(m => (m.Name, m.First, m.Count)));
        Assert.Matches("^m1 [0-9.]+ Hz$", settings.Axes.Names[24]);
        Assert.Equal(("m2 5", "m2 '1", "m3 C", "m3 B"), (settings.Axes.Names[44], settings.Axes.Names[45], settings.Axes.Names[50], settings.Axes.Names[61]));
        Assert.Empty(FeatureSettings.Parse("""{ "representation": "mfcc" }""", "test").Stack);
    }

    [Fact]
    public void Spectrograms_of_a_given_width_stand_beside_windows_of_as_many_frames()
    {
        string picture = """ "representation": "spectrogram", "height": 20, "width": 44 """;
        FeatureWindow window = Assert.Single(new FeatureExtractor(Stack("""{ "length_s": 1 }""", Members[1], picture)).OfAudio(Sound(1)));
        Assert.Equal((36, 44), (window.Channels, window.Frames));
        string statistics = """ "representation": "stats", "set": "gtzan" """;
        window = Assert.Single(new FeatureExtractor(Stack("{}", statistics, statistics + """, "part": "harmonic" """)).OfAudio(Sound(1)));
        Assert.Equal((114, 1), (window.Channels, window.Frames));
    }

    [Theory]
    [InlineData("{}", "mfcc", "", "mfcc", """, "stft": { "hop": 256 } """, "'stack' has a frame every 512 samples in 'm0' and every 256 in 'm1': give both the same hop")]
    [InlineData("{}", "mfcc", "", "chroma", """, "transform": "cqt", "hop": 1024 """, "'stack' has a frame every 512 samples in 'm0' and every 1024 in 'm1': give both the same hop")]
    [InlineData("{}", "mfcc", "", "mfcc", """, "stft": { "centred": false } """, "'stack' has frames at other times in 'm0' than in 'm1'")]
    [InlineData("{}", "spectrogram", "", "spectrogram", """, "width": 44 """, "'stack' has a width of 256 in 'm0' and of 44 in 'm1': give both the same")]
    [InlineData("{}", "mfcc", "", "spectrogram", """, "width": 44 """, "they stand together only with 'window.length_s'")]
    [InlineData("""{ "length_s": 1 }""", "mfcc", "", "spectrogram", "", "'stack' has 22 frames of a window in 'm0' and 256 in 'm1'")]
    [InlineData("""{ "length_frames": 10 }""", "spectrogram", "", "spectrogram", "", "there is no setting 'window.length_frames'")]
    [InlineData("{}", "mfcc", "", "segments", "", "'stack[1].representation' must be one of samples")]
    [InlineData("{}", "mfcc", "", "mfcc", """, "sample_rate": 11025 """, "there is no setting 'stack[1].sample_rate'")]
    public void What_does_not_stand_together_is_refused(string window, string one, string ofOne, string other, string ofOther, string complaint) => Assert.Contains(
        complaint,
        Assert.Throws<RecipeException>(() => Stack(window, $"\"representation\": \"{one}\"{ofOne}", $"\"representation\": \"{other}\"{ofOther}")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""[]""", "'stack' is missing")]
    [InlineData("""[{ "representation": "mfcc" }]""", "'stack[0].name' must be letters, digits and dashes")]
    [InlineData("""[{ "name": "0-9", "representation": "mfcc" }]""", "'stack[0].name' must be letters, digits and dashes")] // as ranges are written
    [InlineData("""[{ "name": "a", "representation": "mfcc" }, { "name": "a", "representation": "mfcc" }]""", "'stack[1].name' must be letters, digits and dashes")]
    [InlineData("""[{ "name": "a" }]""", "'stack[0].representation' must be one of samples")]
    public void Members_have_names_of_their_own(string stack, string complaint) => Assert.Contains(
        complaint, Assert.Throws<RecipeException>(() => FeatureSettings.Parse($$"""{ "representation": "stack", "stack": {{stack}} }""", "test")).Message, StringComparison.Ordinal);

    private static FeatureSettings Stack(string window, params string[] members) => FeatureSettings.Parse(
        $$"""{ "representation": "stack", "sample_rate": {{Rate}}, "stack": [{{string.Join(", ", members.Select((m, i) => $"{{ \"name\": \"m{i}\", {m} }}"))}}], "window": {{window}} }""", "test");

    // A tone, a louder one later on, and clicks.
    private static float[] Sound(double seconds) =>
        [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i => 0.2f * MathF.Sin(i * 0.2f) + (i > 5000 ? 0.4f * MathF.Sin(i * 0.31f) : 0) + (i % 3000 == 0 ? 0.9f : 0))];
}
