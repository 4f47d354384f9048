using System.Text;
using Pipeline.Audio;
using Xunit;

namespace Pipeline.Tests.Audio;

/// <summary>What is no sound is refused, with its name.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("hello there, this is no music", "a text file")]
    [InlineData("grüße aus dem textfile", "a text file")]
    [InlineData("{\"error\": 404}", "a JSON file")]
    [InlineData(" <!DOCTYPE html><html>", "an HTML page")]
    [InlineData("<?xml version='1.0'?>", "an XML file")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid", "a Git LFS pointer")]
    [InlineData("PK\x03\x04....", "a zip archive")]
    [InlineData("%PDF-1.7", "a PDF document")]
    [InlineData("RIFF\0\0\0\0WEBPVP8 ", "a WebP picture")]
    [InlineData("RIFF\0\0\0\0sfbkLIST", "'sfbk'")]
    [InlineData("FORM\0\0\0\0ILBMBMHD", "'ILBM'")]
    [InlineData("MThd\0\0\0\x06", "a MIDI file")]
    [InlineData("\0\0\0\0\0\0\0\0", "first 8 bytes are zero")]
    [InlineData("ID3\x03\0\0\0\0\0\x04....", "an ID3 tag without sound")]
    [InlineData(".snd\0\0\0\x18", "au header is cut short after 8 of 24 bytes")]
    public void A_file_that_is_no_sound_is_refused_by_its_name(string text, string says)
    {
        string reason = Refusal(Encoding.UTF8.GetBytes(text));
        Assert.Contains(says, reason);
        Assert.DoesNotContain("--ffmpeg", reason);
    }

    [Theory]
    [InlineData("89504E470D0A1A0A", "a PNG picture")]
    [InlineData("FFD8FFE000104A464946", "a JPEG picture")]
    [InlineData("1F8B080000000000", "a gzip archive")]
    [InlineData("89484446", "an HDF5 file")]
    [InlineData("FFFE680065006C00", "a text file")]
    public void So_is_one_of_other_bytes(string hex, string says) => Assert.Contains(says, Refusal(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("0000001C667479704D344120", "an MPEG-4 file (m4a, mp4)")]
    [InlineData("3026B2758E66CF11A6D900AA", "a Windows Media file (wma, asf)")]
    [InlineData("1A45DFA3010000000000001F", "a Matroska file (mka, mkv, webm)")]
    [InlineData("FFF15080019FFC2110049920", "an AAC file (adts)")]
    [InlineData("4944330400000000000400000000FFF15080019FFC2110049920", "an AAC file (adts)")]
    [InlineData("0102030405060708090A0B0C", "a file of unknown kind, starting with the bytes 0102030405060708")]
    public void A_file_that_ffmpeg_may_read_is_refused_with_that_advice(string hex, string says)
    {
        string reason = Refusal(Convert.FromHexString(hex));
        Assert.Contains(says, reason);
        Assert.Contains("--ffmpeg", reason);
    }

    [Fact]
    public void The_reason_is_that_of_the_file_itself_whatever_other_threads_open()
    {
        Require.SndFile();
        string[] paths = [folder["one"], folder["other"]];
        File.WriteAllBytes(paths[0], [.. "NIST_1A\n   1024\n"u8, .. new byte[2000]]);
        File.WriteAllBytes(paths[1], [.. "fLaC"u8, .. new byte[100]]);
        string[] alone = [.. paths.Select(p => Assert.Throws<AudioException>(() => AudioFile.Read(p)).Reason)];
        Assert.NotEqual(alone[0], alone[1]);
        Parallel.For(0, 4000, i => Assert.Equal(alone[i % 2], Assert.Throws<AudioException>(() => AudioFile.Read(paths[i % 2])).Reason));
    }

    [Theory]
    [InlineData(0x0161, "Windows Media Audio")]
    [InlineData(0x2000, "Dolby AC-3")]
    [InlineData(0x4242, "0x4242")]
    public void A_codec_within_wav_that_nobody_here_reads_is_named(int tag, string says)
    {
        Require.SndFile();
        string reason = Refusal(WavBytes.Riff(WavBytes.Format(tag: tag), WavBytes.Data()));
        Assert.Contains(says, reason);
        Assert.Contains("--ffmpeg", reason);
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        var random = new Random(1);
        byte[] bytes = new byte[200_000];
        for (int i = 0; i < 50; i++)
        {
            random.NextBytes(bytes);
            Assert.Contains("unknown kind", Refusal(bytes));
        }
    }

    [Fact]
    public void A_path_that_leads_to_no_file_says_so()
    {
        var e = Assert.Throws<AudioException>(() => AudioReader.Open(folder["absent.wav"]));
        Assert.Equal("there is no such file", e.Reason);
        Assert.Equal(folder["absent.wav"], e.Path);
        Assert.Equal($"{e.Path}: {e.Reason}", e.Message);
        Assert.Equal("there is no such file", Assert.Throws<AudioException>(() => AudioReader.Open(folder["absent/file.wav"])).Reason);
        Assert.Contains("a folder", Assert.Throws<AudioException>(() => AudioReader.Open(folder.Path)).Reason);
    }

    [Fact]
    public void A_file_without_permission_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "permissions are set another way on Windows");
        string path = folder.Write("secret.wav", "secret");
        if (Environment.IsPrivilegedProcess)
        {
            path = "/proc/sys/vm/compact_memory"; // nothing is forbidden to root but to read what can only be written
        }
        else if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
        }

        Assert.Contains("permission", Assert.Throws<AudioException>(() => AudioReader.Open(path)).Reason);
    }

    private string Refusal(byte[] bytes)
    {
        File.WriteAllBytes(folder["file.wav"], bytes);
        return Assert.Throws<AudioException>(() => AudioFile.Read(folder["file.wav"])).Reason;
    }
}
