using Pipeline.Audio;
using Pipeline.Listening;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Pictures;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>What predict makes of a clip is what training and evaluation saw of it: by every route the same features and the same verdicts, to the bit.</summary>
public sealed class PredictEqualityTests : IDisposable
{
    private readonly PredictSample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public void Verdicts_on_sound_of_any_form_are_those_of_evaluate()
    {
        // Lengths that no rate divides: what a second of them is, both sides round alike.
        Tune.Write(sample["in/a/0.wav"], Tune.Make(0, 2.00007));
        Tune.Write(sample["in/a/1.wav"], Stereo(1, 88_203), 2, 44_100);
        WriteBytes(sample["in/a/2.wav"], Tune.Make(2, 1.7));
        Tune.Write(sample["in/a/3.wav"], Tune.Make(3, 2.3), format: SampleFormat.Float32);
        Tune.Write(sample["in/a/4.au"], Stereo(4, 96_001), 2, 48_000, AudioContainer.Au);
        Tune.Write(sample["in/a/5.wav"], Tune.Make(5, 1.1), 1, 8_000);
        if (Tools.TryRun("flac", "-s", "--delete-input-file", sample["in/a/5.wav"]))
        {
            Assert.True(File.Exists(sample["in/a/5.flac"]));
        }

        FeatureRow[] rows = sample.LearnSound(PredictSample.Sound);
        StageRun.Succeed("evaluate", "--model", sample.Model, "--features", sample.Features, "--split", "valid", "--split", "test", "--out", sample["report"], "--quiet");
        StageRun.Succeed("predict", "--model", sample.Model, sample["in"], "--windows", "--parquet", sample["v.parquet"], "--quiet");
        VerdictRow[] verdicts = StageRun.Rows<VerdictRow>(sample["v.parquet"]);
        Assert.Equal(rows.Select(r => (r.Window, r.StartS, r.LengthS)), verdicts.Where(v => v.Window is not null).Select(v => (v.Window!.Value, v.StartS!.Value, v.LengthS!.Value)));
        VerdictRow[] whole = [.. verdicts.Where(v => v.Window is null)];
        Prediction[] predictions = StageRun.Rows<Prediction>(sample["report/predictions.parquet"]);
        Assert.Equal(4, predictions.Length);
        Assert.Equal(predictions.SelectMany(p => p.Probabilities), whole[2..].SelectMany(v => v.Probabilities));
        Assert.All(verdicts, v => Assert.Equal(1, v.Probabilities.Sum(), 1e-6f));
        Check(rows, [.. verdicts.Where(v => v.Window is not null).Select(v => v.Probabilities)]);
    }

    [Fact]
    public void Song_files_have_the_features_that_their_table_gave()
    {
        for (int i = 0; i < 6; i++)
        {
            SongSamples.Write(sample[$"in/{SongSamples.Track(i)}.h5"], SongSamples.Make(i, 20 + 9 * i));
        }

        StageRun.Succeed("ingest-msd", "--root", sample["in"], "--out-recordings", sample["r.parquet"], "--out-segments", sample["s.parquet"], "--quiet");
        Check(sample.Learn(
            """{ "features": { "window": { "length_frames": 24, "overlap": 0.5 } }, "network": { "layers": [{ "layer": "flatten" }] }, "training": { "epochs": 1 } }""",
            "--segments", sample["s.parquet"]));
    }

    [Fact]
    public void Sound_has_the_segments_that_training_saw()
    {
        for (int i = 0; i < 6; i++)
        {
            Tune.Write(sample[$"in/a/{i}.wav"], Tune.Make(i, 4));
        }

        Check(sample.LearnSound("""{ "features": { "window": { "length_frames": 12 } }, "network": { "layers": [{ "layer": "flatten" }] }, "training": { "epochs": 1 } }"""));
    }

    [Fact]
    public void Pictures_have_the_values_that_training_saw()
    {
        for (int i = 0; i < 6; i++)
        {
            var random = new Random(i);
            var picture = new Picture(40, 30, 3);
            random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(picture.Samples.AsSpan()));
            Directory.CreateDirectory(sample["in/a"]);
            File.WriteAllBytes(sample[$"in/a/{i}.png"], PngWriter.Encode(picture));
        }

        StageRun.Succeed("ingest-images", "--root", sample["in"], "--out", sample["r.parquet"], "--no-near-duplicates", "--quiet");
        Check(sample.Learn(
            """{ "features": { "representation": "picture", "height": 16, "width": 20 }, "network": { "layers": [{ "layer": "flatten" }] }, "training": { "epochs": 1 } }""",
            "--root", sample["in"]));
    }

    // The features, value for value, and what the model makes of those in the table.
    private void Check(FeatureRow[] rows, float[][]? printed = null)
    {
        using var team = new Team(1);
        using Listener listener = Listener.Open(sample.Model, team, useFfmpeg: false);
        HeardPiece[] heard = [.. Directory.GetFiles(sample["in"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(f => Piece.In(f, f)).Select(listener.Hear)];
        Assert.All(heard, h => Assert.Null(h.Fault));
        Assert.Equal(rows.Select(r => r.Values), heard.SelectMany(h => h.Windows).Select(w => Assert.Single(w).Values));
        using Model model = Model.Open(sample.Model, team);
        double[] expected = new double[rows.Length * model.Genres.Count];
        for (int member = 0; member < model.Members.Count; member++)
        {
            float[] shares = new float[expected.Length];
            model.Predict(member, [.. rows.Select(r => new[] { r.Values })], shares, default);
            for (int i = 0; i < shares.Length; i++)
            {
                expected[i] += (double)shares[i] / model.Members.Count;
            }
        }

        Assert.Equal(expected.Select(p => (float)p), printed?.SelectMany(p => p) ?? heard.SelectMany(h => listener.Judge(h).Windows).SelectMany(w => w.Probabilities));
    }

    // A wav of eight bits.
    private static void WriteBytes(string path, float[] samples)
    {
        using var wav = new BinaryWriter(File.Create(path));
        wav.Write("RIFF"u8);
        wav.Write(36 + samples.Length);
        wav.Write("WAVEfmt "u8);
        foreach (int word in (int[])[16, 1 << 16 | 1, Tune.SampleRate, Tune.SampleRate, 8 << 16 | 1])
        {
            wav.Write(word);
        }

        wav.Write("data"u8);
        wav.Write(samples.Length);
        wav.Write(Array.ConvertAll(samples, s => (byte)(128 + 127 * s)));
    }

    private static float[] Stereo(int seed, int frames)
    {
        float[] left = Tune.Make(seed, 5), right = Tune.Make(seed + 10, 5);
        return [.. Enumerable.Range(0, frames).SelectMany(i => (float[])[left[i], right[i]])];
    }
}
