using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Features;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary><c>evaluate --extra</c>: one's own songs as a further part.</summary>
public sealed class EvaluateExtraTests(ExtraModel trained) : IClassFixture<ExtraModel>, IDisposable
{
    private readonly EvaluateSample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public void Songs_get_the_verdicts_that_the_same_songs_have_in_a_table_of_features()
    {
        Copy("blues", 5, "blues/blues.5.wav");
        Copy("hiphop", 5, "Hip-Hop/Some One/song.wav");
        Copy("jazz", 5, "JAZZ/late.wav");
        Copy("jazz", 0, "JAZZ/learnt.wav");
        Copy("jazz", 1, "jaz/a.wav");
        Copy("jazz", 2, "outside.wav");
        sample.Write("own songs/blues/broken.wav", "this is no sound");
        sample.Write("own songs/blues/cover.txt", "this is nothing");
        string[] hashed = ["jazz.0", "jazz.5"];
        string recordings = sample.Table("recordings.parquet", hashed.Select(n => BalanceSample.RecordingOf(new BalanceRow($"songs/{n}", "jazz", "train", "g")) with
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(trained.Song(n[..^2], n[^1] - '0')))),
        }));
        (JsonElement report, string errors) = sample.RunWithErrors(
            "--model", trained.Model, "--features", trained.Features, "--recordings", recordings, "--extra", sample["own songs"]);

        Dictionary<string, Prediction> own = Predictions("predictions-extra.parquet"), usual = Predictions("predictions.parquet");
        Assert.Equal(["extra/blues.5", "extra/Hip-Hop/Some One/song", "extra/JAZZ/late", "extra/JAZZ/learnt"], own.Keys.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(("hiphop", "test"), (own["extra/Hip-Hop/Some One/song"].Genre, own["extra/Hip-Hop/Some One/song"].Split));
        Assert.Equal(usual["songs/blues.5"].Probabilities, own["extra/blues.5"].Probabilities);
        Assert.Equal(usual["songs/hiphop.5"].Probabilities, own["extra/Hip-Hop/Some One/song"].Probabilities);
        Assert.Equal(usual["songs/jazz.5"].Probabilities, own["extra/JAZZ/late"].Probabilities);

        Assert.Equal(["test", "extra"], report.GetProperty("parts").EnumerateObject().Select(p => p.Name));
        JsonElement extra = report.GetProperty("parts").GetProperty("extra");
        Assert.Equal("own songs", extra.GetProperty("folder").GetString());
        Assert.Equal((4, 8), (extra.GetProperty("counts").GetProperty("recordings").GetInt32(), extra.GetProperty("counts").GetProperty("windows").GetInt32()));
        Assert.Equal(1, extra.GetProperty("baselines").GetProperty("nearest_neighbour").GetProperty("recordings").GetProperty("accuracy").GetDouble());
        Assert.Equal("train", extra.GetProperty("baselines").GetProperty("majority").GetProperty("of").GetString());
        Assert.Equal(
            "1 file of extra is a recording that the model may have learnt from, byte for byte, such as JAZZ/learnt.wav (songs/jazz.0): figures flatter",
            Assert.Single(report.GetProperty("warnings").EnumerateArray()).GetString());
        string[] notes = [.. report.GetProperty("notes").EnumerateArray().Select(n => n.GetString()!)];
        Assert.Contains("left out of extra: 1 folder named after no genre of the model, jaz (1 file, did you mean jazz?); the model knows blues, hiphop, jazz", notes);
        Assert.Contains("left out of extra: 1 file in no class folder, such as outside.wav", notes);
        Assert.Contains("left out of extra: 1 file of other kinds, such as blues/cover.txt", notes);
        Assert.Contains("left out of extra: 1 recording that could not be heard, such as blues/broken.wav: not a sound file: a text file", notes);
        Assert.Contains("blues/broken.wav: not a sound file", errors, StringComparison.Ordinal);
        Assert.Contains("<p>The part extra is one&apos;s own songs: 4 recordings out of the folder &apos;own songs&apos;", sample.Read("report.html"), StringComparison.Ordinal);
        Assert.Contains("\nextra,recordings,extra,4,", sample.Read("sources.csv"), StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(sample.Output, "*.*"), f => Assert.DoesNotContain(Path.GetTempPath(), File.ReadAllText(f), StringComparison.Ordinal));
    }

    [Fact]
    public void Songs_alone_are_judged_by_every_member_and_by_any_number_of_threads_alike()
    {
        foreach (string genre in ExtraModel.Genres)
        {
            Copy(genre, 4, $"{genre}/a.wav");
            Copy(genre, 5, $"{genre}/b.wav");
        }

        JsonElement report = sample.Run("--model", trained.Model, "--extra", sample["own songs"], "--threads", "1");
        JsonElement part = Assert.Single(report.GetProperty("parts").EnumerateObject()).Value;
        Assert.Equal(["seed 0", "seed 1"], part.GetProperty("runs").GetProperty("names").EnumerateArray().Select(n => n.GetString()));
        Assert.All(part.GetProperty("runs").GetProperty("each").EnumerateArray(), r => Assert.Equal(12, r.GetProperty("windows").GetProperty("count").GetInt32()));
        Assert.Equal(JsonValueKind.Null, part.GetProperty("baselines").GetProperty("nearest_neighbour").ValueKind);
        Assert.Contains("whether the model has learnt from files of extra was not looked into", sample.Read("summary.txt"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(sample.Output, "predictions.parquet")));
        var before = Directory.GetFiles(sample.Output).ToDictionary(f => f, File.ReadAllBytes);
        sample.Run("--model", trained.Model, "--extra", sample["own songs"] + "/", "--threads", "3");
        Assert.All(before, f => Assert.Equal(f.Value, File.ReadAllBytes(f.Key)));
    }

    [Fact]
    public void A_model_of_segments_is_asked_about_each_song_of_a_file()
    {
        using var segments = new TrainSample();
        string settings = FeatureSettings.Parse("""{ "representation": "segments", "window": { "length_frames": 24 } }""", "test").Json;
        segments.Features(TrainSample.Rows(28), provenance: Provenance.After("extract-features", "0.1.0", [new("features", settings)]));
        segments.Recipe();
        SongSamples.Write(sample["own songs/rock/two.h5"], SongSamples.Make(1), SongSamples.Make(2));
        SongSamples.Write(sample["own songs/jazz/one.h5"], SongSamples.Make(3));
        sample.Run("--model", segments.Train("model"), "--extra", sample["own songs"]);
        Assert.Equal(["extra/jazz/one", "extra/rock/two#0", "extra/rock/two#1"], Predictions("predictions-extra.parquet").Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_cannot_be_judged_is_refused_in_one_sentence()
    {
        string own = sample["own songs"];
        sample.Fail(2, "--model needs --features or --extra", "--model", trained.Model);
        sample.Fail(2, "--extra needs --model", "--predictions", "p.parquet", "--extra", own);
        sample.Fail(2, "--max-failed needs --extra", "--predictions", "p.parquet", "--max-failed", "0.5");
        sample.Fail(2, "--splits needs --features", "--model", trained.Model, "--extra", own, "--splits", "s.parquet");
        Copy("jazz", 5, "alone.wav");
        Refuse("are in no folders that say what they are, such as alone.wav: put them into folders named after genres (the model knows blues, hiphop, jazz)");
        Copy("jazz", 5, "polka/a.wav");
        Refuse("is named after a genre of the model: there is polka (1 file), and the model knows blues, hiphop, jazz");
        sample.Write("own songs/jazz/broken.wav", "this is no sound");
        Refuse("nothing in the folder 'own songs' of --extra could be judged; jazz/broken.wav: not a sound file");
        Copy("jazz", 5, "jazz/good.wav");
        Refuse("1 of 2 recordings failed, more than the 40 % that --max-failed allows", "--max-failed", "0.4");

        void Refuse(string sentence, params string[] more) => sample.Fail(1, sentence, ["--model", trained.Model, "--extra", own, .. more]);
    }

    private void Copy(string genre, int number, string name)
    {
        string path = sample["own songs/" + name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(trained.Song(genre, number), path);
    }

    private Dictionary<string, Prediction> Predictions(string name) => StageRun.Rows<Prediction>(Path.Combine(sample.Output, name)).ToDictionary(p => p.RecordingId);
}
