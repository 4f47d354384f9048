using Pipeline.Audio;
using Pipeline.Features;
using Pipeline.Tables;

namespace Pipeline.Tests;

/// <summary>A model that was trained on sound by formula, its table of features, and the sound files, of which each genre has a pitch of its own.</summary>
public sealed class ExtraModel : IDisposable
{
    /// <summary>Its genres.</summary>
    public static readonly string[] Genres = ["blues", "hiphop", "jazz"];

    private const int SampleRate = 8000;
    private const string Settings = """{ "representation": "mfcc", "coefficients": 6, "sample_rate": 8000, "window": { "length_s": 0.5 }, "stft": { "fft_size": 256, "hop": 128 }, "mel": { "bands": 20 } }""";

    private readonly TrainSample sample = new();

    /// <summary>Makes all of it: of each genre four recordings for train, one for valid, and one for test.</summary>
    public ExtraModel()
    {
        var rows = new List<FeatureRow>();
        var settings = FeatureSettings.Parse(Settings, "test");
        var extractor = new FeatureExtractor(settings);
        for (int i = 0; i < 6 * Genres.Length; i++)
        {
            int genre = i % Genres.Length, number = i / Genres.Length;
            string file = Sound(sample[$"songs/{Genres[genre]}.{number}.wav"], genre, number);
            Sound sound = AudioFile.ReadMono(file, useFfmpeg: false);
            IReadOnlyList<FeatureWindow> windows = extractor.OfAudio(SoundStretch.AtRate(sound, file, SampleRate));
            string part = number < 4 ? "train" : number < 5 ? "valid" : "test";
            rows.AddRange(windows.Select((w, k) => new FeatureRow(
                $"songs/{Genres[genre]}.{number}#0", $"songs/{Genres[genre]}.{number}", "songs", part, Genres[genre], settings.Name, k, w.StartS, w.LengthS, w.Channels, w.Frames, w.Values)));
        }

        Features = sample.Features(rows, provenance: Provenance.After("extract-features", "0.1.0", [new("features", settings.Json)]));
        sample.Recipe();
        Model = sample.Train("model", "--seeds", "2");
    }

    /// <summary>The model, of two members.</summary>
    public string Model { get; }

    /// <summary>The table that it was trained on.</summary>
    public string Features { get; }

    /// <summary>A sound file that the features are of: of each genre 0 to 3 are for train, 4 for valid, and 5 for test.</summary>
    public string Song(string genre, int number) => sample[$"songs/{genre}.{number}.wav"];

    /// <inheritdoc/>
    public void Dispose() => sample.Dispose();

    // The first notes of a scale that begins higher from genre to genre, with some noise.
    private static string Sound(string path, int genre, int seed)
    {
        var random = new Random(7 * seed + genre);
        float[] samples = new float[SampleRate];
        for (int i = 0; i < samples.Length; i++)
        {
            double pitch = 250 * Math.Pow(2, genre) * (1 + 0.05 * seed);
            samples[i] = (float)(0.3 * Math.Sin(2 * Math.PI * pitch * i / SampleRate)) + 0.05f * (random.NextSingle() - 0.5f);
        }

        return Tune.Write(path, samples, sampleRate: SampleRate);
    }
}
