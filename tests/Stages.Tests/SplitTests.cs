using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Pipeline.Parquet;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>split: whose recordings belong together, the forms of lists, and what it says.</summary>
public sealed class SplitTests : IDisposable
{
    private readonly SplitTables tables = new();

    public void Dispose() => tables.Dispose();

    [Fact]
    public void Names_are_of_one_artist_however_they_are_spelt()
    {
        (string, string?, bool)[] pairs =
        [
            ("The Beatles", "BEATLES, the", true), ("Simon & Garfunkel", "Simon and Garfunkel", true), ("Motörhead", "Motorhead", true), ("AC/DC", "AC DC", true),
            ("Sigur Rós", "sigur ros", true), ("Earth, Wind & Fire", "Earth Wind and Fire", true), ("Mø", "MO", true), ("!!!", "!!!", true), ("The The", "the the", true),
            ("Eve feat. Gwen", "Gwen", true), ("Santana featuring Rob", "Rob", true), ("Jay ft. Bey", "Jay", true), ("Nas (feat. Olu)", "Olu", true), ("Sun / Ra", "Ra", true),
            ("Run vs. Jason", "Jason", true), ("Kylie FEAT Robbie", "Robbie", true), ("Little Feat", "Little", false), ("AC/DZ", "DZ", false), ("Peter & Gordon", "Peter", false),
            ("Various Artists", "various artists", false), ("V.A.", "VA", false), ("[unknown]", "Unknown", false), ("N/A", "n/a", false), ("?", "?", false), ("", null, false),
            ("Ｐｅｒｆｕｍｅ", "perfume", true), ("Röyksopp", "Ro\u0308yksopp", true), ("Đặng Thái Sơn", "Dang Thai Son", true), ("東京事変", "東京事変", true), ("Abba", "Abbas", false),
            ("Чайковский", "ЧАИ\u0306КОВСКИИ\u0306", true), ("Βαγγέλης", "ΒΑΓΓΕΛΗΣ", true), ("한국", "\u1112\u1161\u11AB\u1100\u116E\u11A8", true), ("ガリ", "カ\u3099リ", true),
            ("パパ", "ハ\u309Aハ\u309A", true), ("ババ", "ハハ", false), ("The\u00A0Who", "Who", true), ("Florence + the Machine", "Florence and The Machine", true),
            ("Jo ft Al", "Al", true), ("Ed feat.Flo", "Flo", true), ("Gus w/ Hal", "Hal", true), ("Kim;Pat", "Pat", true), ("Ike (2)", "Ike", false),
        ];
        Recording[] rows = [.. pairs.SelectMany((p, i) => (Recording[])[Labelled($"toy/{i:00}-a", p.Item1), Labelled($"toy/{i:00}-b", p.Item2)])];
        SplitRow[] split = tables.Run(rows);
        Assert.Equal(pairs, pairs.Select((p, i) => (p.Item1, p.Item2, split[2 * i].Group == split[2 * i + 1].Group)));
        Assert.Equal(rows.Select(r => r.RecordingId), split.Select(r => r.RecordingId));
    }

    [Fact]
    public void Each_key_holds_together_and_those_of_nobody_do_not()
    {
        string empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        Recording[] rows =
        [
            Labelled("a/sha1") with { Sha256 = "0a" }, Labelled("b/sha2") with { Sha256 = "0A" },
            Labelled("a/song1") with { SongId = "SO1" }, Labelled("b/song2") with { SongId = "SO1" },
            Labelled("a/track1") with { TrackId = "TR1" }, Labelled("b/track2") with { TrackId = "TR1" },
            Labelled("a/first"), Labelled("b/copy") with { DuplicateGroup = "a/first" }, Labelled("b/copy2") with { DuplicateGroup = "a/first" },
            Labelled("a/id1") with { ArtistId = "ARD7TVE1187B99BFB1" }, Labelled("b/id2") with { ArtistId = "ARD7TVE1187B99BFB1" },
            Labelled("a/own1") with { ArtistId = "7" }, Labelled("b/own2") with { ArtistId = "7" }, Labelled("a/own3") with { ArtistId = "7" },
            Labelled("a/va1", "Various Artists") with { ArtistId = "ARD7TVE1187B99BFB2" }, Labelled("a/va2", "Various") with { ArtistId = "ARD7TVE1187B99BFB2" },
            Labelled("a/empty1") with { Sha256 = empty }, Labelled("a/empty2") with { Sha256 = empty },
        ];
        string[] groups = ["a/sha1", "a/sha1", "a/song1", "a/song1", "a/track1", "a/track1", "a/first", "a/first", "a/first", "a/id1", "a/id1", "a/own1", "b/own2", "a/own1", "a/va1", "a/va2", "a/empty1", "a/empty2"];
        Assert.Equal(groups, tables.Run(rows, out string said).Select(r => r.Group));
        Assert.Contains("2 recordings of nobody (various artists", said, StringComparison.Ordinal);
        Assert.Contains("11 recordings without an artist: ", said, StringComparison.Ordinal);
        Assert.Contains("2 recordings marked as holding the same sound as another", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_held_together_is_warned_of_and_the_warning_goes_with_the_table()
    {
        Recording[] rows = [.. Enumerable.Range(0, 40).Select(i => Labelled($"toy/{i:00}", "Nina", $"Song {i / 2}") with { Sha256 = $"{i / 20}" })];
        Assert.Single(tables.Run(rows, out string said).Select(r => r.Split).Distinct());
        Assert.DoesNotContain("figures flatter", said, StringComparison.Ordinal);
        Assert.Contains("the largest group holds 40 recordings, mostly of Nina (toy/00)", said, StringComparison.Ordinal);
        Assert.Contains("warning: there is nothing in valid and test", said, StringComparison.Ordinal);

        Recording[] songs = [.. rows.Select(r => r with { Sha256 = null })];
        SplitRow[] bySong = tables.Run(songs, out said, "--by", "song");
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"toy/{i / 2 * 2:00}"), bySong.Select(r => r.Group));
        Assert.Contains("recordings of one artist may stand in train and in test (split --by song): figures flatter", Assert.Single(Warnings()), StringComparison.Ordinal);

        SplitRow[] apart = tables.Run(rows, out said, "--by", "none");
        Assert.Equal((28, 6, 6), (apart.Count(r => r.Split == "train"), apart.Count(r => r.Split == "valid"), apart.Count(r => r.Split == "test")));
        Assert.Equal(apart.Select(r => r.RecordingId), apart.Select(r => r.Group));
        string warning = "recordings of one artist, and copies of one recording, may stand in train and in test (split --by none): figures flatter";
        Assert.Equal(warning, Assert.Single(Warnings()));
        Assert.Contains($"split: warning: {warning}", said, StringComparison.Ordinal);
        Assert.Contains("split: 1 artist in several parts", said, StringComparison.Ordinal);
        Assert.Contains("split: 2 groups of duplicates in several parts", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_name_recordings_in_many_ways()
    {
        Recording[] rows =
        [
            Labelled("a/id"), Labelled("a/path") with { Path = "deep/with a space, and comma/song.mp3" }, Labelled("a/jazz.00001") with { Path = "genres/jazz/jazz.00001.png" },
            Labelled("m/1") with { TrackId = "TR1" }, Labelled("m/2") with { SongId = "SO2" }, Labelled("m/3") with { ArtistId = "AR3" }, Labelled("m/4") with { ArtistId = "AR3" },
            Labelled("m/5") with { TrackId = "TR5" }, Labelled("a/valid"), Labelled("a/told"), Labelled("a/nowhere"), Labelled("free/1", "Nina"), Labelled("m/6", "Nina") with { TrackId = "TR6" },
            Labelled("a/jazz.00002") with { Path = "genres/jazz/jazz.00002.au" },
        ];
        tables.Write("lists/my_train.txt", "\uFEFF# a head\r\nrecording_id\r\na/id\r\n\r\ndeep/with a space, and comma/song.mp3\r\njazz/jazz.00001.wav\r\njazz/jazz.00002\r\n");
        tables.Write("lists/dev.tsv", "a/valid\tx\n\"a/gone\"\n");
        tables.Write("lists/README", "no list");
        using (var packed = new GZipStream(File.Create(tables["lists/evaluation.csv.gz"]), CompressionMode.Compress))
        {
            packed.Write(Encoding.UTF8.GetBytes("TR1,rock\nSO2\nAR3<SEP>mbid<SEP>x<SEP>Somebody\nTR6\n"));
        }

        string told = tables.Write("told.csv", "file,part\na/told,Validation\n");
        string other = tables.Write("plain.txt", "TR5\n");
        SplitRow[] split = tables.Run(rows, out string said, "--lists", tables["lists"], "--lists", told, "--lists", $"test={other}");
        Assert.Equal(
            ["a/id train", "a/path train", "a/jazz.00001 train", "m/1 test", "m/2 test", "m/3 test", "m/4 test", "m/5 test", "a/valid valid", "a/told valid", "free/1 test", "m/6 test", "a/jazz.00002 train"],
            split.Select(r => $"{r.RecordingId} {r.Split}"));
        Assert.Contains("split: 1 of them names no recording that is there, such as a/gone", said, StringComparison.Ordinal);
        Assert.Matches(@"not in the lists +1\n", said);
        Assert.Contains("a/nowhere", tables.Run(rows, "--lists", tables["lists"], "--lists", told, "--lists", $"test={other}", "--place-unlisted").Select(r => r.RecordingId));
        StageRun.Fail(1, "plain.txt does not tell the part of 'TR5' in line 1: write train, valid or test behind a comma, or give the list as --lists train=", "split", tables.Arguments(rows, "--lists", other));
        StageRun.Fail(1, "there is no list 'nowhere'", "split", tables.Arguments(rows, "--lists", "nowhere"));
        StageRun.Fail(1, "is named twice: name each list once", "split", tables.Arguments(rows, "--lists", $"train={other}", "--lists", $"test={other}"));
        StageRun.Fail(1, "train.parquet is no text: it holds a zero byte in line 1", "split", tables.Arguments(rows, "--lists", tables.WriteRecordings("train.parquet", rows)));
        File.WriteAllBytes(tables["cut_test.gz"], File.ReadAllBytes(tables["lists/evaluation.csv.gz"])[..^12]);
        StageRun.Fail(1, "cut_test.gz is damaged or cut off", "split", tables.Arguments(rows, "--lists", tables["cut_test.gz"]));
        Directory.CreateDirectory(tables["bare"]);
        StageRun.Fail(1, "no file in the folder '", "split", tables.Arguments(rows, "--lists", tables["bare"]));
    }

    [Fact]
    public void Lists_name_artists_as_they_are_called()
    {
        Recording[] rows = [Labelled("a/1", "Simone, Nina"), Labelled("a/2", "Beyoncé feat. Jay"), Labelled("a/3", "The Otis"), Labelled("b/1", "Ella")];
        string list = tables.Write("artists_test.txt", "Simone, Nina\nBeyonce\n");
        string told = tables.Write("artists.csv", "Otis,train\n");
        SplitRow[] split = tables.Run(rows, out string said, "--lists", list, "--lists", told);
        Assert.Equal(["a/1 test", "a/2 test", "a/3 train"], split.Where(r => r.RecordingId != "b/1").Select(r => $"{r.RecordingId} {r.Split}"));
        Assert.DoesNotContain("name no recording", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_something_else_are_not_taken_for_lists_that_leave_everything_free()
    {
        Recording[] rows = [Labelled("a/1"), Labelled("a/2"), Labelled("a/3")];
        string other = tables.Write("train.txt", "# names\nb/1\nb/2\n"), empty = tables.Write("test.txt", "# none\n"), some = tables.Write("valid.txt", "a/1\n");
        StageRun.Fail(1, "the lists name no recording that is there (the first line says 'b/1')", "split", tables.Arguments(rows, "--lists", other));
        StageRun.Fail(1, "test.txt names nothing: it has a recording, a track or an artist in each line", "split", tables.Arguments(rows, "--lists", empty));
        tables.Run(rows, out string said, "--lists", other, "--lists", some);
        Assert.Contains("warning: nothing that is there is named in train.txt", said, StringComparison.Ordinal);
    }

    [Fact]
    public void More_folds_than_groups_are_refused() =>
        StageRun.Fail(1, "2 groups cannot be put into 3 folds", "split", tables.Arguments([Labelled("a/1", "Nina"), Labelled("a/2", "Nina"), Labelled("a/3")], "--folds", "3"));

    [Fact]
    public void Lists_that_divide_an_artist_are_refused_or_yield_to_the_test_part()
    {
        Recording[] rows =
        [
            Labelled("a/1", "Nina"), Labelled("a/2", "The Nina"), Labelled("a/3", "Otis"), Labelled("a/4", "Ella"), Labelled("a/5", "Ella"),
            Labelled("b/1", "Otis / Nina"), Labelled("b/2", "Otis"), Labelled("b/3", "Sade"),
        ];
        string list = tables.Write("list.csv", "a/1,test\na/2,train\na/3,train\na/4,valid\na/5,train");
        CommandResult refused = StageRun.Fail(1, "the lists put what belongs together on two sides (2 recordings): a/", "split", tables.Arguments(rows, "--lists", list));
        Assert.Matches(@": a/(2 \(train\) and a/1 \(test\) are by (The )?Nina|5 \(train\) and a/4 \(valid\) are by Ella); correct the lists, or leave such recordings out with --leave-out-leaks", refused.Errors);
        Assert.False(File.Exists(tables["splits.parquet"]));

        SplitRow[] split = tables.Run(rows, out string said, "--lists", list, "--leave-out-leaks");
        Assert.Equal(["a/1 test", "a/3 train", "a/4 valid", "b/2 train"], split.Where(r => r.RecordingId != "b/3").Select(r => $"{r.RecordingId} {r.Split}"));
        Assert.Matches(@"divided by the lists +2\n", said);
        Assert.Matches(@"links both sides of the lists +1\n", said);

        // What is left out tells as well that others are copies.
        Recording[] chain = [Labelled("a/1") with { Sha256 = "0a" }, Labelled("b/1") with { Sha256 = "0a", Fault = "duplicate", DuplicateGroup = "b/2" }, Labelled("b/2")];
        string apart = tables.Write("apart.csv", "a/1,test\nb/2,train");
        StageRun.Fail(1, ": b/2 (train) and a/1 (test) are copies of one recording by way of others; correct the lists", "split", tables.Arguments(chain, "--lists", apart));
        Assert.Equal("a/1", Assert.Single(tables.Run(chain, "--lists", apart, "--leave-out-leaks")).RecordingId);

        string twice = tables.Write("twice.csv", "a/1,test\na/1,train");
        StageRun.Fail(1, "on two sides (1 recording): a/1 is named for train and for test; correct the lists", "split", tables.Arguments(rows, "--lists", twice));
    }

    [Fact]
    public void What_cannot_be_placed_as_wanted_is_said()
    {
        Recording[] rows =
        [
            .. Enumerable.Range(0, 30).Select(i => Labelled($"toy/{i:00}", $"Artist {i}", "A title")),
            Labelled("toy/polka", "Polka") with { FolderLabel = "polka" },
            Labelled("toy/unlabelled") with { FolderLabel = null },
            .. Enumerable.Range(0, 10).Select(i => Labelled($"toy/large{i}", "Everywhere", "A title")),
        ];
        SplitRow[] split = tables.Run(rows, out string said, "--report", tables["report.json"], "--fractions", "80/0/20");
        Assert.DoesNotContain(split, r => r.Split == "valid");
        Assert.Contains("warning: fewer groups than parts in polka (1)", said, StringComparison.Ordinal);
        Assert.Contains("warning: nothing in test of polka", said, StringComparison.Ordinal);
        Assert.Contains("the largest group holds 10 recordings, mostly of Everywhere (toy/large0)", said, StringComparison.Ordinal);
        Assert.Contains("warning: that is 24.4 % of all, which go to one part", said, StringComparison.Ordinal);
        Assert.Matches(@"no label +1\n", said);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(tables["report.json"]));
        Assert.Equal(41, report.RootElement.GetProperty("recordings").GetInt32());
        Assert.Equal(["jazz", "polka"], report.RootElement.GetProperty("genres").EnumerateArray().Select(g => g.GetProperty("genre").GetString()));

        // An artist is called by the name alone, whichever song comes first.
        Recording[] guests = [Labelled("toy/1", "The Nina feat. Otis"), Labelled("toy/2", "Nina"), Labelled("toy/3", "The Nina")];
        foreach (IEnumerable<Recording> order in (IEnumerable<Recording>[])[guests, guests.Reverse()])
        {
            tables.Run([.. order], out string named);
            Assert.Contains("the largest group holds 3 recordings, mostly of Nina (toy/1)", named, StringComparison.Ordinal);
        }

        tables.Run(rows, "--fractions", "80/0/20");

        // The same shares in other words are the same bytes.
        byte[] bytes = File.ReadAllBytes(tables["splits.parquet"]);
        tables.Run(rows, "--fractions", "0.8/0/.2");
        Assert.Equal(bytes, File.ReadAllBytes(tables["splits.parquet"]));

        Assert.Empty(tables.Run([], out said));
        Assert.Contains("warning: there is nothing in train and valid and test", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_done_is_a_sentence()
    {
        Recording[] rows = [Labelled("toy/1"), Labelled("toy/2")];
        StageRun.Fail(1, "the recording toy/1 is there twice, the second time in ", "split", tables.Arguments([.. rows, rows[0]]));
        string[] arguments = tables.Arguments(rows);
        StageRun.Fail(2, "--fractions needs three shares that add up to 1 or to 100, such as 0.7/0.15/0.15, not '1/2/3'", "split", [.. arguments, "--fractions", "1/2/3"]);
        StageRun.Fail(2, "--fractions needs three shares", "split", [.. arguments, "--fractions", "0.5/0.5"]);
        StageRun.Fail(2, "--fractions needs three shares", "split", [.. arguments, "--fractions", "-0.5/0.5/1"]);
        StageRun.Fail(2, "--folds needs 1 to 1000, not '0'", "split", [.. arguments, "--folds", "0"]);
        StageRun.Fail(2, "--test-fold needs --folds of 3 or more", "split", [.. arguments, "--test-fold", "0"]);
        StageRun.Fail(2, "--test-fold needs a fold of 0 to 4, not '5'", "split", [.. arguments, "--folds", "5", "--test-fold", "5"]);
        StageRun.Fail(2, "--test-fold makes the parts of folds", "split", [.. arguments, "--folds", "5", "--test-fold", "1", "--fractions", "0.8/0.1/0.1"]);
        StageRun.Fail(2, "--test-fold needs a whole number, not 'x'", "split", [.. arguments, "--folds", "5", "--test-fold", "x"]);
        StageRun.Fail(2, "--folds needs a whole number, not 'x'", "split", [.. arguments, "--folds", "x", "--test-fold", "1"]);
        StageRun.Fail(2, "--by needs one of artist, song, none, not 'album'", "split", [.. arguments, "--by", "album"]);
        StageRun.Fail(1, "is read and cannot be written over", "split", [.. arguments, "--report", arguments[1]]);
        string list = tables.Write("test.txt", "toy/1");
        StageRun.Fail(1, "test.txt is read and cannot be written over", "split", [.. arguments, "--lists", list, "--report", list]);
        StageRun.Fail(2, "--out and --report are the same file", "split", [.. arguments, "--report", tables["splits.parquet"]]);
        StageRun.Fail(1, "is a folder: name a file in it", "split", [.. arguments, "--report", Path.GetDirectoryName(list)!]);
        Assert.False(File.Exists(tables["splits.parquet"]));

        Assert.Contains("1 label of recordings that are not there, such as toy/3", Labels(("toy/3", "jazz"), ("toy/2", "jazz")).Errors, StringComparison.Ordinal);
        Assert.Equal(["toy/2"], StageRun.Rows<SplitRow>(tables["splits.parquet"]).Select(r => r.RecordingId));
        Assert.Contains("has two labels of toy/2: a recording has one genre", Labels(("toy/2", "jazz"), ("toy/2", "rock")).Errors, StringComparison.Ordinal);

        CommandResult Labels(params (string, string)[] labels) =>
            Command.Stage("split", ["--recordings", arguments[1], "--labels", tables.WriteLabels(labels), "--out", tables["splits.parquet"]]);
    }

    private static Recording Labelled(string id, string? artist = null, string? title = null) => SplitTables.Recording(id, artist, title) with { FolderLabel = "jazz" };

    private IEnumerable<string> Warnings()
    {
        using ParquetFile file = ParquetFile.Open(tables["splits.parquet"]);
        return [.. Provenance.Of(file).Warnings];
    }
}
