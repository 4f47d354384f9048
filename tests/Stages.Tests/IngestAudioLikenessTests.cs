using Pipeline.Audio;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>ingest-audio's fingerprint: the same sound in other dress is one group, other pieces are not.</summary>
public sealed class IngestAudioLikenessTests : IDisposable
{
    private const string Absent = "'../shared/data' is not there: it is not part of the repository";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_same_sound_in_other_dress_is_one_group()
    {
        float[] piece = Tune.Make(1, 12);
        Tune.Write(folder["in/a/original.wav"], piece);
        Tune.Write(folder["in/b/louder.wav"], Tune.Gain(piece, 1.5f));
        Tune.Write(folder["in/b/quieter.wav"], Tune.Gain(piece, 0.05f));
        Tune.Write(folder["in/b/later.au"], piece.AsSpan(9_999), container: AudioContainer.Au);
        Tune.Write(folder["in/b/earlier.wav"], [.. new float[5_000], .. piece]);
        Tune.Write(folder["in/b/part.wav"], piece.AsSpan(4 * Tune.SampleRate, 5 * Tune.SampleRate));
        Tune.Write(folder["in/b/stereo.wav"], [.. piece.SelectMany(s => (float[])[s, 0.5f * s])], channels: 2);
        Tune.Write(folder["in/b/eight-bits.wav"], [.. piece.Select(s => MathF.Round(s * 128) / 128)]);
        Tune.Write(folder["in/b/faster-clock.wav"], Resampled(piece, 44100), sampleRate: 44100);
        Tune.Write(folder["in/b/slower-clock.wav"], Resampled(piece, 16000), sampleRate: 16000);
        var random = new Random(1);
        Tune.Write(folder["in/b/noisy.wav"], [.. piece.Select(s => s + 0.01f * (random.NextSingle() - 0.5f))]);
        Tune.Write(folder["in/b/other.wav"], Tune.Make(2, 12));
        Recording[] rows = Run();
        Assert.All(rows.Where(r => !r.Path.Contains("other", StringComparison.Ordinal)), r => Assert.Equal((r.Path, "toy/a/original"), (r.Path, r.DuplicateGroup)));
        Assert.Null(rows.Single(r => r.Path == "b/other.wav").DuplicateGroup);
        Assert.All(rows, r => Assert.Null(r.Fault));
        Assert.All(Run("--no-near-duplicates"), r => Assert.Null(r.DuplicateGroup));
    }

    [Theory]
    [InlineData("mp3", "libmp3lame")]
    [InlineData("ogg", "libvorbis")]
    [InlineData("flac", "flac")]
    [InlineData("aiff", "pcm_s24be")]
    public void Another_format_is_the_same_group(string extension, string codec)
    {
        string original = Tune.Write(folder["in/a/original.wav"], Tune.Make(1, 12));
        Directory.CreateDirectory(folder["in/b"]);
        string copy = folder[$"in/b/copy.{extension}"];
        Assert.SkipUnless(Tools.TryRun("ffmpeg", "-v", "error", "-i", original, "-c:a", codec, copy), $"ffmpeg is not installed, or writes no {extension}");
        Assert.All(Run(), r => Assert.Equal((r.Path, "toy/a/original", null), (r.Path, r.DuplicateGroup, r.Fault)));
    }

    [Fact]
    public void Other_pieces_of_one_kind_and_tempo_are_not_grouped()
    {
        for (int i = 0; i < 30; i++)
        {
            Tune.Write(folder[$"in/x/{i}.wav"], Tune.Make(100 + i, 8));
        }

        Assert.All(Run(), r => Assert.Equal((r.Path, null), (r.Path, r.DuplicateGroup)));
    }

    [Fact]
    public void Steady_tones_noise_and_silence_are_not_grouped()
    {
        var random = new Random(1);
        Tune.Write(folder["in/x/tone.wav"], Tone(440, 0.5f));
        Tune.Write(folder["in/x/tone-other.wav"], Tone(660, 0.5f));
        Tune.Write(folder["in/x/noise.wav"], [.. Enumerable.Range(0, 100_000).Select(_ => random.NextSingle() - 0.5f)]);
        Tune.Write(folder["in/x/noise-other.wav"], [.. Enumerable.Range(0, 100_000).Select(_ => random.NextSingle() - 0.5f)]);
        Tune.Write(folder["in/x/silence.wav"], new float[100_000]);
        Tune.Write(folder["in/x/silence-longer.wav"], new float[200_000]);
        Assert.All(Run(), r => Assert.Equal((r.Path, null), (r.Path, r.DuplicateGroup)));
    }

    [Fact]
    public void Real_clips_are_what_the_manifest_says()
    {
        string? root = Repository.Data("gtzan-mini");
        Assert.SkipWhen(root is null, Absent);
        Directory.CreateDirectory(folder["in"]);
        Directory.CreateSymbolicLink(folder["in/jazz"], Path.Combine(root, "jazz"));
        Directory.CreateSymbolicLink(folder["in/reggae"], Path.Combine(root, "reggae"));
        Recording[] rows = Run("--manifest", Repository.Find("manifests", "gtzan.csv"), "--source", "gtzan");
        Assert.Equal(16, rows.Length);
        Assert.All(rows, r => Assert.Equal((r.Path, null, null), (r.Path, r.Fault, r.DuplicateGroup)));
        Assert.All(rows, r => Assert.Equal((r.Path, 22050, 1), (r.Path, r.SampleRate, r.Channels)));
        Assert.True(rows.Count(r => r is { Artist: not null, Title: not null }) >= 12);
        Assert.All(rows, r => Assert.Equal($"gtzan/{Path.GetFileNameWithoutExtension(r.Path)}", r.RecordingId));
    }

    [Fact]
    public void Real_clips_of_two_encodings_are_found()
    {
        (string? lossless, string? lossy) = (Repository.Data("gtzan-mini", "rock"), Repository.Data("gtzan-3", "rock"));
        Assert.SkipWhen(lossless is null || lossy is null, Absent);
        string[] names = [.. Directory.GetFiles(lossless).Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => File.Exists(Path.Combine(lossy, n + ".ogg"))).Order(StringComparer.Ordinal).Take(4)];
        Assert.NotEmpty(names);
        Directory.CreateDirectory(folder["in/flac"]);
        Directory.CreateDirectory(folder["in/ogg"]);
        foreach (string name in names)
        {
            File.CreateSymbolicLink(folder[$"in/flac/{name}.flac"], Path.Combine(lossless, name + ".flac"));
            File.CreateSymbolicLink(folder[$"in/ogg/{name}.ogg"], Path.Combine(lossy, name + ".ogg"));
        }

        Assert.All(Run(), r => Assert.Equal($"toy/flac/{Path.GetFileNameWithoutExtension(r.Path)}", r.DuplicateGroup));
    }

    private static float[] Tone(double hertz, float level) =>
        [.. Enumerable.Range(0, 100_000).Select(i => level * (float)Math.Sin(2 * Math.PI * hertz * i / Tune.SampleRate))];

    private static float[] Resampled(float[] samples, int rate)
    {
        var resampler = new Resampler(Tune.SampleRate, rate);
        float[] output = new float[resampler.OutputLength(samples.Length) + 1];
        return output[..resampler.Process(samples, output)];
    }

    private Recording[] Run(params string[] more)
    {
        StageRun.Succeed("ingest-audio", ["--root", folder["in"], "--out", folder["out.parquet"], .. more.Contains("--source") ? (string[])[] : ["--source", "toy"], .. more]);
        return StageRun.Rows<Recording>(folder["out.parquet"]);
    }
}
