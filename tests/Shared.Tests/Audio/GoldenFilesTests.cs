using Pipeline.Audio;
using Pipeline.Audio.Coded;
using Pipeline.Audio.Files;
using Xunit;

namespace Pipeline.Tests.Audio;

/// <summary>Files made by other programs, held against what ffmpeg decodes from them and against libsndfile.</summary>
public sealed class GoldenFilesTests
{
    public static TheoryData<string> Plain => [.. Golden.Plain];

    // libsndfile 1.2 refuses sox's extensible header in RIFX.
    public static TheoryData<string> ReadByLibsndfileToo => [.. Golden.Plain.Where(name => name != "wav_rifx_24.wav")];

    public static TheoryData<string> Coded => [.. Golden.Coded];

    [Theory, MemberData(nameof(Plain))]
    public void Plain_samples_are_those_that_ffmpeg_reads(string name)
    {
        Sound sound = AudioFile.Read(Golden.Path(name));
        Assert.Equal(Golden.Samples(name), sound.Samples);
        Assert.Null(sound.Damage);
        Assert.Equal(name.Contains("_6", StringComparison.Ordinal) ? 6 : 2, sound.Channels);
        Assert.Equal(name.Contains("_6", StringComparison.Ordinal) ? 8000 : 22050, sound.SampleRate);
        Assert.Equal(name[..2] switch { "wa" => AudioFormat.Wav, "au" => AudioFormat.Au, _ => AudioFormat.Aiff }, sound.Format);
    }

    [Theory, MemberData(nameof(ReadByLibsndfileToo))]
    public void Plain_samples_are_those_that_libsndfile_reads(string name)
    {
        Require.SndFile();
        Sound ours = AudioFile.Read(Golden.Path(name));
        using ByteSource source = ByteSource.Open(Golden.Path(name));
        using var reader = SndFileReader.Open(source, ours.Format, Content.Identify(source).Start);
        Sound theirs = AudioFile.ReadAll(reader, name, mono: false);
        Assert.Equal(theirs.Samples, ours.Samples);
        Assert.Equal(theirs.SampleRate, ours.SampleRate);
    }

    [Theory, MemberData(nameof(Coded))]
    public void Coded_samples_are_near_those_that_ffmpeg_reads(string name)
    {
        _ = name.Contains("mp3", StringComparison.Ordinal) ? Require.Mpg123() : Require.SndFile();
        Sound sound = AudioFile.Read(Golden.Path(name));
        float[] expected = Golden.Samples(name);
        Assert.Null(sound.Damage);
        // Without an encoder's notes nobody knows the padding: libmpg123 takes its own delay off the start, ffmpeg does not.
        int offset = name is "mp3_plain.mp3" or "wav_mp3.wav" ? expected.Length - sound.Samples.Length : 0;
        // ffmpeg does not cut Vorbis where its last page says, nor MP3 behind a tag.
        int beyond = name is "vorbis.ogg" or "mp3_tagged.mp3" ? expected.Length - 2757 : 0;
        Assert.Equal(expected.Length, sound.Samples.Length + offset + beyond);
        float tolerance = name.StartsWith("flac", StringComparison.Ordinal) ? 0 : name is "opus.opus" or "wav_ima.wav" ? 1e-3f : 1e-4f;
        float worst = 0;
        for (int i = 0; i < sound.Samples.Length; i++)
        {
            worst = MathF.Max(worst, MathF.Abs(sound.Samples[i] - expected[i + offset]));
        }

        Assert.True(worst <= tolerance, $"{worst} at worst");
    }
}
