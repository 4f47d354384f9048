using Pipeline.Features;
using Pipeline.Pictures;
using Xunit;

namespace Pipeline.Tests.Features;

/// <summary>What the representations make of music whose answer is known.</summary>
public sealed class RepresentationTests
{
    private const int Rate = 22_050;

    [Theory]
    [InlineData("linear", 100, 1)]
    [InlineData("linear", 1000, 7)]
    [InlineData("linear", 10_000, 50)]
    [InlineData("log", 100, 20)]
    [InlineData("log", 1000, 3)]
    [InlineData("log", 10_000, 9)]
    public void A_tone_lies_in_the_row_of_its_frequency(string scale, double hertz, double width)
    {
        var settings = FeatureSettings.Parse($$"""{ "representation": "spectrogram", "frequency": "{{scale}}", "height": 96, "width": 40, "stft": { "hop": 256 } }""", "test");
        FeatureWindow window = Assert.Single(new FeatureExtractor(settings).OfAudio(Tone(hertz, 3)));
        Assert.Equal((96, 40, 3.0), (window.Channels, window.Frames, window.LengthS));
        int loudest = Enumerable.Range(0, 96).MaxBy(row => window.Values[row * 40 + 20]);
        double above = settings.Axes.Hertz![Math.Min(95, loudest + 1)], below = settings.Axes.Hertz[Math.Max(0, loudest - 1)];
        Assert.InRange(hertz, below - width, above + width);
    }

    [Theory]
    [InlineData("stft")]
    [InlineData("cqt")]
    [InlineData("cens")]
    public void A_tone_of_440_hertz_is_an_A(string transform)
    {
        FeatureWindow window = Assert.Single(Compute($$"""{ "representation": "chroma", "transform": "{{transform}}" }""", Tone(440, 3)));
        int frames = window.Frames;
        for (int t = frames / 4; t < 3 * frames / 4; t++)
        {
            Assert.Equal(9, Enumerable.Range(0, 12).MaxBy(k => window.Values[k * frames + t]));
        }
    }

    [Fact]
    public void Clicks_are_percussive_and_tones_are_not()
    {
        float[] sound = Tone(440, 3);
        for (int i = 4000; i < sound.Length; i += 8000)
        {
            sound[i] += 0.9f;
        }

        float[] Mean(string part) => Frames(Assert.Single(Compute($$"""{ "representation": "logmel", "part": "{{part}}", "level": { "range_db": null } }""", sound)));
        float[] all = Mean("all"), harmonic = Mean("harmonic"), percussive = Mean("percussive");
        int tone = Enumerable.Range(0, 128).MaxBy(band => all[band]);
        Assert.True(harmonic[tone] > percussive[tone] + 10);
        Assert.True(percussive[100] > harmonic[100] + 5);

        static float[] Frames(FeatureWindow window) =>
            [.. Enumerable.Range(0, window.Channels).Select(band => window.Values.AsSpan(band * window.Frames, window.Frames).ToArray().Average())];
    }

    [Fact]
    public void Silence_fills_up_a_window_with_what_silence_is()
    {
        FeatureWindow window = Assert.Single(Compute("""{ "representation": "logmel", "window": { "length_frames": 100, "fill": "pad" } }""", Tone(440, 1)));
        Assert.Equal(100, window.Frames);
        for (int band = 0; band < 128; band++)
        {
            Assert.Equal(window.Values.Min(), window.Values[band * 100 + 99]); // 80 dB below the loudest, not 0 dB
        }
    }

    [Fact]
    public void A_coloured_plot_in_a_white_margin_gives_its_values_back()
    {
        const int width = 60, height = 40, margin = 12;
        var values = new Picture(width, height, 1);
        var random = new Random(1);
        for (int i = 0; i < values.Samples.Length; i++)
        {
            values.Samples[i] = 0.2f + 0.6f * random.NextSingle();
        }

        Picture plot = ColourMap.Viridis.Apply(values);
        var figure = new Picture(width + 2 * margin, height + 2 * margin, 3);
        figure.Samples.AsSpan().Fill(1);
        for (int y = 0; y < height; y++)
        {
            plot.Row(y).CopyTo(figure.Row(y + margin)[(3 * margin)..]);
        }

        var settings = FeatureSettings.Parse($$"""{ "representation": "picture", "height": {{height}}, "width": {{width}}, "colour_map": "viridis" }""", "test");
        FeatureWindow window = Assert.Single(new FeatureExtractor(settings).OfPicture(figure, 30));
        Assert.Equal((height, width, 30.0), (window.Channels, window.Frames, window.LengthS));
        for (int row = 0; row < height; row++)
        {
            for (int x = 0; x < width; x++)
            {
                Assert.Equal(values[x, height - 1 - row, 0], window.Values[row * width + x], 0.01f); // the lowest row comes first
            }
        }
    }

    [Fact]
    public void Colours_are_kept_apart_where_that_is_wanted()
    {
        var red = new Picture(8, 4, 3);
        for (int i = 0; i < red.Samples.Length; i += 3)
        {
            red.Samples[i] = 1;
        }

        FeatureWindow window = Assert.Single(new FeatureExtractor(FeatureSettings.Parse(
            """{ "representation": "picture", "height": 4, "width": 8, "colour": true, "crop": false }""", "test")).OfPicture(red, 30));
        Assert.Equal((12, 8), (window.Channels, window.Frames));
        Assert.All(window.Values[..32], v => Assert.Equal(1, v, 1e-5f));
        Assert.All(window.Values[32..], v => Assert.Equal(0, v, 1e-5f));
    }

    private static IReadOnlyList<FeatureWindow> Compute(string settings, float[] sound) => new FeatureExtractor(FeatureSettings.Parse(settings, "test")).OfAudio(sound);

    private static float[] Tone(double hertz, double seconds) =>
        [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i => (float)(0.3 * Math.Sin(2 * Math.PI * hertz * i / Rate)))];
}
