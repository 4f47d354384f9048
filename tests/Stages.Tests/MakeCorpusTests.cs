using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Xunit;

namespace Pipeline.Tests;

/// <summary>make-corpus as its users run it: what is in the folder it makes, and that it makes the whole of it or nothing.</summary>
public sealed partial class MakeCorpusTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private static readonly string[] AllGenres = ["blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae", "rock"];
    private static readonly string[] Small = ["--genres", "blues,metal", "--artists", "2", "--clips", "2", "--seconds", "1.5", "--tracks", "10", "--quiet"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_tree_and_its_names_are_GTZANs()
    {
        string corpus = Make("--artists", "1", "--clips", "2", "--seconds", "1", "--no-faults");
        Assert.Equal(AllGenres, Directory.GetDirectories(Path.Combine(corpus, "gtzan", "genres")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(AllGenres, genre => Assert.Equal(
            [$"{genre}.00000.wav", $"{genre}.00001.wav"],
            Directory.GetFiles(Path.Combine(corpus, "gtzan", "genres", genre)).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_clip_is_mono_16_bit_at_22050_Hz_and_as_long_as_asked()
    {
        string corpus = Make([.. Small, "--no-faults"]);
        Assert.All(Clips(corpus), path =>
        {
            byte[] wav = File.ReadAllBytes(path);
            Assert.Equal(1, BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(20)));
            Assert.Equal(1, BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(22)));
            Assert.Equal(22050, BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(24)));
            Assert.Equal(16, BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(34)));
            Assert.Equal(44 + 2 * 33075, wav.Length);
            Assert.InRange(Samples(wav).Max(Math.Abs), 0.02f, 1f);
        });
    }

    [Fact]
    public void The_au_format_is_GTZANs_own()
    {
        string corpus = Make([.. Small, "--format", "au", "--no-faults"]);
        Assert.All(Clips(corpus), path =>
        {
            Assert.EndsWith(".au", path, StringComparison.Ordinal);
            byte[] au = File.ReadAllBytes(path);
            Assert.Equal(".snd"u8, au.AsSpan(0, 4));
            Assert.Equal(3, BinaryPrimitives.ReadInt32BigEndian(au.AsSpan(12)));
            Assert.Equal(22050, BinaryPrimitives.ReadInt32BigEndian(au.AsSpan(16)));
        });
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_for_any_number_of_threads()
    {
        string one = Hashes(Make([.. Small, "--threads", "1", "--seed", "7"]));
        string two = Hashes(Make([.. Small, "--threads", "2", "--seed", "7"]));
        Assert.Equal(one, two);
        Assert.NotEqual(one, Hashes(Make([.. Small, "--threads", "2", "--seed", "8"])));
    }

    [Fact]
    public void A_clip_does_not_depend_on_what_else_is_made()
    {
        string alone = Make("--genres", "metal", "--artists", "1", "--clips", "1", "--seconds", "1.5", "--no-faults");
        string among = Make([.. Small, "--no-faults"]);
        Assert.Equal(File.ReadAllBytes(Clip(alone, "metal/metal.00000.wav")), File.ReadAllBytes(Clip(among, "metal/metal.00000.wav")));
    }

    [Fact]
    public void Every_clip_has_its_own_sound() =>
        Assert.Distinct(Clips(Make([.. Small, "--no-faults"])).Select(path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))));

    [Fact]
    public void Every_file_is_listed_with_its_artist()
    {
        string corpus = Make(Small);
        string[][] rows = Csv(corpus, "artists.csv");
        Assert.Equal(["file", "artist", "title"], rows[0]);
        Assert.Equal(
            Clips(corpus).Select(path => Path.GetRelativePath(Path.Combine(corpus, "gtzan", "genres"), path)).Order(StringComparer.Ordinal),
            rows[1..].Select(row => row[0]));
        Assert.Equal(rows[1][1], rows[2][1]);
        Assert.Equal(4, rows[1..].Select(row => row[1]).Distinct().Count());
    }

    [Fact]
    public void Planted_faults_are_what_they_are_called()
    {
        string corpus = Make(Small);
        string[][] rows = Csv(corpus, "faults.csv");
        Assert.Equal(["file", "fault", "of"], rows[0]);
        Dictionary<string, (byte[] Bytes, byte[] Source)> faults = rows[1..].ToDictionary(
            row => row[1],
            row => (File.ReadAllBytes(Clip(corpus, row[0])), File.ReadAllBytes(Clip(corpus, row[2]))));
        Assert.Equal(
            ["clipped", "duplicate", "near-duplicate", "not-finite", "silent", "too-short", "truncated", "unreadable"],
            faults.Keys.Order(StringComparer.Ordinal));
        Assert.All(rows[1..], row => Assert.Equal(row[0].Split('/')[0], row[2].Split('/')[0]));

        Assert.Equal(faults["duplicate"].Source, faults["duplicate"].Bytes);
        Assert.True(Samples(faults["clipped"].Bytes).Count(x => Math.Abs(x) > 0.999f) > 1000);
        Assert.All(Samples(faults["silent"].Bytes), x => Assert.Equal(0, x));
        Assert.InRange(Samples(faults["too-short"].Bytes).Length, 1, 22049);
        Assert.False(faults["unreadable"].Bytes.AsSpan().StartsWith("RIFF"u8));

        byte[] truncated = faults["truncated"].Bytes;
        Assert.True(44 + BinaryPrimitives.ReadInt32LittleEndian(truncated.AsSpan(40)) > truncated.Length);
        Assert.Equal(faults["truncated"].Source[..truncated.Length], truncated);

        byte[] broken = faults["not-finite"].Bytes;
        Assert.Equal(3, BinaryPrimitives.ReadInt16LittleEndian(broken.AsSpan(20)));
        Assert.Contains(MemoryMarshal.Cast<byte, float>(broken.AsSpan(44)).ToArray(), float.IsNaN);

        Assert.NotEqual(faults["near-duplicate"].Source, faults["near-duplicate"].Bytes);
        Assert.True(BestCorrelation(Samples(faults["near-duplicate"].Source), Samples(faults["near-duplicate"].Bytes)) > 0.95);
    }

    [Fact]
    public void Without_faults_there_are_none()
    {
        string corpus = Make([.. Small, "--no-faults"]);
        Assert.Equal(8, Clips(corpus).Length);
        Assert.Single(Csv(corpus, "faults.csv"));
    }

    [Fact]
    public void Tracks_are_labelled_twice_mostly_alike()
    {
        string corpus = Make("--artists", "1", "--clips", "1", "--seconds", "1", "--no-faults", "--tracks", "400");
        string[] lines = File.ReadAllLines(Path.Combine(corpus, "labels", "tagtraum.cls"));
        string[][] tagtraum = [.. lines.Where(l => !l.StartsWith('#')).Select(l => l.Split('\t'))];
        string[][] topMagd = [.. File.ReadAllLines(Path.Combine(corpus, "labels", "topmagd.cls")).Select(l => l.Split('\t'))];
        Assert.All(tagtraum.Concat(topMagd), row => Assert.Matches("^TR[A-Z]{5}128[EF][0-9A-F]{7}$", row[0]));
        Assert.StartsWith("#", lines[0], StringComparison.Ordinal);
        Assert.Distinct(tagtraum.Select(row => row[0]));
        Assert.Distinct(topMagd.Select(row => row[0]));
        Assert.InRange(tagtraum.Length, 340, 395);
        Assert.InRange(topMagd.Length, 340, 395);
        Assert.InRange(tagtraum.Count(row => row.Length == 3), 30, 200);
        Assert.All(tagtraum.Where(row => row.Length == 3), row => Assert.NotEqual(row[1], row[2]));

        Dictionary<string, string> second = topMagd.ToDictionary(row => row[0], row => row[1]);
        string[][] both = [.. tagtraum.Where(row => second.ContainsKey(row[0]))];
        Assert.InRange(both.Count(row => second[row[0]] != row[1]), 10, 80);
        Assert.InRange(both.Length, 300, Math.Min(tagtraum.Length, topMagd.Length) - 1);
    }

    [Fact]
    public void An_unknown_genre_is_answered_with_those_there_are()
    {
        CommandResult result = Command.Stage("make-corpus", "--out", folder["corpus"], "--genres", "blues,polka");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("make-corpus: there is no genre 'polka'; there are blues, classical, country, ", result.Errors, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder["corpus"]));
    }

    [Theory]
    [InlineData("--artists", "0")]
    [InlineData("--clips", "1001")]
    [InlineData("--tracks", "100001")]
    [InlineData("--seconds", "0.5")]
    [InlineData("--seconds", "NaN")]
    [InlineData("--format", "mp3")]
    [InlineData("--genres", ",")]
    public void A_wrong_option_is_named(string option, string value)
    {
        CommandResult result = Command.Stage("make-corpus", "--out", folder["corpus"], option, value);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"make-corpus: {option} needs ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_name_is_refused()
    {
        CommandResult result = Command.Stage("make-corpus", "--out", "");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("make-corpus: --out needs the name of a folder", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_its_own_is_replaced()
    {
        string[] options = [.. Small, "--out", folder["corpus"]];
        Assert.Equal(0, Command.Stage("make-corpus", options).ExitCode);
        File.WriteAllText(Clip(folder["corpus"], "blues/blues.09999.wav"), "left over");
        Assert.Equal(0, Command.Stage("make-corpus", options).ExitCode);
        Assert.False(File.Exists(Clip(folder["corpus"], "blues/blues.09999.wav")));
        Assert.Equal([folder["corpus"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("corpus/thesis.txt")]
    [InlineData("corpus.part/thesis.txt")]
    public void A_foreign_folder_is_refused_and_left_alone(string file)
    {
        string path = folder.Write(file, "years of work");
        CommandResult result = Command.Stage("make-corpus", [.. Small, "--out", folder["corpus"]]);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"make-corpus: the folder '{Path.GetDirectoryName(path)}' holds 'thesis.txt', which make-corpus did not write: name another with --out, or move it away\n", result.Errors);
        Assert.Equal("years of work", File.ReadAllText(path));
    }

    [Fact]
    public void A_file_put_into_its_folder_is_not_lost()
    {
        string[] options = [.. Small, "--out", folder["corpus"]];
        Assert.Equal(0, Command.Stage("make-corpus", options).ExitCode);
        folder.Write("corpus/notes.txt", "mine");
        Assert.Equal(1, Command.Stage("make-corpus", options).ExitCode);
        Assert.Equal("mine", File.ReadAllText(folder["corpus/notes.txt"]));
    }

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public void Interrupted_it_leaves_nothing(int signal)
    {
        Assert.SkipWhen(signal == Interrupt && IgnoresInterrupt(), "the tests were started with Ctrl-C ignored");
        var start = new ProcessStartInfo(Repository.Find("bin", "make-corpus"), ["--out", folder["corpus"], "--artists", "200", "--quiet"]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Assert.True(SpinWait.SpinUntil(() => Directory.Exists(folder["corpus.part/gtzan"]) && Clips(folder["corpus.part"]).Length > 0, TimeSpan.FromSeconds(60)));
        _ = Kill(process.Id, signal);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.Equal(130, process.ExitCode);
        Assert.Equal("make-corpus: interrupted\n", process.StandardError.ReadToEnd());
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private string Make(params string[] options)
    {
        string path = Path.Combine(folder.Path, Guid.NewGuid().ToString("N"));
        CommandResult result = Command.Stage("make-corpus", ["--out", path, .. options.Contains("--tracks") ? [] : (string[])["--tracks", "10"], .. options]);
        Assert.True(result.ExitCode == 0, result.Errors);
        return path;
    }

    private static string Clip(string corpus, string name) => Path.Combine(corpus, "gtzan", "genres", name);

    private static string[] Clips(string corpus) =>
        [.. Directory.GetFiles(Path.Combine(corpus, "gtzan"), "*.*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".wav" or ".au").Order(StringComparer.Ordinal)];

    private static string[][] Csv(string corpus, string name) =>
        [.. File.ReadAllLines(Path.Combine(corpus, "gtzan", name)).Select(line => line.Split(','))];

    private static string Hashes(string corpus) => string.Join('\n', Directory.GetFiles(corpus, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetFileName(f) != "corpus.json")
        .Order(StringComparer.Ordinal)
        .Select(f => $"{Path.GetRelativePath(corpus, f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}"));

    private static float[] Samples(byte[] wav) => [.. MemoryMarshal.Cast<byte, short>(wav.AsSpan(44)).ToArray().Select(x => x / 32768f)];

    // Over offsets of up to 0.2 s, as a copy may come later.
    private static double BestCorrelation(float[] a, float[] b)
    {
        double best = 0;
        for (int late = 0; late < 4410; late++)
        {
            double ab = 0, aa = 0, bb = 0;
            for (int i = late; i < Math.Min(a.Length, b.Length); i += 5)
            {
                ab += a[i - late] * b[i];
                aa += a[i - late] * a[i - late];
                bb += b[i] * b[i];
            }

            best = Math.Max(best, ab / Math.Sqrt(aa * bb + 1e-12));
        }

        return best;
    }

    private static bool IgnoresInterrupt()
    {
        string? mask = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return mask is not null && (Convert.ToUInt64(mask[7..].Trim(), 16) >> (Interrupt - 1) & 1) != 0;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
