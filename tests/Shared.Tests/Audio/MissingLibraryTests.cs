using Pipeline.Tests.Cli;
using Xunit;

namespace Pipeline.Tests.Audio;

/// <summary>A native library is wanted when a file of its kind appears and not before; seen from outside, where nothing is loaded yet.</summary>
public sealed class MissingLibraryTests
{
    [Theory]
    [InlineData("flac_16.flac", "PIPELINE_SNDFILE")]
    [InlineData("vorbis.ogg", "PIPELINE_SNDFILE")]
    [InlineData("wav_ms.wav", "PIPELINE_SNDFILE")]
    [InlineData("mp3_cbr.mp3", "PIPELINE_MPG123")]
    [InlineData("wav_mp3.wav", "PIPELINE_MPG123")]
    public void A_library_that_is_missing_is_one_sentence_with_an_exit_code_of_its_own(string name, string variable)
    {
        using ProbeRun run = ProbeRun.Start($"--sound \"{Golden.Path(name)}\"", (variable, "/nowhere/lib.so"));
        Assert.Equal(3, run.ExitCode());
        Assert.Contains(variable, run.Errors);
        Assert.DoesNotContain("\n", run.Errors);
    }

    [Theory]
    [InlineData("wav_s16le.wav")]
    [InlineData("au_mulaw.au")]
    [InlineData("aiff_s8.aiff")]
    public void Plain_files_need_none(string name)
    {
        using ProbeRun run = ProbeRun.Start($"--sound \"{Golden.Path(name)}\"", ("PIPELINE_SNDFILE", "/nowhere/lib.so"), ("PIPELINE_MPG123", "/nowhere/lib.so"));
        Assert.Equal(0, run.ExitCode());
        Assert.Equal("139", run.Output.Trim());
    }
}
