using System.Security.Cryptography;
using Pipeline.Audio;
using Xunit;

namespace Pipeline.Tests.Audio;

/// <summary>GTZAN itself, where it is at hand.</summary>
public sealed class RealDataTests
{
    [Fact]
    public void Every_flac_clip_of_GTZAN_has_the_samples_of_the_published_wav()
    {
        Require.SndFile();
        string? folder = Repository.Data("gtzan-mini"), sums = Repository.Data("labels", "gtzan_wav_sha256.txt");
        Assert.SkipWhen(folder is null || sums is null, "the GTZAN clips are not beside the checkout");
        Dictionary<string, string> expected = File.ReadLines(sums!)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(parts => Path.GetFileNameWithoutExtension(parts[2]), parts => parts[0]);
        string[] clips = Directory.GetFiles(folder!, "*.flac", SearchOption.AllDirectories);
        Assert.NotEmpty(clips);
        Assert.All(clips, clip =>
        {
            Sound sound = AudioFile.Read(clip);
            AssertClip(sound, AudioFormat.Flac);
            using var wav = new MemoryStream();
            AudioWriter.Write(wav, sound.Samples, sound.Channels, sound.SampleRate);
            Assert.Equal(expected[Path.GetFileNameWithoutExtension(clip)], Convert.ToHexStringLower(SHA256.HashData(wav.GetBuffer().AsSpan(0, (int)wav.Length))));
        });
    }

    [Fact]
    public void Clips_of_GTZAN_in_ogg_are_whole()
    {
        Require.SndFile();
        string? folder = Repository.Data("gtzan-3");
        Assert.SkipWhen(folder is null, "the GTZAN clips are not beside the checkout");
        string[] clips = [.. Directory.GetFiles(folder!, "*.ogg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % 10 == 0)];
        Assert.NotEmpty(clips);
        Assert.All(clips, clip => AssertClip(AudioFile.Read(clip), AudioFormat.Ogg));
    }

    private static void AssertClip(Sound sound, AudioFormat format)
    {
        Assert.Equal((1, 22050, format), (sound.Channels, sound.SampleRate, sound.Format));
        Assert.InRange(sound.DurationS, 29.9, 30.7);
        Assert.Null(sound.Damage);
    }
}
