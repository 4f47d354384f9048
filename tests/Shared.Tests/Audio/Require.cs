using Pipeline.Native;
using Xunit;

namespace Pipeline.Tests.Audio;

/// <summary>Skips a test where what it needs is not installed.</summary>
internal static class Require
{
    public static bool SndFile() => Library("sndfile", "libsndfile");

    public static bool Mpg123() => Library("mpg123", "libmpg123");

    public static void Program(string name) =>
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name))),
            $"{name} is not installed");

    private static bool Library(string name, string called)
    {
        Assert.SkipUnless(NativeLibraries.IsAvailable(name), $"{called} is not installed");
        return true;
    }
}
