using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>unify-labels: which label files it reads, and what it says of those that are not sound.</summary>
public sealed class UnifyLabelsFileTests : IDisposable
{
    private readonly UnifyLabelsCase run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void Every_form_of_a_label_file_gives_the_same_labels()
    {
        string recordings = run.Recordings("r.parquet", Enumerable.Range(1, 4).Select(n => UnifyLabelsCase.Song(UnifyLabelsCase.Track(n))));
        string plain = $"# a comment\n{UnifyLabelsCase.Track(1)}\tNew Age\n{UnifyLabelsCase.Track(2)}\tJazz\tBlues\n{UnifyLabelsCase.Track(3)}\tRnB\n";
        string untidy = $"\uFEFF# a comment\r\n\r\n{UnifyLabelsCase.Track(1)}\tNew Age\t\r\n#another\r\n{UnifyLabelsCase.Track(2)} \t Jazz\tBlues \t\r\n   \r\n{UnifyLabelsCase.Track(3)}\tRnB  ";
        string last = plain + $"{UnifyLabelsCase.Track(4)}\tVocal\n";
        (string, string, string?)[] expected = [("msd/" + UnifyLabelsCase.Track(1), "New Age", null), ("msd/" + UnifyLabelsCase.Track(2), "Jazz", "Blues"), ("msd/" + UnifyLabelsCase.Track(3), "RnB", null)];
        foreach (byte[] content in (byte[][])[Encoding.UTF8.GetBytes(plain), Encoding.UTF8.GetBytes(untidy), Gzip(plain), [.. Gzip(plain[..60]), .. Gzip(plain[60..])]])
        {
            File.WriteAllBytes(run.Folder["tagtraum.cls"], content);
            Assert.Equal(expected, run.Run("--recordings", recordings, "--tagtraum", run.Folder["tagtraum.cls"]).Rows.Select(r => (r.RecordingId, r.TagtraumMajority!, r.TagtraumMinority)));
        }

        // Cut anywhere, within its trailer too; damaged; of two parts, the second cut.
        byte[] whole = Gzip(last);
        foreach (byte[] content in (byte[][])[whole[..^1], whole[..^8], whole[..40], whole[..2], Damaged(whole), [.. Gzip(plain), .. whole[..^5]]])
        {
            File.WriteAllBytes(run.Folder["tagtraum.cls"], content);
            CommandResult failed = Fail("tagtraum.cls is damaged or cut off: it is compressed with gzip and does not come to a proper end, fetch it again", "--recordings", recordings, "--tagtraum", run.Folder["tagtraum.cls"]);
            Assert.Single(failed.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public void A_bad_line_is_told_with_its_place_and_counted()
    {
        string t = UnifyLabelsCase.Track(1);
        string file = run.Folder.Write("topmagd.cls", string.Join('\n',
            "# 1", $"{t}\tJazz", $"{t} Jazz", $"{t}\t", "TR123\tJazz", "", $"{UnifyLabelsCase.Track(2)}\tJazz\tRock", $"XX{t[2..]}\tJazz", $"{t[..^1]}!\tJazz", "Jazz"));
        string recordings = run.Recordings("r.parquet", UnifyLabelsCase.Song(t));
        CommandResult failed = Fail("7 of 8 lines failed, more than the 1 % that --max-failed allows; first: ", "--recordings", recordings, "--topmagd", file);
        string[] places = [.. failed.Errors.Split('\n').Where(l => l.Contains($"{file}:", StringComparison.Ordinal)).SkipLast(1).Select(l => l[(l.IndexOf(file, StringComparison.Ordinal) + file.Length + 1)..])];
        Assert.Equal(
            [
                $"3: '{t} Jazz' is no track's id: TR and 16 letters or digits", "4: there is no genre after the track's id and a tab",
                "5: 'TR123' is no track's id: TR and 16 letters or digits", "7: it has more than 2 fields: a file with second genres is one of --tagtraum",
                $"8: 'XX{t[2..]}' is no track's id: TR and 16 letters or digits", $"9: '{t[..^1]}!' is no track's id: TR and 16 letters or digits",
                "10: 'Jazz' is no track's id: TR and 16 letters or digits",
            ],
            places);
        Assert.Equal("Jazz", Assert.Single(run.Run("--recordings", recordings, "--topmagd", file, "--max-failed", "0.9").Rows).Genre);
        string tagtraum = run.Folder.Write("tagtraum.cls", $"{t}\tJazz\tBlues\tRock\n{t}\t\tJazz\n");
        failed = Fail("2 of 2 lines failed", "--recordings", recordings, "--tagtraum", tagtraum);
        Assert.Contains(":1: it has more than 3 fields\n", failed.Errors, StringComparison.Ordinal);
        Assert.Contains(":2: its genre is empty\n", failed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_label_of_a_track_counts_and_another_genre_is_a_conflict()
    {
        string first = run.Folder.Write("cd1.cls", $"{UnifyLabelsCase.Track(1)}\tRock\tJazz\n{UnifyLabelsCase.Track(1)}\tJazz\n{UnifyLabelsCase.Track(2)}\tMetal\n{UnifyLabelsCase.Track(2)}\tmetal\n"
            + $"{UnifyLabelsCase.Track(4)}\tA Noise\n{UnifyLabelsCase.Track(4)}\ta-noise\n{UnifyLabelsCase.Track(4)}\tHum\n");
        string second = run.Folder.Write("cd2.cls", $"{UnifyLabelsCase.Track(2)}\tRock\n{UnifyLabelsCase.Track(1)}\tBlues\n{UnifyLabelsCase.Track(3)}\tBlues\n");
        string recordings = run.Recordings("r.parquet", Enumerable.Range(1, 3).Select(n => UnifyLabelsCase.Song(UnifyLabelsCase.Track(n))));

        // As spelt, metal and rock are two genres; in the common set they are one.
        (Label[] rows, JsonElement report, string errors) = run.Run("--recordings", recordings, "--tagtraum", first, "--tagtraum", second);
        Assert.Equal(["Rock", "Metal", "Blues"], rows.Select(r => r.Genre));
        Assert.Equal("Jazz", rows[0].TagtraumMinority);
        Assert.Equal(4, report.GetProperty("files")[0].GetProperty("conflicts").GetInt32());
        Assert.Contains($"{first}:2: {UnifyLabelsCase.Track(1)} is Jazz here and was Rock before, which stays", errors, StringComparison.Ordinal);
        (rows, report, errors) = run.Run("--recordings", recordings, "--tagtraum", first, "--tagtraum", second, "--genres", UnifyLabelsCase.Genres);
        Assert.Equal(["pop_rock", "pop_rock", "blues"], rows.Select(r => r.Genre));
        Assert.Equal(3, report.GetProperty("files")[0].GetProperty("conflicts").GetInt32());
        Assert.Contains($"{second}:2: {UnifyLabelsCase.Track(1)} is Blues here and was Rock before, which stays", errors, StringComparison.Ordinal);
        Assert.Equal(["Blues", "Rock", "Blues"], run.Run("--recordings", recordings, "--tagtraum", second, "--tagtraum", first).Rows.Select(r => r.TagtraumMajority));
    }

    [Fact]
    public void What_cannot_be_done_is_a_sentence_and_leaves_nothing()
    {
        string good = run.Folder.Write("good.cls", $"{UnifyLabelsCase.Track(1)}\tJazz\n"), empty = run.Folder.Write("empty.cls", "# nothing\n");
        string recordings = run.Recordings("r.parquet", UnifyLabelsCase.Song(UnifyLabelsCase.Track(1)), UnifyLabelsCase.Song(UnifyLabelsCase.Track(2)));
        string none = run.Recordings("none.parquet");
        using (ZipArchive archive = ZipFile.Open(run.Folder["cd1.cls.zip"], ZipArchiveMode.Create))
        {
            archive.CreateEntryFromFile(good, "cd1.cls");
        }

        string own = run.Recordings("own.parquet", UnifyLabelsCase.Clip("mine/1", "Kanto"));
        string[] before = Directory.GetFileSystemEntries(run.Folder.Path);
        Fail("cd1.cls.zip is a zip archive: unzip it, and name the file that was in it", "--recordings", recordings, "--tagtraum", run.Folder["cd1.cls.zip"]);
        Fail("empty.cls holds no labels", "--recordings", recordings, "--masd", empty);
        Fail("there is no file or folder 'nowhere.cls'", "--recordings", recordings, "--masd", "nowhere.cls");
        Fail("is a folder: name the file in it", "--recordings", recordings, "--masd", run.Folder.Path);
        Fail("r.parquet is named twice", "--recordings", recordings, "--recordings", recordings);
        Fail("good.cls is named twice", "--recordings", recordings, "--tagtraum", good, "--topmagd", good);
        Fail("there are no recordings in ", "--recordings", none, "--tagtraum", good);
        Fail("none of 2 recordings gets a genre: 2 no source knows it; they are in no class folder", "--recordings", recordings, "--csv", run.Folder["l.csv"]);
        Fail("1 no line for its genre; add lines for the class folders to ", "--recordings", own, "--genres", Plain("tagtraum,Jazz,"));
        Fail("none of 2 recordings gets a genre: 1 no place in the set, 1 no source knows it", "--recordings", recordings, "--tagtraum", good, "--genres", Plain("tagtraum,Jazz,"));
        Fail("have no set 'gtzan10': did you mean 'gtzan-10'?", "--recordings", recordings, "--genres", UnifyLabelsCase.Genres, "--set", "gtzan10");
        Fail("it has common, gtzan-10, tagtraum-15, topmagd-13", "--recordings", recordings, "--genres", UnifyLabelsCase.Genres, "--set", "whatever");
        Fail("labels.parquet is read and cannot be written over", "--recordings", run.Recordings("labels.parquet", UnifyLabelsCase.Song(UnifyLabelsCase.Track(1))), "--tagtraum", good);
        Fail("good.cls is read and cannot be written over", "--recordings", recordings, "--tagtraum", good, "--csv", good);
        Assert.Equal(0, Command.Run("mkfifo", [run.Folder["pipe"]]).ExitCode);
        Fail("pipe is a device or a pipe, whose place the file would take: name a file", "--recordings", recordings, "--tagtraum", good, "--csv", run.Folder["pipe"]);
        Fail("pipe is a device or a pipe, whose place the file would take: name a file", "--recordings", recordings, "--tagtraum", good, "--report", run.Folder["pipe"]);
        Fail("is a folder: name a file in it", "--recordings", recordings, "--tagtraum", good, "--report", run.Folder.Path);
        Fail("pipe is a pipe or a device, and what is read has to be there a second time, for its hash: write it to a file first", "--recordings", recordings, "--tagtraum", run.Folder["pipe"]);
        File.Delete(run.Folder["pipe"]);
        Usage("--policy needs one of majority, agree, tagtraum-first, topmagd-first, unambiguous, not 'most'", "--recordings", recordings, "--policy", "most");
        Usage("--set is a column of the file that --genres names", "--recordings", recordings, "--set", "common");
        Usage("--out and --csv are the same file", "--recordings", recordings, "--csv", run.Out);
        Usage("--csv needs a value", "--recordings", recordings, "--csv=");
        File.Delete(run.Out);
        File.Delete(run.Folder["plain.csv"]);
        Assert.Equal(before.Order(), Directory.GetFileSystemEntries(run.Folder.Path).Order());
    }

    [Fact]
    public void A_file_of_genres_is_checked()
    {
        string recordings = run.Recordings("r.parquet", UnifyLabelsCase.Clip("a", "jazz"));
        Refused("must begin with the columns source,source_genre and a column for each set", "a,b,c\n");
        Refused("must begin with the columns source,source_genre and a column for each set", "source,source_genre\n");
        Refused("have the column 'x' twice", "source,source_genre,x,x\n");
        Refused("have 2 fields in line 3, their first line has 3", "# c\nsource,source_genre,x\nfolder,jazz\n");
        Refused("line 2: 'source_genre' is empty", "source,source_genre,x\nfolder,,jazz\n");
        Refused("line 3: folder has a line for 'Hip-Hop' already", "source,source_genre,x\nfolder,Hip-Hop,rap\nfolder,hip hop,rap\n");
        Refused("line 3: the genre 'Pop Rock' is spelt 'pop_rock' before: spell it one way", "source,source_genre,x\nfolder,pop,pop_rock\nfolder,rock,Pop Rock\n");

        void Refused(string sentence, string content) => Fail(sentence, "--recordings", recordings, "--genres", run.Folder.Write("g.csv", content));
    }

    [Fact]
    public void Two_recordings_of_one_key_are_refused()
    {
        string a = run.Recordings("a.parquet", UnifyLabelsCase.Clip("x", "jazz")), b = run.Recordings("b.parquet", UnifyLabelsCase.Clip("x", "rock"));
        Fail("there are two recordings 'gtzan/x': datasets side by side need different names", "--recordings", a, "--recordings", b);
        Assert.False(File.Exists(run.Out));
    }

    private string Plain(params string[] lines) => run.Folder.Write("plain.csv", "source,source_genre,genre\n" + string.Join('\n', lines) + "\n");

    private CommandResult Fail(string sentence, params string[] arguments) => StageRun.Fail(1, sentence, "unify-labels", [.. arguments, "--out", run.Out]);

    private void Usage(string sentence, params string[] arguments) => StageRun.Fail(2, sentence, "unify-labels", [.. arguments, "--out", run.Out]);

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static byte[] Damaged(byte[] content)
    {
        byte[] damaged = [.. content];
        damaged[content.Length / 2] ^= 0x10;
        return damaged;
    }
}
