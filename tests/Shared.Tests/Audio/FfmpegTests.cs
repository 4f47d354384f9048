using System.Diagnostics;
using Pipeline.Audio;
using Pipeline.Native;
using Pipeline.Tests.Parquet;
using Xunit;

namespace Pipeline.Tests.Audio;

/// <summary>What only ffmpeg reads. Alone, since one of them changes the environment.</summary>
[Collection(nameof(AloneCollection))]
public sealed class FfmpegTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_m4a_file_is_read_where_ffmpeg_may()
    {
        Require.Program("ffmpeg");
        Assert.Contains("an MPEG-4 file", Assert.Throws<AudioException>(() => AudioFile.Read(Golden.Path("foreign.m4a"))).Reason);
        Sound sound = AudioFile.Read(Golden.Path("foreign.m4a"), useFfmpeg: true);
        Assert.Equal((1, 22050, AudioFormat.Other), (sound.Channels, sound.SampleRate, sound.Format));
        Assert.InRange(sound.Frames, 2757, 2757 + 2048);
        Assert.Null(sound.Damage);
        Assert.InRange(sound.Samples.Max(), 0.5f, 1.2f);
    }

    [Theory]
    [InlineData("-i.m4a")]
    [InlineData("http:it.m4a")]
    [InlineData("a %d 'quoted' \"name\".m4a")]
    public void Names_that_look_like_options_addresses_or_patterns_are_names(string name)
    {
        Require.Program("ffmpeg");
        File.Copy(Golden.Path("foreign.m4a"), folder[name]);
        string before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = folder.Path;
            Assert.InRange(AudioFile.Read(name, useFfmpeg: true).Frames, 2757, 4805);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void A_codec_within_wav_that_libsndfile_does_not_read_goes_to_ffmpeg()
    {
        Require.SndFile();
        Require.Program("ffmpeg");
        Command.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "sine=duration=2:sample_rate=22050", "-c:a", "wmav2", folder["wma.wav"]]);
        Assert.Contains("Windows Media Audio", Assert.Throws<AudioException>(() => AudioFile.Read(folder["wma.wav"])).Reason);
        Sound sound = AudioFile.Read(folder["wma.wav"], useFfmpeg: true);
        Assert.Equal((1, 22050, AudioFormat.Wav), (sound.Channels, sound.SampleRate, sound.Format));
    }

    [Fact]
    public void What_ffmpeg_does_not_read_either_is_refused_with_its_words()
    {
        Require.Program("ffmpeg");
        byte[] bytes = new byte[5000];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(folder["noise"], bytes);
        string reason = Assert.Throws<AudioException>(() => AudioFile.Read(folder["noise"], useFfmpeg: true)).Reason;
        Assert.StartsWith("ffmpeg cannot read it (", reason);
        Assert.DoesNotContain("0x", reason);
        Assert.DoesNotContain(folder.Path, reason);
    }

    [Fact]
    public void Text_is_refused_without_asking_ffmpeg()
    {
        string path = folder.Write("list.m3u8", "#EXTM3U\nhttp://example.org/song.ts\n");
        Assert.Contains("a text file", Assert.Throws<AudioException>(() => AudioFile.Read(path, useFfmpeg: true)).Reason);
    }

    [Fact]
    public void A_damaged_file_is_read_as_far_as_ffmpeg_can_and_says_so()
    {
        Require.Program("ffmpeg");
        Command.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "anoisesrc=duration=5:seed=1", "-c:a", "aac", folder["noise.m4a"]]);
        byte[] bytes = File.ReadAllBytes(folder["noise.m4a"]);
        new Random(1).NextBytes(bytes.AsSpan(bytes.Length / 2, 500));
        File.WriteAllBytes(folder["hole.m4a"], bytes);
        Sound sound = AudioFile.Read(folder["hole.m4a"], useFfmpeg: true);
        Assert.StartsWith("ffmpeg met damage (", sound.Damage);
        Assert.DoesNotContain("0x", sound.Damage);
    }

    [Fact]
    public void Leaving_early_ends_the_process()
    {
        Require.Program("ffmpeg");
        Command.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "sine=duration=600", "-c:a", "flac", "-f", "matroska", folder["long.mka"]]);
        int before = Process.GetProcessesByName("ffmpeg").Length;
        using (AudioReader reader = AudioReader.Open(folder["long.mka"], useFfmpeg: true))
        {
            Assert.Equal(1000, reader.Read(new float[1000]));
        }

        Assert.Equal(before, Process.GetProcessesByName("ffmpeg").Length);
    }

    [Fact]
    public void Without_ffmpeg_one_sentence_says_what_to_install()
    {
        string? before = Environment.GetEnvironmentVariable("PATH");
        try
        {
            Environment.SetEnvironmentVariable("PATH", folder.Path);
            var e = Assert.Throws<MissingLibraryException>(() => AudioFile.Read(Golden.Path("foreign.m4a"), useFfmpeg: true));
            Assert.Contains("ffmpeg", e.Message);
            Assert.Contains("install", e.Message);
            Assert.DoesNotContain("\n", e.Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", before);
        }
    }
}
