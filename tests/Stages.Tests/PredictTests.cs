using System.Text.Json;
using Pipeline.Audio;
using Pipeline.Hdf5;
using Pipeline.Msd;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>predict: what it is asked about, and what it says.</summary>
public sealed class PredictTests(PredictTests.Toy toy) : IClassFixture<PredictTests.Toy>
{
    /// <summary>A model for all tests.</summary>
    public sealed class Toy : IDisposable
    {
        internal PredictSample Sample { get; } = PredictSample.OfSound();

        public void Dispose() => Sample.Dispose();
    }

    private readonly PredictSample sample = toy.Sample;

    [Fact]
    public void What_fails_is_told_of_in_its_place_and_the_others_go_on()
    {
        float[] tune = Tune.Make(1, 2);
        Tune.Write(sample["odd/1 good one.wav"], tune);
        sample.Write("odd/2-empty.wav", "");
        sample.Write("odd/3-text.wav", "no sound");
        Tune.Write(sample["odd/4-silent.wav"], new float[44_100]);
        Tune.Write(sample["odd/5-short.wav"], tune.AsSpan(0, 2205));
        float[] bad = [.. tune];
        bad[7] = float.NaN;
        Tune.Write(sample["odd/6-nan.wav"], bad, format: SampleFormat.Float32);
        Tune.Write(sample["odd/7-8k.wav"], Tune.Make(7, 3), 1, 8_000);
        Tune.Write(sample["odd/8-96k-5.1.wav"], Tune.Make(8, 30), 6, 96_000);
        File.WriteAllBytes(sample["odd/9-cut.wav"], File.ReadAllBytes(sample["odd/1 good one.wav"])[..60_000]);
        sample.Write("nothing/readme.txt", "words");
        using (var songs = Hdf5Writer.Create(sample["none.h5"]))
        {
            songs.Dataset<int>(MsdLayout.Analysis, [0], []);
            songs.Finish();
        }

        CommandResult result = sample.Ask(1, "odd", "nothing", "odd/3-texd.wav", "/dev/zero", "od?/1*.wav", "x*.wav", "none.h5", "--json", "--top", "1");
        JsonElement[] lines = [.. result.Lines.Select(l => JsonDocument.Parse(l).RootElement)];
        (string Name, string? Fault)[] told = [.. lines.Select(l => (l.GetProperty("piece").GetString()!, l.TryGetProperty("fault", out JsonElement f) ? f.GetString() : null))];
        Assert.Equal(
            [
                ("odd/1 good one.wav", null), ("odd/2-empty.wav", "it is empty"), ("odd/3-text.wav", "not a sound file: a text file"), ("odd/4-silent.wav", "silent"),
                ("odd/5-short.wav", "too-short: 0.1 s, the recipe wants 0.5 at least"), ("odd/6-nan.wav", "not-finite: 1 samples are infinite or no numbers"),
                ("odd/7-8k.wav", null), ("odd/8-96k-5.1.wav", null), ("odd/9-cut.wav", null),
                ("nothing", "there is nothing in this folder that the model can be asked about"),
                ("odd/3-texd.wav", "there is no such file (did you mean 'odd/3-text.wav'?)"), ("/dev/zero", "it is a pipe or a device, and only files are read"),
                ("odd/1 good one.wav", null), ("x*.wav", "no file or folder is named like this"),
                ("none.h5", "a song file holds segments and no sound, and the model 'toy' listens to sound: a model of segments, such as top-n, reads it"),
            ], told);
        Assert.Equal(lines[0].GetProperty("probabilities").GetRawText(), lines[12].GetProperty("probabilities").GetRawText());
        Assert.Contains("it has 8000 samples a second", Assert.Single(lines[6].GetProperty("remarks").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Contains("its file is damaged: ", Assert.Single(lines[8].GetProperty("remarks").EnumerateArray()).GetString(), StringComparison.Ordinal);
        JsonElement best = Assert.Single(lines[0].GetProperty("top").EnumerateArray());
        Assert.Equal(lines[0].GetProperty("probabilities").EnumerateObject().Max(p => p.Value.GetDouble()), best.GetProperty("probability").GetDouble());
        Assert.EndsWith("predict: 10 of 15 pieces got no verdict\n", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_and_csv_have_the_pieces_the_windows_and_the_faults()
    {
        sample.Write("table/empty.wav", "");
        Tune.Write(sample["table/one, and \"two\".wav"], Tune.Make(1, 2));
        Assert.Empty(sample.Ask(1, "table", "--windows", "--parquet", "v.parquet").Output);
        VerdictRow[] rows = StageRun.Rows<VerdictRow>(sample["v.parquet"]);
        Assert.Equal([null, null, 0, 1, 2], rows.Select(r => r.Window));
        Assert.Equal("it is empty", rows[0].Fault);
        Assert.Equal(rows[2..].Select(r => r.Probabilities[0]).Average(), rows[1].Probabilities[0], 1e-6f);
        Assert.Equal(["predict", "train"], TableReader<VerdictRow>.Open(sample["v.parquet"]).Provenance.Entries.Select(e => e.Stage).Reverse().Take(2));
        string[] csv = sample.Ask(1, "table", "--windows", "--csv").Lines;
        Assert.Equal("piece,window,start_s,length_s,genre,jazz,rock,fault,remarks", csv[0]);
        Assert.Equal("table/empty.wav,,,,,,,it is empty,", csv[1]);
        Assert.StartsWith("\"table/one, and \"\"two\"\".wav\",1,0.5,1,", csv[4], StringComparison.Ordinal);
        Assert.Equal(6, csv.Length);
        Assert.Contains("is read and cannot be written over", sample.Ask(1, "in/a/1.wav", "--parquet", "in/a/../a/1.wav").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Sound_on_stdin_is_a_piece_and_a_reader_who_leaves_is_no_failure()
    {
        string predict = $"'{Repository.Find("bin", "predict")}' --model '{sample.Model}'";
        CommandResult result = Command.Run("/bin/bash", ["-c", $"cat in/a/1.wav | {predict} - --csv --quiet; {predict} in/a/1.wav --csv --quiet"], sample[""]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(result.Lines[1]["-".Length..], result.Lines[3]["in/a/1.wav".Length..]);
        result = Command.Run("/bin/bash", ["-c", $"{predict} in in in in --quiet | head -1; echo ${{PIPESTATUS[0]}}"], sample[""]);
        Assert.Equal(["in/a/0.wav", "0"], result.Lines);
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData("name the files to ask about, or - for sound on stdin")]
    [InlineData("- is named twice: stdin is read once", "-", "x.wav", "-")]
    [InlineData("--json and --csv are two forms of the same verdicts: give one of them", "x.wav", "--csv", "--json")]
    [InlineData("--top needs a number of at least 1, not '0'", "x.wav", "--top", "0")]
    public void A_wrong_command_line_starts_nothing(string sentence, params string[] arguments) =>
        StageRun.Fail(2, sentence, "predict", ["--model", "nowhere", .. arguments]);

    [Fact]
    public void A_model_that_cannot_tell_its_features_is_refused_with_what_is_missing()
    {
        using var other = new TrainSample();
        other.Features();
        other.Recipe();
        string model = other.Train("model");
        StageRun.Fail(1, "model.json does not tell how its features are computed", "predict", "--model", model, sample["in/a/1.wav"]);
        StageRun.Fail(1, "there is no folder 'nowhere'", "predict", "--model", "nowhere", sample["in/a/1.wav"]);
        string file = Path.Combine(model, "model.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"features\": null", "\"features\": { \"representation\": \"smell\" }", StringComparison.Ordinal));
        StageRun.Fail(1, "has settings of features that this version does not know", "predict", "--model", model, sample["in/a/1.wav"]);
    }

    [Fact]
    public void A_terminal_shows_bars_and_a_conversation()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script") && OperatingSystem.IsLinux(), "needs script(1) of util-linux for a pseudo-terminal");
        Tune.Write(sample["music/with blank.wav"], Tune.Make(3, 4));
        string predict = $"'{Repository.Find("bin", "predict")}' --model '{sample.Model}' --windows";
        string[] lines = Typed($"stty cols 60; {predict} music; LC_ALL=C {predict} music", "").Split('\n');
        Assert.Equal("music/with blank.wav", lines[0]);
        Assert.All(lines, l => Assert.InRange(l.Length, 0, 60));
        Assert.Equal(2 * 9, lines.Count(l => l.Contains(" %  ", StringComparison.Ordinal)));
        Assert.All(lines.Where(l => l.Contains('%', StringComparison.Ordinal)), l => Assert.True(l.Contains('█') || l.Contains('#'), l));
        Assert.Equal(2, lines.Count(l => l.Contains("0:00    ", StringComparison.Ordinal) && l.EndsWith("0:04", StringComparison.Ordinal)));

        // Completion, a slip, a way that file managers write blanks, and an empty line; the terminal echoes afterwards as it did before.
        string talk = Typed($"{predict} --top 1; stty -a", "mus\tw\t\rmusic/nix.wav\rmusic/with\\ blank.wav\r\r");
        Assert.Equal(2, talk.Split("\nmusic/with blank.wav\n").Length - 1);
        Assert.Contains("\npredict: music/nix.wav: there is no such file\n", talk, StringComparison.Ordinal);
        Assert.Matches("[ ;]icanon .* echo ", talk.ReplaceLineEndings(" "));
    }

    private string Typed(string line, string keys)
    {
        string typed = string.Concat(keys.Select(k => $"\\{Convert.ToString(k, 8).PadLeft(3, '0')}"));
        CommandResult run = Command.Run("/bin/bash", ["-c", $"printf '{typed}' | script -qefc \"$0\" /dev/null", line], sample[""], ("TERM", "xterm"), ("SHELL", "/bin/sh"));
        Assert.True(run.ExitCode == 0, run.Output);
        return run.Output.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\u001b[?1h\u001b=", "", StringComparison.Ordinal);
    }
}
