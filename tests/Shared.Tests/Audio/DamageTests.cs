using System.Runtime.InteropServices;
using Pipeline.Audio;
using Pipeline.Tests.Parquet;
using Xunit;

namespace Pipeline.Tests.Audio;

/// <summary>Damaged files of the coded kinds: decoded as far as they go, and told of. Alone, since stderr is the whole process's.</summary>
[Collection(nameof(AloneCollection))]
public sealed partial class DamageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_flac_file_cut_short_is_read_as_far_as_it_goes()
    {
        byte[] file = Flac();
        Assert.Null(Read(file).Damage);
        Sound sound = Read(file[..(file.Length * 3 / 4)]);
        Assert.InRange(sound.Frames, 22050, 66149);
        Assert.Contains("of 66,150 announced frames", sound.Damage);
    }

    [Fact]
    public void A_flac_file_with_a_hole_says_so()
    {
        byte[] file = Flac();
        file.AsSpan(file.Length / 2, 3000).Clear();
        Sound sound = Read(file);
        Assert.InRange(sound.Frames, 22050, 66150);
        Assert.NotNull(sound.Damage);
    }

    [Fact]
    public void An_ogg_file_cut_short_says_so_although_libsndfile_does_not()
    {
        Require.SndFile();
        Require.Program("oggenc");
        string path = Clip("clip.wav", seconds: 5);
        Command.Run("oggenc", ["-Q", "-o", folder["clip.ogg"], path]);
        byte[] file = File.ReadAllBytes(folder["clip.ogg"]);
        Assert.Null(Read(file).Damage);
        Sound sound = Read(file[..(file.Length * 3 / 4)]);
        Assert.InRange(sound.Frames, 22050, 5 * 22050 - 1);
        Assert.Contains("cut short", sound.Damage);
    }

    [Fact]
    public void A_damaged_mp3_file_is_read_around_the_damage_in_silence()
    {
        Require.Mpg123();
        Require.Program("lame");
        byte[] file = Mp3("-b", "64");
        Sound whole = Read(file);
        Assert.Null(whole.Damage);
        Assert.Equal(10 * 22050, whole.Frames);

        byte[] holes = [.. file];
        new Random(1).NextBytes(holes.AsSpan(file.Length / 3, 1500));
        holes.AsSpan(file.Length * 2 / 3, 700).Clear();
        Sound sound = null!;
        Assert.Equal("", ErrorsOf(() => sound = Read(holes)));
        Assert.InRange(sound.Frames, 9 * 22050, 10 * 22050 - 1);
        Assert.Contains("of 220,500 announced frames", sound.Damage);
        Assert.Matches(@"damaged bytes were skipped in [2-4] places", sound.Damage);
    }

    [Fact]
    public void An_mp3_file_cut_short_says_so_with_and_without_an_encoders_notes()
    {
        Require.Mpg123();
        Require.Program("lame");
        Assert.Contains("of 220,500 announced frames", Read(Mp3("-b", "64")[..^5003]).Damage);
        byte[] plain = Mp3("-t", "-b", "64");
        Assert.Null(Read(plain).Damage);
        Assert.Equal("it is cut short within its last frame", Read(plain[..^5003]).Damage);
    }

    [Fact]
    public void An_mp3_file_between_tags_and_behind_junk_is_read_whole()
    {
        Require.Mpg123();
        Require.Program("lame");
        byte[] plain = Mp3("-t", "-b", "64"), old = new byte[128];
        "TAGtitle"u8.CopyTo(old);
        float[] expected = Read(plain).Samples;
        byte[] junk = new byte[3000];
        new Random(1).NextBytes(junk);
        Sound tagged = Read([.. "ID3\x04\0\0\0\0\x07\x68"u8, .. new byte[1000], .. plain, .. old]);
        Assert.Equal(expected, tagged.Samples);
        Assert.Null(tagged.Damage);
        Assert.Equal(expected, Read([.. junk, .. plain]).Samples);
    }

    [Fact]
    public void Mp3_of_other_rates_and_channels_within_is_left_out_or_converted()
    {
        Require.Mpg123();
        Require.Program("lame");
        byte[] mono = Mp3("-t", "-b", "64"), stereo = Mp3("-t", "-b", "64", "-m", "j"), other = Mp3("-t", "-b", "64", "--resample", "16");
        int frames = Read(mono).Frames;

        Sound rates = Read([.. mono, .. other, .. mono]);
        Assert.Equal((22050, 1), (rates.SampleRate, rates.Channels));
        Assert.InRange(rates.Frames, 2 * frames - 2000, 2 * frames + 2000);
        Assert.Contains("at another sample rate (16,000 Hz) were left out", rates.Damage);

        Sound channels = Read([.. mono, .. stereo]);
        Assert.Equal(1, channels.Channels);
        Assert.InRange(channels.Frames, 2 * frames - 2000, 2 * frames + 2000);
        Assert.DoesNotContain("rate", channels.Damage ?? "");
    }

    private Sound Read(byte[] bytes)
    {
        File.WriteAllBytes(folder["file"], bytes);
        return AudioFile.Read(folder["file"]);
    }

    private byte[] Flac()
    {
        Require.SndFile();
        Require.Program("flac");
        string path = Clip("clip.wav", seconds: 3);
        Assert.Equal(0, Command.Run("flac", ["--totally-silent", "-f", "-o", folder["clip.flac"], path]).ExitCode);
        return File.ReadAllBytes(folder["clip.flac"]);
    }

    private byte[] Mp3(params string[] options)
    {
        string path = Clip("clip.wav", seconds: 10);
        Assert.Equal(0, Command.Run("lame", ["--quiet", .. options, path, folder["clip.mp3"]]).ExitCode);
        return File.ReadAllBytes(folder["clip.mp3"]);
    }

    private string Clip(string name, int seconds)
    {
        var random = new Random(1);
        float[] samples = [.. Enumerable.Range(0, seconds * 22050).Select(i => 0.3f * MathF.Sin(i * 0.05f) + 0.1f * random.NextSingle())];
        using FileStream file = File.Create(folder[name]);
        AudioWriter.Write(file, samples, 1, 22050);
        return folder[name];
    }

    /// <summary>What the process prints to stderr meanwhile, native code included.</summary>
    private string ErrorsOf(Action action)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "stderr is turned aside in the way of Unix");
        int kept = dup(2);
        using (var file = new FileStream(folder["stderr"], FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            try
            {
                Assert.Equal(2, dup2((int)file.SafeFileHandle.DangerousGetHandle(), 2));
                action();
            }
            finally
            {
                _ = dup2(kept, 2);
                _ = close(kept);
            }
        }

        return File.ReadAllText(folder["stderr"]);
    }

    [LibraryImport("libc")]
    private static partial int dup(int descriptor);

    [LibraryImport("libc")]
    private static partial int dup2(int from, int to);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
