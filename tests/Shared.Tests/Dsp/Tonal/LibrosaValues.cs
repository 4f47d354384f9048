using System.Runtime.InteropServices;
using Pipeline.Audio;
using Xunit;

namespace Pipeline.Tests.Dsp.Tonal;

/// <summary>What librosa 0.10.1 finds in two synthetic signals: the files of tests/golden/librosa.</summary>
internal static class LibrosaValues
{
    public static float[] Signal(string name) => AudioFile.ReadMono(Repository.Find("tests", "golden", "librosa", $"{name}.wav")).Samples;

    /// <summary>All values of a feature, those of its first dimension over time, then those of the next.</summary>
    public static float[] Read(string signal, string feature)
        => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Repository.Find("tests", "golden", "librosa", $"{signal}.{feature}.f32"))).ToArray();

    public static double Correlation(float[] a, float[] b)
    {
        Assert.Equal(a.Length, b.Length);
        double meanA = a.Average();
        double meanB = b.Average();
        double products = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return products / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}
