using System.Security.Cryptography;
using Pipeline.Audio;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>ingest-audio on files with something wrong: each fault has its name, and what is sound stays so.</summary>
public sealed class IngestAudioFaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_fault_has_its_name()
    {
        float[] piece = Tune.Make(1, 3);
        Tune.Write(folder["in/x/good.wav"], piece);
        folder.Write("in/x/garbage.wav", "this is no sound");
        folder.Write("in/x/zero-bytes.mp3", "");
        Cut(Tune.Write(folder["in/x/cut.wav"], Tune.Make(2, 3)), 60_000);
        Cut(Tune.Write(folder["in/x/header-only.wav"], Tune.Make(3, 3)), 44);
        Tune.Write(folder["in/x/silent.wav"], new float[3 * Tune.SampleRate]);
        Tune.Write(folder["in/x/dither.wav"], [.. Enumerable.Range(0, 60_000).Select(i => i % 3 == 0 ? 1 / 32768f : 0)]);
        Tune.Write(folder["in/x/clipped.wav"], [.. Tune.Make(4, 3).Select(s => Math.Clamp(s * 8, -1, 1))]);
        Tune.Write(folder["in/x/short.wav"], Tune.Make(5, 0.5));
        float[] broken = Tune.Make(6, 3);
        (broken[100], broken[200]) = (float.NaN, float.PositiveInfinity);
        Tune.Write(folder["in/x/nan.wav"], broken, format: SampleFormat.Float32);
        Tune.Write(folder["in/x/over.wav"], Tune.Gain(Tune.Make(7, 3), 2), format: SampleFormat.Float32);
        Dictionary<string, Recording> rows = Run("--max-failed", "1");
        Check("good", null, "^$");
        Check("garbage", "unreadable", "^unreadable: .");
        Check("zero-bytes", "unreadable", "^unreadable: .");
        Check("header-only", "unreadable", "^unreadable: it ends before the first of 66,150 announced frames$");
        Check("cut", "truncated", @"^truncated: 29,978 of 66,150 announced frames$");
        Check("silent", "silent", "^silent$");
        Check("dither", "silent", "^silent$");
        Check("clipped", "clipped", @"^clipped: \d+(\.\d)? % of the samples$");
        Check("short", "too-short", @"^too-short: 0\.5 s$");
        Check("nan", "not-finite", "^not-finite: 2 of 66,150 samples$");
        Check("over", null, "^$");
        Assert.Equal(11, rows.Count);
        Assert.Equal(29_978.0 / Tune.SampleRate, rows["cut"].DurationS);
        Assert.True(float.IsFinite(rows["nan"].Peak!.Value));

        void Check(string name, string? fault, string detail)
        {
            Assert.Equal((name, fault), (name, rows[name].Fault));
            Assert.Matches(detail, rows[name].FaultDetail ?? "");
        }
    }

    [Fact]
    public void All_faults_are_told_and_the_gravest_names_it()
    {
        Cut(Tune.Write(folder["in/x/a.wav"], new float[Tune.SampleRate]), 2044);
        Recording row = Run()["a"];
        Assert.Equal("truncated", row.Fault);
        Assert.Equal("truncated: 1,000 of 22,050 announced frames; silent; too-short: 0.045 s", row.FaultDetail);
    }

    [Fact]
    public void What_is_too_short_is_the_users_to_say()
    {
        Tune.Write(folder["in/x/a.wav"], Tune.Make(1, 0.5));
        Assert.Equal("too-short", Run()["a"].Fault);
        Assert.Null(Run("--min-seconds", "0.4")["a"].Fault);
    }

    [Fact]
    public void More_unreadable_files_than_tolerated_are_fatal_and_leave_nothing()
    {
        Tune.Write(folder["in/x/a.wav"], Tune.Make(1, 2));
        folder.Write("in/x/b.wav", "no sound");
        CommandResult result = StageRun.Fail(
            1, "ingest-audio: 1 of 2 recordings failed, more than the 1 % that --max-failed allows; first: toy/x/b (x/b.wav): ", "ingest-audio", Arguments());
        Assert.Empty(result.Output);
        Assert.Equal([folder["in"]], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal("unreadable", Run("--max-failed", "0.5")["b"].Fault);
    }

    [Fact]
    public void Files_of_the_same_bytes_are_duplicates_of_the_first()
    {
        float[] piece = Tune.Make(1, 2);
        Tune.Write(folder["in/jazz/a.wav"], piece);
        Tune.Write(folder["in/jazz/b.wav"], Tune.Make(2, 2));
        Tune.Write(folder["in/rock/c.wav"], piece);
        File.CreateSymbolicLink(folder["in/rock/d.wav"], "c.wav");
        foreach (string[] more in (string[][])[[], ["--no-near-duplicates"]])
        {
            Dictionary<string, Recording> rows = Run(more);
            Assert.Equal((null, "toy/jazz/a"), (rows["a"].Fault, rows["a"].DuplicateGroup));
            Assert.Equal((null, null), (rows["b"].Fault, rows["b"].DuplicateGroup));
            Assert.Equal(("duplicate", "duplicate: of jazz/a.wav", "toy/jazz/a"), (rows["c"].Fault, rows["c"].FaultDetail, rows["c"].DuplicateGroup));
            Assert.Equal(("duplicate", "duplicate: of jazz/a.wav", "toy/jazz/a"), (rows["d"].Fault, rows["d"].FaultDetail, rows["d"].DuplicateGroup));
        }
    }

    [Fact]
    public void The_manifest_gives_names_and_known_faults()
    {
        string good = Tune.Write(folder["in/rock/rock.00001.wav"], Tune.Make(1, 2));
        Tune.Write(folder["in/rock/rock.00002.wav"], Tune.Make(2, 2));
        string twin = Tune.Write(folder["in/metal/metal.00001.wav"], Tune.Make(1, 2));
        Tune.Write(folder["in/metal/metal.00002.wav"], Tune.Make(4, 2));
        Tune.Write(folder["in/metal/metal.00003.wav"], Tune.Make(5, 2));
        Cut(Tune.Write(folder["in/metal/metal.00004.wav"], Tune.Make(6, 2)), 50_000);
        Tune.Write(folder["in/metal/metal.00005.wav"], Tune.Make(7, 2));
        string sha = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(good)));
        string list = folder.Write("list.csv", $"""
            # a comment
            file,sha256,artist,title,fault,of
            rock/rock.00001.wav,{sha.ToUpperInvariant()},"Somebody, and others",A title,,
            rock/rock.00002.wav,{new string('0', 64)},,,,
            metal/metal.00001.wav,{sha},,,mislabelled;repetition,rock/rock.00001.wav
            metal/metal.00002.wav,,,,distorted,
            metal/metal.00003.wav,,,,version,rock/rock.00002.wav
            metal/metal.00004.wav,{sha},,,,
            metal/metal.00009.wav,{sha},,,,
            """);
        CommandResult result = StageRun.Succeed("ingest-audio", [.. Arguments(), "--manifest", list]);
        Assert.Contains("the manifest names 6 of the recordings; 1 of its clips are not here", result.Errors, StringComparison.Ordinal);
        Dictionary<string, Recording> rows = Rows();
        Assert.Equal(("Somebody, and others", "A title", null), (rows["rock.00001"].Artist, rows["rock.00001"].Title, rows["rock.00001"].Fault));
        Assert.Equal("checksum-mismatch", rows["rock.00002"].Fault);
        Assert.Matches("^checksum-mismatch: its sha256 is [0-9a-f]{12}..., the manifest has 000000000000...$", rows["rock.00002"].FaultDetail);
        Assert.Equal(("duplicate", "duplicate: of rock/rock.00001.wav; mislabelled; repetition: of rock/rock.00001.wav"), (rows["metal.00001"].Fault, rows["metal.00001"].FaultDetail));
        Assert.Equal(rows["rock.00001"].DuplicateGroup, rows["metal.00001"].DuplicateGroup);
        Assert.Equal("distorted", rows["metal.00002"].Fault);
        Assert.Equal((null, null), (rows["metal.00003"].Fault, rows["metal.00003"].DuplicateGroup));
        Assert.Equal("truncated", rows["metal.00004"].Fault);
        Assert.Contains("; checksum-mismatch: ", rows["metal.00004"].FaultDetail, StringComparison.Ordinal);
        Assert.Equal((null, null), (rows["metal.00005"].Fault, rows["metal.00005"].Artist));
        Assert.True(File.Exists(twin));
    }

    [Fact]
    public void The_same_samples_in_another_container_keep_the_checksum()
    {
        float[] piece = Tune.Make(1, 2);
        string wav = Tune.Write(folder["published.wav"], piece);
        Tune.Write(folder["in/x/a.au"], piece, container: AudioContainer.Au);
        string list = folder.Write("list.csv", $"file,sha256\nx/a.wav,{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(wav)))}\n");
        Assert.Null(Run("--manifest", list)["a"].Fault);
        Tune.Write(folder["in/x/a.au"], Tune.Make(2, 2), container: AudioContainer.Au);
        Assert.Equal("checksum-mismatch: its samples are not those of the file in the manifest", Run("--manifest", list)["a"].FaultDetail);
    }

    [Theory]
    [InlineData("", "is empty: its first line names its columns, of which one is 'file'")]
    [InlineData("name,sha256\n", "has no column 'file' but name, sha256: its first line must name its columns")]
    [InlineData("file,sha256\na.wav\n", "has 1 fields in line 2, its first line has 2")]
    [InlineData("file\na.wav\na.au\n", "names a.au a second time in line 3")]
    [InlineData("file,title\n,x\n", "names no file in line 2")]
    public void A_wrong_manifest_is_a_sentence(string text, string sentence)
    {
        Tune.Write(folder["in/x/a.wav"], Tune.Make(1, 2));
        StageRun.Fail(1, $"the manifest {folder.Write("list.csv", text)} {sentence}", "ingest-audio", [.. Arguments(), "--manifest", folder["list.csv"]]);
        StageRun.Fail(1, "nowhere.csv cannot be read: no file '", "ingest-audio", [.. Arguments(), "--manifest", folder["nowhere.csv"]]);
    }

    private static void Cut(string path, long length)
    {
        using FileStream file = File.OpenWrite(path);
        file.SetLength(length);
    }

    private string[] Arguments() => ["--root", folder["in"], "--out", folder["out.parquet"], "--source", "toy"];

    private Dictionary<string, Recording> Rows() =>
        StageRun.Rows<Recording>(folder["out.parquet"]).ToDictionary(r => Path.GetFileNameWithoutExtension(r.Path));

    private Dictionary<string, Recording> Run(params string[] more)
    {
        StageRun.Succeed("ingest-audio", [.. Arguments(), .. more]);
        return Rows();
    }
}
