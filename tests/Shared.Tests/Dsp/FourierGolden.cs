using System.Runtime.InteropServices;
using Pipeline.Audio;

namespace Pipeline.Tests.Dsp;

/// <summary>The signals of tests/golden/librosa and the spectra that librosa made of them.</summary>
internal static class FourierGolden
{
    public static float[] Signal(string name) => AudioFile.ReadMono(Find(name + ".wav")).Samples;

    /// <summary>librosa's matrix: all moments of the first bin, then all of the second.</summary>
    public static float[] Values(string signal, string feature) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Find($"{signal}.{feature}.f32"))).ToArray();

    private static string Find(string file) => Repository.Find("tests", "golden", "librosa", file);
}
