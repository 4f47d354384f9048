using Pipeline.Audio;
using Pipeline.Hdf5;
using Pipeline.Msd;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>export-h5: song files that come back through ingest-msd as they were, with their samples where wanted.</summary>
public sealed class ExportH5Tests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Songs_come_back_as_they_were()
    {
        for (int i = 0; i < 12; i++)
        {
            SongSamples.Write(folder[$"in/A/{i % 3}/{SongSamples.Track(i)}.h5"], SongSamples.Make(i, 20 + 11 * i));
        }

        RoundTrip(folder["in"], "msd");
    }

    [Fact]
    public void Songs_of_an_aggregate_become_files_of_their_own()
    {
        SongSamples.Write(folder["in/all.h5"], [.. Enumerable.Range(0, 5).Select(i => SongSamples.Make(i))]);
        RoundTrip(folder["in"], "toy");
        Assert.Equal(5, Directory.GetFiles(folder["out"], "*.h5").Length);
    }

    [Fact]
    public void Real_songs_come_back_as_they_were()
    {
        string? root = Repository.Data("msd-h5");
        Assert.SkipWhen(root is null, "'../shared/data/msd-h5' is not there: it is not part of the repository");
        RoundTrip(root, "msd");
    }

    [Fact]
    public void Files_have_the_datasets_layout()
    {
        SongSamples.Write(folder["in/a.h5"], SongSamples.Make(1));
        RoundTrip(folder["in"], "msd");
        CommandResult result = Command.Stage("inspect", folder[$"out/{SongSamples.Track(1)}.h5"], "--contract", "msd");
        Assert.Equal("has the layout of the Million Song Dataset: 1 song\n", result.Output);
    }

    [Theory]
    [InlineData(1, SampleFormat.Int16, AudioContainer.Wav)]
    [InlineData(2, SampleFormat.Int16, AudioContainer.Au)]
    [InlineData(2, SampleFormat.Float32, AudioContainer.Wav)]
    public void Samples_are_carried_bit_for_bit(int channels, SampleFormat format, AudioContainer container)
    {
        float[] piece = Tune.Make(1, 2);
        float[] samples = format == SampleFormat.Float32 ? Tune.Gain(piece, 1.7f) : piece;
        string sound = Tune.Write(folder["in/jazz/jazz.1.wav"], samples, channels, 16000, container, format);
        Tune.Write(folder["in/rock/rock.1.wav"], Tune.Make(2, 2));
        StageRun.Succeed("ingest-audio", "--root", folder["in"], "--out", folder["r.parquet"], "--source", "toy");
        Export("--audio-root", folder["in"]);
        using (Hdf5File file = Hdf5File.Open(folder["out/jazz/jazz.1.h5"]))
        {
            Hdf5Dataset found = file.Dataset(MsdWriter.AudioPath);
            Assert.Equal([samples.Length / channels, channels], found.Shape);
            Assert.Equal(format == SampleFormat.Int16 ? Hdf5Type.Int16 : Hdf5Type.Float32, found.Type);
            Assert.Equal(16000, found.Attributes.Single(a => a.Name == "sample_rate").Numbers()[0]);
            float scale = format == SampleFormat.Int16 ? 1 / 32768f : 1;
            Assert.Equal(AudioFile.Read(sound).Samples, found.ReadFloats().Select(s => s * scale));
        }

        // What the layout has no segments for comes back as a recording without.
        StageRun.Succeed("ingest-msd", "--root", folder["out"], "--source", "toy", "--out-recordings", folder["r2.parquet"], "--out-segments", folder["s2.parquet"]);
        Recording[] before = StageRun.Rows<Recording>(folder["r.parquet"]);
        Recording[] after = StageRun.Rows<Recording>(folder["r2.parquet"]);
        Assert.Equal(
            before.Select(r => (r.RecordingId, r.FolderLabel, r.DurationS, r.SampleRate)),
            after.Select(r => (r.RecordingId, r.FolderLabel, r.DurationS, r.SampleRate)));
    }

    [Fact]
    public void A_recording_with_a_fault_is_left_out_and_audio_that_is_gone_is_told()
    {
        for (int i = 0; i < 3; i++)
        {
            Tune.Write(folder[$"in/x/{i}.wav"], i == 1 ? new float[50_000] : Tune.Make(i, 2));
        }

        StageRun.Succeed("ingest-audio", "--root", folder["in"], "--out", folder["r.parquet"]);
        Assert.Contains("export-h5: 2 song files; 1 recording with a fault left out\n", Export().Errors, StringComparison.Ordinal);
        File.Delete(folder["in/x/2.wav"]);
        StageRun.Fail(1, "1 of 2 recordings failed, more than the 1 % that --max-failed allows; first: in/x/2 (x/2.wav): ", "export-h5", Arguments("--audio-root", folder["in"]));
        Assert.Equal(["x/0.h5", "x/2.h5"], Songs());
        Export("--audio-root", folder["in"], "--max-failed", "0.5");
        Assert.Equal(["x/0.h5"], Songs());
    }

    [Fact]
    public void Threads_change_no_byte()
    {
        for (int i = 0; i < 8; i++)
        {
            SongSamples.Write(folder[$"in/{i}.h5"], SongSamples.Make(i, 20 + 50 * (i % 3)));
        }

        Ingest(folder["in"], "msd", "");
        string[] outputs = [.. ((string[])["1", "2", "7"]).Select(n =>
        {
            Export("--segments", folder["s.parquet"], "--threads", n);
            return string.Join('\n', Songs().Select(s => s + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(folder["out/" + s])))));
        })];
        Assert.Equal(outputs[0], outputs[1]);
        Assert.Equal(outputs[0], outputs[2]);
    }

    [Fact]
    public void Nothing_is_written_outside_the_folder_and_no_file_twice()
    {
        Write("a.wav", "toy/a", "../../b.wav", "toy/b", "/nowhere/c.wav", "toy/c");
        CommandResult result = Export("--max-failed", "1");
        Assert.Contains("export-h5: ../../b.wav: its path leads out of the folder\n", result.Errors, StringComparison.Ordinal);
        Assert.Equal(["a.h5"], Songs());
        Write("x/a.wav", "toy/a", "x/a.au", "other/a");
        StageRun.Fail(1, "two recordings would be the file x/a.h5: export the sources one by one", "export-h5", Arguments());
        Assert.Equal(["a.h5"], Songs());
        Assert.False(Directory.Exists(folder["out.part"]));
    }

    [Fact]
    public void What_cannot_be_done_is_a_sentence()
    {
        Write("a.wav", "toy/a");
        StageRun.Fail(1, "nowhere': --audio-root is what ingest-audio had as --root", "export-h5", Arguments("--audio-root", folder["nowhere"]));
        folder.Write("out/mine.txt", "precious");
        StageRun.Fail(1, "holds 'mine.txt', which export-h5 did not write: name another with --out, or move it away", "export-h5", Arguments());
        Assert.Equal("precious", File.ReadAllText(folder["out/mine.txt"]));
        StageRun.Fail(2, "--recordings is required", "export-h5", "--out", folder["out"]);
        Directory.Delete(folder["out"], recursive: true);
        SongSamples.Write(folder["in/z.h5"], SongSamples.Make(1));
        StageRun.Succeed("ingest-msd", "--root", folder["in"], "--out-recordings", folder["z.parquet"], "--out-segments", folder["s.parquet"]);
        StageRun.Fail(1, $"the segments of msd/{SongSamples.Track(1)} have no recording, or come in another order than the recordings", "export-h5", Arguments("--segments", folder["s.parquet"]));
        Assert.False(Directory.Exists(folder["out"]) || Directory.Exists(folder["out.part"]));
    }

    [Fact]
    public void An_interrupted_run_leaves_what_was_there()
    {
        Write([.. Enumerable.Range(0, 20_000).SelectMany(i => (string[])[$"x/{i}.wav", $"toy/x/{i}"])]);
        CommandResult result = StageRun.Interrupt("export-h5", folder["out.part/x/5.h5"], Arguments());
        Assert.Equal(130, result.ExitCode);
        Assert.Equal([folder["r.parquet"]], Directory.GetFileSystemEntries(folder.Path));
    }

    private void RoundTrip(string root, string source)
    {
        Ingest(root, source, "");
        Export("--segments", folder["s.parquet"]);
        Ingest(folder["out"], source, "2");
        Recording[] before = StageRun.Rows<Recording>(folder["r.parquet"]);
        Assert.NotEmpty(before);
        Assert.All(before, r => Assert.Null(r.Fault));

        // The file is another one, and stands where its recording's was, or beside the others of an aggregate.
        Assert.Equal(
            before.Select(r => r with { Sha256 = null, Path = "" }),
            StageRun.Rows<Recording>(folder["r2.parquet"]).Select(r => r with { Sha256 = null, Path = "" }));
        Segments[] segments = StageRun.Rows<Segments>(folder["s.parquet"]);
        Segments[] again = StageRun.Rows<Segments>(folder["s2.parquet"]);
        Assert.Equal(segments.Length, again.Length);
        for (int i = 0; i < segments.Length; i++)
        {
            Assert.True(Same(segments[i], again[i]), segments[i].RecordingId);
        }
    }

    // Every column, bit for bit.
    private static bool Same(Segments a, Segments b) => typeof(Segments).GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.GetMethod!.IsStatic == false).All(p =>
        (p.GetValue(a), p.GetValue(b)) switch
        {
            (float[] x, float[] y) => x.Select(BitConverter.SingleToInt32Bits).SequenceEqual(y.Select(BitConverter.SingleToInt32Bits)),
            var (x, y) => Equals(x, y),
        });

    private void Ingest(string root, string source, string suffix) => StageRun.Succeed(
        "ingest-msd", "--root", root, "--source", source, "--out-recordings", folder[$"r{suffix}.parquet"], "--out-segments", folder[$"s{suffix}.parquet"]);

    private void Write(params string[] pathsAndIds)
    {
        using var table = TableWriter<Recording>.Create(folder["r.parquet"], Provenance.After("test", "0.1.0", []));
        for (int i = 0; i < pathsAndIds.Length; i += 2)
        {
            table.Write(new Recording(
                pathsAndIds[i + 1], pathsAndIds[i + 1].Split('/')[0], pathsAndIds[i], null, null, null, null, 3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null));
        }

        table.Commit();
    }

    private string[] Arguments(params string[] more) => ["--recordings", folder["r.parquet"], "--out", folder["out"], .. more];

    private CommandResult Export(params string[] more) => StageRun.Succeed("export-h5", Arguments(more));

    private string[] Songs() =>
        [.. Directory.GetFiles(folder["out"], "*.h5", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder["out"], f)).Order(StringComparer.Ordinal)];
}
