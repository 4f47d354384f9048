using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>ingest-audio on trees of all shapes: which files are recordings, what their keys and classes are.</summary>
public sealed class IngestAudioTests : IDisposable
{
    private static readonly float[] Piece = Tune.Make(1, 2);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_row_tells_what_was_decoded()
    {
        string path = Tune.Write(folder["in/jazz/a.wav"], [.. Piece, .. Piece], channels: 2, sampleRate: 8000);
        Recording row = Assert.Single(Run());
        Assert.Equal(("toy/jazz/a", "toy", "jazz/a.wav", "jazz"), (row.RecordingId, row.Source, row.Path, row.FolderLabel));
        Assert.Equal((8000, 2, Piece.Length / 8000.0), (row.SampleRate, row.Channels, row.DurationS));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))), row.Sha256);
        Assert.Equal(Piece.Max(MathF.Abs), row.Peak!.Value, 0.0001f);
        Assert.Null(row.Fault);
        Assert.Null(row.DuplicateGroup);
    }

    [Fact]
    public void Odd_names_are_names()
    {
        string[] names = ["with space", "it's \"quoted\"", "two\nlines", "für Élise 音楽", "-dash", "dots.in.it", "$(date)", "UPPER"];
        for (int i = 0; i < names.Length; i++)
        {
            Tune.Write(folder[$"in/cl ass/{names[i]}{(names[i] == "UPPER" ? ".WAV" : ".wav")}"], Tune.Make(i, 2));
        }

        Recording[] rows = Run();
        Assert.All(rows, r => Assert.True(r is { Fault: null, FolderLabel: "cl ass" }, $"{r.Path}: {r.FaultDetail}"));
        Assert.Equal(names.Select(n => $"toy/cl ass/{n}").Order(StringComparer.Ordinal), rows.Select(r => r.RecordingId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_sound_by_its_content_needs_no_extension_and_text_is_left_out()
    {
        Tune.Write(folder["in/jazz/nameless"], Piece);
        Tune.Write(folder["in/jazz/named.txt"], Tune.Make(2, 2));
        folder.Write("in/jazz/notes.txt", "not sound");
        folder.Write("in/README", "");
        folder.Write("in/jazz/.hidden.wav", "not looked at");
        folder.Write("in/.git/a.wav", "not looked at");
        Directory.CreateDirectory(folder["in/empty"]);
        CommandResult result = StageRun.Succeed("ingest-audio", Arguments());
        Assert.Contains("ingest-audio: 2 files of other kinds left out, such as README\n", result.Errors, StringComparison.Ordinal);
        Assert.Equal(["toy/jazz/named", "toy/jazz/nameless"], StageRun.Rows<Recording>(folder["out.parquet"]).Select(r => r.RecordingId));
    }

    [Fact]
    public void Files_of_one_stem_keep_their_extensions_in_the_key()
    {
        Tune.Write(folder["in/jazz/a.wav"], Piece);
        Tune.Write(folder["in/jazz/a.au"], Tune.Make(2, 2), container: Audio.AudioContainer.Au);
        Tune.Write(folder["in/jazz/b.wav"], Tune.Make(3, 2));
        Assert.Equal(["toy/jazz/a.au", "toy/jazz/a.wav", "toy/jazz/b"], Run().Select(r => r.RecordingId));
    }

    [Theory]
    [InlineData("blues/blues.00000.wav;rock/rock.00000.wav", "toy/blues.00000 blues;toy/rock.00000 rock")]
    [InlineData("genres_original/blues/blues.00000.wav;genres_original/rock/x.wav", "toy/blues.00000 blues;toy/rock/x rock")]
    [InlineData("a/b/blues/one/x.wav;a/b/rock/two/x.wav", "toy/blues/one/x blues;toy/rock/two/x rock")]
    [InlineData("blues/x.wav;blues/y.wav", "toy/blues/x blues;toy/blues/y blues")]
    [InlineData("x.wav;y.wav", "toy/x -;toy/y -")]
    [InlineData("loose.wav;rock/x.wav", "toy/loose -;toy/rock/x rock")]
    public void Classes_are_the_folders_that_stand_side_by_side(string files, string expected)
    {
        int seed = 0;
        foreach (string file in files.Split(';'))
        {
            Tune.Write(folder["in/" + file], Tune.Make(++seed, 2));
        }

        Assert.Equal(expected, string.Join(';', Run().Select(r => $"{r.RecordingId} {r.FolderLabel ?? "-"}")));
    }

    [Fact]
    public void Links_are_followed_once_and_circles_end()
    {
        Tune.Write(folder["in/jazz/a.wav"], Piece);
        Directory.CreateSymbolicLink(folder["in/jazz/up"], "..");
        Directory.CreateSymbolicLink(folder["in/jazz/self"], ".");
        Tune.Write(folder["elsewhere/b.wav"], Tune.Make(2, 2));
        Directory.CreateSymbolicLink(folder["in/rock"], "../elsewhere");
        File.CreateSymbolicLink(folder["in/jazz/broken.wav"], "nowhere.wav");
        Directory.CreateSymbolicLink(folder["link"], "in");
        foreach (string root in (string[])["in", "link"])
        {
            CommandResult result = StageRun.Succeed("ingest-audio", Arguments(root, "--max-failed", "1"));
            Assert.Contains("jazz/up leads back to a folder that it is in: it is not followed", result.Errors, StringComparison.Ordinal);
            Recording[] rows = StageRun.Rows<Recording>(folder["out.parquet"]);
            Assert.Equal(["jazz/a.wav", "jazz/broken.wav", "rock/b.wav"], rows.Select(r => r.Path));
            Assert.Equal(("unreadable", "unreadable: there is no such file: a link that leads nowhere"), (rows[1].Fault, rows[1].FaultDetail));
        }
    }

    [Fact]
    public void Threads_change_no_byte()
    {
        for (int i = 0; i < 9; i++)
        {
            Tune.Write(folder[$"in/{(i % 2 == 0 ? "jazz" : "rock")}/{i}.wav"], Tune.Make(i / 2, 3));
        }

        byte[][] outputs = [.. ((string[])["1", "2", "7"]).Select(n =>
        {
            StageRun.Succeed("ingest-audio", Arguments("in", "--threads", n));
            return File.ReadAllBytes(folder["out.parquet"]);
        })];
        Assert.Equal(outputs[0], outputs[1]);
        Assert.Equal(outputs[0], outputs[2]);
    }

    [Fact]
    public void An_interrupted_run_leaves_nothing()
    {
        string path = Tune.Write(folder["in/jazz/a.wav"], Tune.Make(1, 60));
        for (int i = 0; i < 2000; i++)
        {
            File.CreateSymbolicLink(folder[$"in/jazz/{i}.wav"], path);
        }

        CommandResult result = StageRun.Interrupt("ingest-audio", folder["out.parquet.part"], Arguments());
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("ingest-audio: interrupted\n", result.Errors, StringComparison.Ordinal);
        Assert.Equal([folder["in"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_cannot_be_done_is_a_sentence()
    {
        StageRun.Fail(1, "there is no folder '", "ingest-audio", Arguments());
        string text = folder.Write("in/notes.txt", "no sound");
        StageRun.Fail(1, "only others such as notes.txt: give the folder that holds the class folders", "ingest-audio", Arguments());
        StageRun.Fail(1, "is a file: --root is the folder that holds the class folders", "ingest-audio", "--root", text, "--out", folder["out.parquet"]);
        Tune.Write(folder["in/jazz/a.wav"], Piece);
        StageRun.Fail(1, "is a folder: a table is written to a file, name another", "ingest-audio", "--root", folder["in"], "--out", folder["in"]);
        StageRun.Fail(2, "--source needs a name without a slash, not 'a/b'", "ingest-audio", Arguments("in", "--source", "a/b"));
        StageRun.Fail(2, "--min-seconds needs 0 or more, not '-1'", "ingest-audio", Arguments("in", "--min-seconds", "-1"));
        StageRun.Fail(2, "the option --out is required", "ingest-audio", "--root", folder["in"]);
        Assert.Equal([folder["in"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_missing_library_is_3_and_named()
    {
        Directory.CreateDirectory(folder["in/jazz"]);
        File.Copy(Repository.Find("tests", "golden", "audio", "flac_16.flac"), folder["in/jazz/a.flac"]);
        CommandResult result = Command.Run(Repository.Find("bin", "ingest-audio"), Arguments(), null, ("PIPELINE_SNDFILE", "/nowhere/libsndfile.so.1"));
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("PIPELINE_SNDFILE is '/nowhere/libsndfile.so.1', where there is no file", result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["out.parquet.part"]));
    }

    private string[] Arguments(string root = "in", params string[] more) =>
        ["--root", folder[root], "--out", folder["out.parquet"], .. more.Contains("--source") ? (string[])[] : ["--source", "toy"], .. more];

    private Recording[] Run(params string[] more)
    {
        StageRun.Succeed("ingest-audio", Arguments("in", more));
        return StageRun.Rows<Recording>(folder["out.parquet"]);
    }
}
