using System.Security.Cryptography;
using Pipeline.Pictures;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>ingest-images: which files are recordings, what is wrong with them, and which ones look alike.</summary>
public sealed class IngestImagesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_row_tells_what_is_known_of_a_picture()
    {
        string path = Write("in/jazz/jazz.00001.png", Spectrum(1));
        Recording row = Assert.Single(Run());
        Assert.Equal(("toy/jazz.00001", "toy", "jazz/jazz.00001.png", "jazz"), (row.RecordingId, row.Source, row.Path, row.FolderLabel));
        Assert.Equal((30.0, null, null, null), (row.DurationS, row.SampleRate, row.Channels, row.Peak));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), row.Sha256);
        Assert.Equal((null, null), (row.Fault, row.DuplicateGroup));
        Assert.Equal(2.5, Assert.Single(Run("--seconds", "2.5")).DurationS);
    }

    [Fact]
    public void Every_fault_has_its_name()
    {
        Write("in/x/good.png", Spectrum(1));
        Write("in/x/nameless", Spectrum(2));
        folder.Write("in/x/garbage.png", "this is no picture");
        folder.Write("in/x/empty.png", "");
        folder.Write("in/x/notes.txt", "left out");
        File.WriteAllBytes(folder["in/x/photo.jpg"], [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0, 0, 0, 0]);
        byte[] cut = PngWriter.Encode(Spectrum(3));
        File.WriteAllBytes(folder["in/x/cut.png"], cut[..(cut.Length / 2)]);
        cut[cut.Length / 2] ^= 1;
        File.WriteAllBytes(folder["in/x/spoilt.png"], cut);
        Write("in/x/blank.png", new Picture(40, 30, 3));
        var clear = new Picture(40, 30, 4);
        clear.Samples[0] = 1;
        Write("in/x/clear.png", clear);
        File.CreateSymbolicLink(folder["in/x/link.png"], "nowhere.png");
        Dictionary<string, Recording> rows = Run("--max-failed", "1").ToDictionary(r => Path.GetFileName(r.Path));
        Assert.Equal(10, rows.Count);
        Check("good.png", null, "^$");
        Check("nameless", null, "^$");
        Check("garbage.png", "unreadable", "^unreadable: it is no PNG picture: its first eight bytes are others$");
        Check("empty.png", "unreadable", "^unreadable: it is empty$");
        Check("photo.jpg", "unreadable", "^unreadable: it is a JPEG picture, which is not readable: only PNG is$");
        Check("cut.png", "unreadable", "^unreadable: it ends early: a chunk IDAT announces ");
        Check("spoilt.png", "unreadable", "^unreadable: it is damaged: the checksum of a chunk IDAT is not that of its bytes$");
        Check("blank.png", "blank", "^blank: all 40 x 30 pixels are the same$");
        Check("clear.png", "blank", "^blank: ");
        Check("link.png", "unreadable", "^unreadable: there is no such file: a link that leads nowhere$");
        Assert.Null(rows["link.png"].Sha256);
        Assert.Equal((0.0, 30.0), (rows["cut.png"].DurationS, rows["blank.png"].DurationS));

        void Check(string name, string? fault, string detail)
        {
            Assert.Equal((name, fault), (name, rows[name].Fault));
            Assert.Matches(detail, rows[name].FaultDetail ?? "");
        }
    }

    [Fact]
    public void More_unreadable_pictures_than_tolerated_are_fatal_and_leave_nothing()
    {
        Write("in/x/a.png", Spectrum(1));
        folder.Write("in/x/b.png", "no picture");
        StageRun.Fail(
            1,
            "ingest-images: 1 of 2 pictures failed, more than the 1 % that --max-failed allows; first: toy/x/b (x/b.png): unreadable: it is no PNG picture",
            "ingest-images",
            Arguments());
        Assert.Equal([folder["in"]], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal("unreadable", Run("--max-failed", "0.5")[1].Fault);
    }

    [Fact]
    public void The_same_bytes_are_a_fault_and_the_same_look_is_a_group()
    {
        Picture spectrum = Spectrum(1);
        Write("in/jazz/a.png", spectrum);
        Write("in/jazz/b.png", spectrum);
        Write("in/jazz/other.png", Spectrum(2));
        Write("in/rock/coloured.png", ColourMap.Magma.Apply(spectrum));
        Write("in/rock/figure.png", Figure(ColourMap.Viridis.Apply(spectrum)));
        Write("in/rock/small.png", new Resizer(spectrum.Width, spectrum.Height, 70, 45).Resize(spectrum));
        (string, string?, string?)[] exact =
        [
            ("toy/jazz/a", null, "toy/jazz/a"), ("toy/jazz/b", "duplicate", "toy/jazz/a"), ("toy/jazz/other", null, null),
            ("toy/rock/coloured", null, null), ("toy/rock/figure", null, null), ("toy/rock/small", null, null),
        ];
        Assert.Equal(exact, Run("--no-near-duplicates").Select(r => (r.RecordingId, r.Fault, r.DuplicateGroup)));
        for (int i = 3; i < exact.Length; i++)
        {
            exact[i].Item3 = "toy/jazz/a";
        }

        Assert.Equal(exact, Run().Select(r => (r.RecordingId, r.Fault, r.DuplicateGroup)));
    }

    [Theory]
    [InlineData("rock.")]
    [InlineData("rock")] // as GTZAN's pictures are named in one of their collections
    public void The_manifest_gives_names_and_known_faults(string stem)
    {
        Write($"in/rock/{stem}00001.png", Spectrum(1));
        Write($"in/rock/{stem}00002.png", Spectrum(2));
        string list = folder.Write("list.csv", $"""
            file,sha256,artist,title,fault,of
            rock/rock.00001.wav,{new string('0', 64)},Somebody,A title,,
            rock/rock.00002.wav,,,,repetition,rock/rock.00001.wav
            """);
        Recording[] rows = Run("--manifest", list);
        Assert.Equal(("Somebody", "A title", null), (rows[0].Artist, rows[0].Title, rows[0].Fault));
        Assert.Equal(("repetition", "repetition: of rock/rock.00001.wav", rows[0].RecordingId), (rows[1].Fault, rows[1].FaultDetail, rows[1].DuplicateGroup));
    }

    [Fact]
    public void Threads_change_no_byte()
    {
        for (int i = 0; i < 30; i++)
        {
            Write($"in/{(i % 2 == 0 ? "jazz" : "rock")}/{i}.png", Spectrum(i / 2));
        }

        byte[][] outputs = [.. ((string[])["1", "2", "7"]).Select(n =>
        {
            Run("--threads", n);
            return File.ReadAllBytes(folder["out.parquet"]);
        })];
        Assert.Equal(outputs[0], outputs[1]);
        Assert.Equal(outputs[0], outputs[2]);
    }

    [Fact]
    public void What_cannot_be_done_is_a_sentence()
    {
        StageRun.Fail(1, "there is no folder '", "ingest-images", Arguments());
        folder.Write("in/notes.txt", "no picture");
        StageRun.Fail(1, "there is no picture in '", "ingest-images", Arguments());
        Write("in/jazz/a.png", Spectrum(1));
        StageRun.Fail(2, "--source needs a name without a slash, not 'a/b'", "ingest-images", Arguments("--source", "a/b"));
        StageRun.Fail(2, "--seconds needs more than 0, not '0'", "ingest-images", Arguments("--seconds", "0"));
        StageRun.Fail(2, "the option --out is required", "ingest-images", "--root", folder["in"]);
        StageRun.Fail(1, "the manifest nowhere.csv cannot be read", "ingest-images", Arguments("--manifest", "nowhere.csv"));
        Assert.Equal([folder["in"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Pictures_of_real_clips_are_all_read_and_none_is_taken_for_another()
    {
        string? data = Repository.Data("gtzan-mel");
        Assert.SkipWhen(data is null, "'../shared/data/gtzan-mel' is not there: it is not part of the repository");
        StageRun.Succeed("ingest-images", "--root", data!, "--source", "gtzan", "--out", folder["out.parquet"]);
        Recording[] rows = StageRun.Rows<Recording>(folder["out.parquet"]);
        Assert.Equal(639, rows.Length);
        Assert.All(rows, r => Assert.True(r is { Fault: null, DuplicateGroup: null }, r.Path));
        Assert.Equal(("gtzan/blues.00000", "blues"), (rows[0].RecordingId, rows[0].FolderLabel));
    }

    private string[] Arguments(params string[] more) =>
        ["--root", folder["in"], "--out", folder["out.parquet"], .. more.Contains("--source") ? (string[])[] : ["--source", "toy"], .. more];

    private Recording[] Run(params string[] more)
    {
        StageRun.Succeed("ingest-images", Arguments(more));
        return StageRun.Rows<Recording>(folder["out.parquet"]);
    }

    private string Write(string name, Picture picture)
    {
        string path = folder[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        PngWriter.Write(path, picture);
        return path;
    }

    // Grey, with blots of its own.
    private static Picture Spectrum(int seed)
    {
        var random = new Random(seed);
        var coarse = new Picture(20, 10, 1, [.. Enumerable.Range(0, 200).Select(i => 0.1f + 0.4f * random.NextSingle() + 0.4f * (i / 20) / 10)]);
        return new Resizer(20, 10, 150, 90).Resize(coarse);
    }

    // On white, with a frame and ticks.
    private static Picture Figure(Picture inner)
    {
        var figure = new Picture(inner.Width + 60, inner.Height + 50, 3);
        for (int y = 0; y < figure.Height; y++)
        {
            for (int x = 0; x < figure.Width; x++)
            {
                bool isInner = x >= 35 && y >= 15 && x < 35 + inner.Width && y < 15 + inner.Height;
                bool isInk = x >= 34 && y >= 14 && x <= 35 + inner.Width && y <= 15 + inner.Height || (y % 20 == 3 && x is >= 30 and < 34);
                for (int c = 0; c < 3; c++)
                {
                    figure[x, y, c] = isInner ? inner[x - 35, y - 15, c] : isInk ? 0 : 1;
                }
            }
        }

        return figure;
    }
}
