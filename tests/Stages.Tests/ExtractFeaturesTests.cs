using System.Runtime.InteropServices;
using Pipeline.Audio;
using Pipeline.Features;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>extract-features: from sound, song files and pictures to tables of features.</summary>
public sealed class ExtractFeaturesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_log_mel_spectrogram_is_librosas()
    {
        Directory.CreateDirectory(folder["in/pop"]);
        File.Copy(Repository.Find("tests", "golden", "librosa", "song.wav"), folder["in/pop/song.wav"]);
        FeatureRow row = Assert.Single(Extract("""{ "features": { "representation": "logmel" } }"""));
        float[] expected = [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Repository.Find("tests", "golden", "librosa", "song.melspectrogram_db.f32")))];
        Assert.Equal((128, 173), (row.Channels, row.Frames));
        Assert.Equal("logmel", row.Representation);
        float range = expected.Max() - expected.Min();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], row.Values[i], 1e-4f * range);
        }
    }

    [Fact]
    public void Windows_of_ten_seconds_are_looped_where_short_and_dropped_where_next_to_nothing()
    {
        Tune.Write(folder["in/a/long.wav"], Tune.Make(1, 23));
        Tune.Write(folder["in/a/longer.wav"], Tune.Make(2, 21.5));
        Tune.Write(folder["in/a/short.wav"], Tune.Make(3, 4));
        FeatureRow[] rows = Extract("""{ "features": { "representation": "mfcc", "coefficients": 13, "window": { "length_s": 10 } } }""");
        Assert.Equal(
            ["in/a/long#0 0 0", "in/a/long#0 1 10", "in/a/long#0 2 20", "in/a/longer#0 0 0", "in/a/longer#0 1 10", "in/a/short#0 0 0"],
            rows.Select(r => $"{r.ExampleId} {r.Window} {r.StartS}"));
        Assert.All(rows, r => Assert.Equal((13, 431, 10.0), (r.Channels, r.Frames, r.LengthS)));

        // The first window knows nothing of what comes after it.
        var extractor = new FeatureExtractor(FeatureSettings.Parse("""{ "representation": "mfcc", "coefficients": 13 }""", "test"));
        Sound sound = AudioFile.ReadMono(folder["in/a/long.wav"]);
        Assert.Equal(extractor.OfAudio(sound.Samples.AsSpan(0, 10 * Tune.SampleRate))[0].Values, rows[0].Values);
        float[] four = AudioFile.ReadMono(folder["in/a/short.wav"]).Samples;
        float[] looped = [.. four, .. four, .. four.AsSpan(0, 2 * Tune.SampleRate)];
        Assert.Equal(extractor.OfAudio(looped)[0].Values, rows[^1].Values);
    }

    [Fact]
    public void Segments_of_song_files_are_taken_from_their_table()
    {
        for (int i = 0; i < 4; i++)
        {
            SongSamples.Write(folder[$"msd/{SongSamples.Track(i)}.h5"], SongSamples.Make(i, 40 + 100 * i));
        }

        StageRun.Succeed("ingest-msd", "--root", folder["msd"], "--out-recordings", folder["r.parquet"], "--out-segments", folder["s.parquet"], "--quiet");
        File.WriteAllText(folder["recipe.json"], """{ "features": { "window": { "length_frames": 120, "overlap": 0.5, "keep_tail": 0.2 } } }""");
        StageRun.Succeed("extract-features", "--recordings", folder["r.parquet"], "--segments", folder["s.parquet"], "--recipe", folder["recipe.json"], "--out", folder["f.parquet"], "--quiet");
        Segments[] songs = StageRun.Rows<Segments>(folder["s.parquet"]);
        FeatureRow[] rows = StageRun.Rows<FeatureRow>(folder["f.parquet"]);
        Assert.All(rows, r => Assert.Equal((28, 120), (r.Channels, r.Frames)));
        foreach (Segments song in songs)
        {
            FeatureRow first = rows.First(r => r.RecordingId == song.RecordingId && r.Window == 0);
            int count = Math.Min(120, song.Start.Length);
            for (int i = 0; i < 120; i++)
            {
                int from = i % count; // looped
                Assert.Equal(song.Timbre[12 * from + 3], first.Values[3 * 120 + i]);
                Assert.Equal(song.Pitches[12 * from + 11], first.Values[23 * 120 + i]);
                Assert.Equal(song.LoudnessMax[from], first.Values[25 * 120 + i]);
            }

            Assert.Equal((float)((double)song.Start[1] - song.Start[0]), first.Values[27 * 120]);
        }

        Assert.Equal(4, rows.Count(r => r.Window == 0));
        Assert.Equal(2, rows.Count(r => r.Window == 1)); // of 140 segments 20 are left, less than a fifth of a window
    }

    [Fact]
    public void Sound_is_analysed_into_segments_of_the_same_form()
    {
        Tune.Write(folder["in/a/one.wav"], Tune.Make(1, 20));
        FeatureRow row = Assert.Single(Extract("""{ "features": { "representation": "segments" } }"""));
        Assert.Equal(28, row.Channels);
        Assert.InRange(row.Frames, 40, 160); // 2 to 8 a second
        Assert.Equal(20, row.LengthS, 0.05);
    }

    [Fact]
    public void The_settings_in_the_footer_compute_the_same_features_again()
    {
        Tune.Write(folder["in/a/one.wav"], Tune.Make(1, 6));
        FeatureRow row = Extract("""{ "features": { "representation": "logmel", "mel": { "bands": 40 }, "stft": { "hop": 256 } } }""")[0];
        Provenance provenance = TableReader<FeatureRow>.Open(folder["f.parquet"]).Provenance;
        string json = provenance.Entries[^1].Settings.First(s => s.Key == "features").Value;
        var settings = FeatureSettings.Parse(json, "footer");
        Assert.Equal(json, settings.Json);
        FeatureWindow again = new FeatureExtractor(settings).OfAudio(AudioFile.ReadMono(folder["in/a/one.wav"]).Samples)[0];
        Assert.Equal(row.Values, again.Values);
    }

    [Fact]
    public void Examples_are_stretches_with_changes()
    {
        Tune.Write(folder["in/a/one.wav"], Tune.Make(1, 12));
        Ingest();
        Example whole = new("one#0", "in/a/one", "in", "train", "a", 0, 2, 8, 0, 1, 0, null, 1);
        Write([whole, whole with { ExampleId = "one#1", Copy = 1, GainDb = -20 }, whole with { ExampleId = "one#2", Copy = 2, Stretch = 2 }, whole with { ExampleId = "one#3", Copy = 3, NoiseSnrDb = 10 }]);
        FeatureRow[] rows = ExtractExamples("""{ "features": { "representation": "logmel", "level": { "range_db": null } } }""");
        Assert.Equal(["one#0", "one#1", "one#2", "one#3"], rows.Select(r => r.ExampleId));
        Assert.Equal([345, 345, 173, 345], rows.Select(r => r.Frames));
        Assert.Equal(-20, Loudest(rows[1]) - Loudest(rows[0]), 0.01);
        Assert.True(Quietest(rows[3]) > Quietest(rows[0]) + 20);

        static float Loudest(FeatureRow row) => row.Values.Max();
        static float Quietest(FeatureRow row) => row.Values.Order().ElementAt(row.Values.Length / 20);
    }

    [Fact]
    public void What_is_silent_short_or_unreadable_is_named_and_the_rest_is_written()
    {
        Tune.Write(folder["in/a/1.wav"], Tune.Make(1, 3));
        Tune.Write(folder["in/a/2.wav"], Tune.Make(2, 3));
        Tune.Write(folder["in/a/3.wav"], Tune.Make(3, 3));
        float[] gap = Tune.Make(4, 8);
        gap.AsSpan(0, 4 * Tune.SampleRate).Clear();
        Tune.Write(folder["in/a/4.wav"], gap);
        Ingest();
        File.WriteAllText(folder["in/a/2.wav"], "no sound any more");
        Write([Of("1", 0, 3), Of("2", 0, 3), Of("3", 2.9, 3), Of("4", 0, 3)]);
        File.WriteAllText(folder["recipe.json"], """{ "features": { "representation": "logmel" } }""");
        string[] options = ["--examples", folder["e.parquet"], "--recordings", folder["r.parquet"], "--root", folder["in"], "--recipe", folder["recipe.json"], "--out", folder["f.parquet"], "--quiet"];
        CommandResult result = StageRun.Succeed("extract-features", [.. options, "--max-failed", "0.8"]);
        Assert.Contains("a/2.wav: unreadable: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("a/3.wav: too-short: 0.1 s, the recipe wants 0.5 at least", result.Errors, StringComparison.Ordinal);
        Assert.Contains("a/4.wav: silent", result.Errors, StringComparison.Ordinal);
        Assert.Equal(["1#0"], StageRun.Rows<FeatureRow>(folder["f.parquet"]).Select(r => r.ExampleId));

        File.Delete(folder["f.parquet"]);
        StageRun.Fail(1, "3 of 4 examples failed, more than the 1 % that --max-failed allows", "extract-features", options);
        Assert.False(File.Exists(folder["f.parquet"]));
    }

    [Fact]
    public void What_another_program_asks_for_and_cannot_be_is_a_fault_of_the_example_alone()
    {
        Tune.Write(folder["in/a/1.wav"], Tune.Make(1, 3));
        Ingest();
        Example whole = Of("1", 0, 3) with { RecordingId = "in/a/1" };
        Example[] examples =
        [
            whole, whole with { Stretch = 1e-9f }, whole with { Stretch = -1 }, whole with { PitchSemitones = 200 }, whole with { NoiseSnrDb = -1000 },
            whole with { GainDb = 1000 }, whole with { OffsetS = -1 }, whole with { OffsetS = 1e300, Stretch = 2 }, whole with { LengthS = double.NaN },
        ];
        using (var table = TableWriter<Unchecked<Example>>.Create(folder["e.parquet"], Provenance.Empty))
        {
            for (int i = 0; i < examples.Length; i++)
            {
                table.Write(new Unchecked<Example>(examples[i] with { ExampleId = $"1#{i}", Copy = i }));
            }

            table.Commit();
        }

        foreach (string recipe in new[] { """{ "features": { "representation": "logmel" } }""", """{ "features": { "representation": "segments" } }""" })
        {
            File.WriteAllText(folder["recipe.json"], recipe);
            CommandResult result = StageRun.Succeed(
                "extract-features", "--examples", folder["e.parquet"], "--recordings", folder["r.parquet"], "--root", folder["in"], "--recipe", folder["recipe.json"],
                "--out", folder["f.parquet"], "--quiet", "--max-failed", "1");
            Assert.Equal(["1#0"], StageRun.Rows<FeatureRow>(folder["f.parquet"]).Select(r => r.ExampleId));
            Assert.Contains("faulty: column 'stretch' is -1, it must be above 0", result.Errors, StringComparison.Ordinal);
            Assert.Contains("unchangeable: a shift of 200 semitones", result.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Segments_of_another_program_that_cannot_be_are_a_fault_of_the_recording_alone()
    {
        for (int i = 0; i < 4; i++)
        {
            SongSamples.Write(folder[$"msd/{SongSamples.Track(i)}.h5"], SongSamples.Make(i, 40));
        }

        StageRun.Succeed("ingest-msd", "--root", folder["msd"], "--out-recordings", folder["r.parquet"], "--out-segments", folder["s.parquet"], "--quiet");
        Segments[] songs = StageRun.Rows<Segments>(folder["s.parquet"]);
        songs[0] = songs[0] with { Timbre = songs[0].Timbre[1..] };
        songs[1] = songs[1] with { Start = [.. songs[1].Start.Reverse()] };
        using (var table = TableWriter<Unchecked<Segments>>.Create(folder["s.parquet"], Provenance.Empty))
        {
            foreach (Segments song in songs)
            {
                table.Write(new Unchecked<Segments>(song));
            }

            table.Commit();
        }

        File.WriteAllText(folder["recipe.json"], "{}");
        CommandResult result = StageRun.Succeed("extract-features", "--recordings", folder["r.parquet"], "--segments", folder["s.parquet"], "--recipe", folder["recipe.json"], "--out", folder["f.parquet"], "--quiet", "--max-failed", "0.5");
        Assert.Equal(songs.Skip(2).Select(s => s.RecordingId), StageRun.Rows<FeatureRow>(folder["f.parquet"]).Select(r => r.RecordingId));
        Assert.Contains("faulty: its segments: column 'timbre' holds 479 values, 480 were expected", result.Errors, StringComparison.Ordinal);
        Assert.Contains("begins before the one before it", result.Errors, StringComparison.Ordinal);

        result = StageRun.Succeed("export-h5", "--recordings", folder["r.parquet"], "--segments", folder["s.parquet"], "--out", folder["out"], "--quiet", "--max-failed", "0.5");
        Assert.Contains("its segments: column 'timbre' holds 479 values", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_that_a_long_recording_has_no_room_at_is_a_fault()
    {
        Directory.CreateDirectory(folder["in/a"]);
        byte[] head = [.. "RIFF"u8, .. BitConverter.GetBytes(36 + 3_000_000), .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, .. BitConverter.GetBytes(1000), .. BitConverter.GetBytes(1000), 1, 0, 8, 0, .. "data"u8, .. BitConverter.GetBytes(3_000_000)];
        byte[] samples = new byte[3_000_000];
        new Random(1).NextBytes(samples);
        File.WriteAllBytes(folder["in/a/1.wav"], [.. head, .. samples]);
        Ingest();
        File.WriteAllText(folder["recipe.json"], """{ "features": { "representation": "logmel", "sample_rate": 768000 } }""");
        CommandResult result = StageRun.Succeed("extract-features", "--recordings", folder["r.parquet"], "--root", folder["in"], "--recipe", folder["recipe.json"], "--out", folder["f.parquet"], "--quiet", "--max-failed", "1");
        Assert.Contains("a/1.wav: unreadable: 3000000 samples at 1000 a second are too many at 768000", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_threads()
    {
        for (int i = 0; i < 9; i++)
        {
            Tune.Write(folder[$"in/a/{i}.wav"], Tune.Make(i, 3 + i % 3));
        }

        Ingest();
        File.WriteAllText(folder["recipe.json"], """{ "features": { "representation": "segments", "window": { "length_frames": 16 } } }""");
        foreach (string threads in new[] { "1", "3" })
        {
            StageRun.Succeed("extract-features", "--recordings", folder["r.parquet"], "--root", folder["in"], "--recipe", folder["recipe.json"], "--out", folder[$"f{threads}.parquet"], "--threads", threads, "--quiet");
        }

        Assert.Equal(File.ReadAllBytes(folder["f1.parquet"]), File.ReadAllBytes(folder["f3.parquet"]));
    }

    [Fact]
    public void The_shards_together_are_the_whole()
    {
        for (int i = 0; i < 5; i++)
        {
            Tune.Write(folder[$"in/a/{i}.wav"], Tune.Make(i, 3));
        }

        FeatureRow[] whole = Extract("""{ "features": { "representation": "mfcc" } }""");
        var rows = new List<FeatureRow>();
        for (int i = 0; i < 3; i++)
        {
            StageRun.Succeed("extract-features", "--recordings", folder["r.parquet"], "--root", folder["in"], "--recipe", folder["recipe.json"], "--out", folder[$"p{i}.parquet"], "--shard", $"{i}/3", "--quiet");
            rows.AddRange(StageRun.Rows<FeatureRow>(folder[$"p{i}.parquet"]));
        }

        Assert.Equal(whole.Select(r => (r.ExampleId, r.Values[0])), rows.Select(r => (r.ExampleId, r.Values[0])));
    }

    [Theory]
    [InlineData("""{ "features": { "representation": "logmell" } }""", "recipe.json: 'features.representation' must be one of segments, logmel, mfcc, spectrogram, chroma, stats, picture, stack (did you mean 'logmel'?), not \"logmell\"")]
    [InlineData("""{ "features": { "representation": "logmel", "hop": 256 } }""", "recipe.json: there is no setting 'features.hop'")]
    [InlineData("""{ "featurs": { } }""", "recipe.json: there is no setting 'featurs' (did you mean 'features'?)")]
    [InlineData("""{ "features": { "representation": "logmel", "stft": { "fft_size": 1022 } } }""", "'features.stft.fft_size' must be an even number whose only factors are 2, 3 and 5, such as 1024, not 1022")]
    [InlineData("""{ "features": { "window": { "length_s": 10 } } }""", "recipe.json: there is no setting 'features.window.length_s'")]
    [InlineData("""{ "features": """, "recipe.json: line ")]
    public void A_wrong_recipe_is_refused_before_anything_is_read(string recipe, string sentence)
    {
        Tune.Write(folder["in/a/1.wav"], Tune.Make(1, 3));
        Ingest();
        File.WriteAllText(folder["recipe.json"], recipe);
        StageRun.Fail(1, sentence, "extract-features", "--recordings", folder["r.parquet"], "--root", folder["in"], "--recipe", folder["recipe.json"], "--out", folder["f.parquet"]);
        Assert.False(File.Exists(folder["f.parquet"]));
    }

    [Fact]
    public void Examples_in_another_order_than_the_recordings_are_refused()
    {
        Tune.Write(folder["in/a/1.wav"], Tune.Make(1, 3));
        Tune.Write(folder["in/a/2.wav"], Tune.Make(2, 3));
        Ingest();
        Write([Of("2", 0, 3), Of("1", 0, 3)]);
        File.WriteAllText(folder["recipe.json"], "{}");
        StageRun.Fail(
            1, "the recording 'in/a/1' of the example '1#0' is not among the recordings, or comes before that of the example before", "extract-features",
            "--examples", folder["e.parquet"], "--recordings", folder["r.parquet"], "--root", folder["in"], "--recipe", folder["recipe.json"], "--out", folder["f.parquet"]);
    }

    [Fact]
    public void No_table_is_written_over_or_read_twice()
    {
        Tune.Write(folder["in/a/1.wav"], Tune.Make(1, 3));
        Ingest();
        byte[] before = File.ReadAllBytes(folder["r.parquet"]);
        File.WriteAllText(folder["recipe.json"], "{}");
        string[] options = ["--recordings", folder["r.parquet"], "--root", folder["in"], "--recipe", folder["recipe.json"]];
        StageRun.Fail(1, "is read and cannot be written over: give the output another name", "extract-features", [.. options, "--out", folder["r.parquet"]]);
        StageRun.Fail(1, "is named twice: name each table once", "extract-features", [.. options, "--recordings", folder["r.parquet"], "--out", folder["f.parquet"]]);
        Assert.Equal(before, File.ReadAllBytes(folder["r.parquet"]));
    }

    [Fact]
    public void The_channels_have_names()
    {
        Tune.Write(folder["in/a/1.wav"], Tune.Make(1, 3));
        Extract("""{ "features": { "representation": "stats", "set": "gtzan" } }""");
        string[] lines = Command.Stage("inspect", folder["f.parquet"], "--channels").Output.TrimEnd().Split('\n');
        Assert.Equal(57, lines.Length);
        Assert.Equal("0\tchroma_stft_mean", lines[0]);
        Assert.Equal("56\tmfcc20_var", lines[^1]);
    }

    [Fact]
    public void Segments_in_another_order_than_the_recordings_are_refused()
    {
        Tune.Write(folder["in/a/1.wav"], Tune.Make(1, 3));
        Tune.Write(folder["in/a/2.wav"], Tune.Make(2, 3));
        Ingest();
        Write([Of("1", 0, 3) with { RecordingId = "in/a/1" }]);
        using (var table = TableWriter<Segments>.Create(folder["s.parquet"], Provenance.Empty))
        {
            foreach (string id in new[] { "in/a/2", "in/a/1" })
            {
                table.Write(new Segments(
                    id, [0], [1], [-60], [-10], [0], new float[12], new float[12], DurationS: 3, Tempo: 120, Key: 0, Mode: 0, TimeSignature: 4,
                    FadeInEndS: 0, FadeOutStartS: 3, [], [], [], [], [], [], [], []));
            }

            table.Commit();
        }

        // The segments of the only example are there and would not be found.
        File.WriteAllText(folder["recipe.json"], "{}");
        StageRun.Fail(
            1, "the segments of in/a/1 have no recording, or come in another order than the recordings", "extract-features",
            "--examples", folder["e.parquet"], "--recordings", folder["r.parquet"], "--segments", folder["s.parquet"], "--root", folder["in"],
            "--recipe", folder["recipe.json"], "--out", folder["f.parquet"]);
    }

    [Fact]
    public void A_missing_root_is_asked_for()
    {
        Tune.Write(folder["in/a/1.wav"], Tune.Make(1, 3));
        Ingest();
        File.WriteAllText(folder["recipe.json"], "{}");
        string[] options = ["--recordings", folder["r.parquet"], "--recipe", folder["recipe.json"], "--out", folder["f.parquet"]];
        StageRun.Fail(1, "the file of in/a/1 is needed: give --root in=DIR", "extract-features", options);
        StageRun.Fail(1, "there is no folder '/no/such'", "extract-features", [.. options, "--root", "in=/no/such"]);
        StageRun.Succeed("extract-features", [.. options, "--root", $"in={folder["in"]}", "--quiet"]);
    }

    [Fact]
    public void Song_files_are_known_to_hold_no_sound_whatever_their_ending()
    {
        string[] endings = ["h5", "hdf5", "HDF"];
        BalanceSample.Table(folder["r.parquet"], BalanceSample.Of("jazz", 3).Zip(endings, (r, e) => BalanceSample.RecordingOf(r with { Extension = e })));
        File.WriteAllText(folder["recipe.json"], """{ "features": { "representation": "logmel" } }""");
        string said = Command.Stage("extract-features", ["--recordings", folder["r.parquet"], "--recipe", folder["recipe.json"], "--out", folder["f.parquet"]]).Errors;
        Assert.All(["toy/jazz.train.0", "toy/jazz.train.1", "toy/jazz.train.2"], id =>
            Assert.Contains(said.Split('\n'), line => line.Contains(id, StringComparison.Ordinal) && line.Contains("a song file holds segments and no sound", StringComparison.Ordinal)));
    }

    [Fact]
    public void Interrupted_it_leaves_nothing()
    {
        Tune.Write(folder["in/a/1.wav"], Tune.Make(1, 60));
        for (int i = 2; i < 60; i++)
        {
            File.Copy(folder["in/a/1.wav"], folder[$"in/a/{i}.wav"]);
        }

        Ingest();
        File.WriteAllText(folder["recipe.json"], """{ "features": { "representation": "stats", "set": "fma" } }""");
        CommandResult result = StageRun.Interrupt(
            "extract-features", folder["f.parquet.part"], "--recordings", folder["r.parquet"], "--root", folder["in"], "--recipe", folder["recipe.json"], "--out", folder["f.parquet"], "--max-failed", "1");
        Assert.Equal(130, result.ExitCode);
        Assert.False(File.Exists(folder["f.parquet"]));
        Assert.False(File.Exists(folder["f.parquet.part"]));
    }

    private static Example Of(string name, double offset, double length) =>
        new($"{name}#0", $"in/a/{name}", "in", "train", "a", 0, offset, length, 0, 1, 0, null, 1);

    private void Ingest() => StageRun.Succeed("ingest-audio", "--root", folder["in"], "--out", folder["r.parquet"], "--quiet", "--no-near-duplicates");

    private void Write(IEnumerable<Example> examples)
    {
        using var table = TableWriter<Example>.Create(folder["e.parquet"], Provenance.Empty);
        foreach (Example example in examples)
        {
            table.Write(example);
        }

        table.Commit();
    }

    private FeatureRow[] Extract(string recipe)
    {
        Ingest();
        return Run(recipe, []);
    }

    private FeatureRow[] ExtractExamples(string recipe) => Run(recipe, ["--examples", folder["e.parquet"]]);

    private FeatureRow[] Run(string recipe, string[] options)
    {
        File.WriteAllText(folder["recipe.json"], recipe);
        StageRun.Succeed("extract-features", [.. options, "--recordings", folder["r.parquet"], "--root", folder["in"], "--recipe", folder["recipe.json"], "--out", folder["f.parquet"], "--quiet"]);
        return StageRun.Rows<FeatureRow>(folder["f.parquet"]);
    }
}
