using System.Runtime.InteropServices;

namespace Pipeline.Tests.Audio;

/// <summary>The sound files of tests/golden/audio and what is in them.</summary>
internal static class Golden
{
    private static readonly string[] All =
        [.. Directory.GetFiles(Folder, "*.f32").Select(f => System.IO.Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>Files whose samples are stored as they are.</summary>
    public static IEnumerable<string> Plain => All.Where(IsPlain);

    /// <summary>Files that a native library decodes.</summary>
    public static IEnumerable<string> Coded => All.Where(name => !IsPlain(name));

    private static string Folder => Repository.Find("tests", "golden", "audio");

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    /// <summary>What ffmpeg decoded.</summary>
    public static float[] Samples(string name) => MemoryMarshal.Cast<byte, float>(Bytes(name + ".f32")).ToArray();

    private static bool IsPlain(string name) =>
        name.Split('.')[^1] is "wav" or "au" or "aiff" && name is not ("wav_ima.wav" or "wav_ms.wav" or "wav_mp3.wav");
}
