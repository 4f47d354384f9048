using System.Runtime.InteropServices;
using System.Text.Json;
using Pipeline.Audio;
using Pipeline.Dsp;
using Xunit;

namespace Pipeline.Tests.Dsp;

/// <summary>What librosa made of two signals; <c>index.json</c> beside the files says with which settings.</summary>
internal static class LibrosaGolden
{
    public static float[] Signal(string name) => AudioFile.ReadMono(Repository.Find("tests", "golden", "librosa", name + ".wav")).Samples;

    /// <summary>A feature's values as librosa has them: those of its first dimension over time, then those of the next.</summary>
    public static float[] Rows(string signal, string feature) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Repository.Find("tests", "golden", "librosa", Entry(signal, feature).GetProperty("file").GetString()!))).ToArray();

    /// <summary>A feature's values, frame after frame, and how many a frame has.</summary>
    public static (float[] Values, int Width) Feature(string signal, string feature)
    {
        int width = Entry(signal, feature).GetProperty("shape")[0].GetInt32();
        float[] rows = Rows(signal, feature);
        int frames = rows.Length / width;
        float[] values = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            values[i % frames * width + i / frames] = rows[i];
        }

        return (values, width);
    }

    public static double EstimatedTuning(string signal) => Entry(signal, "chroma_stft_tuned").GetProperty("params").GetProperty("estimated").GetDouble();

    /// <summary>The error is at most a ten-thousandth of the range of the expected values, or another share of it.</summary>
    public static void AssertSame(string signal, string feature, FrameMatrix actual, double share = 1e-4)
    {
        (float[] expected, int width) = Feature(signal, feature);
        Assert.Equal((width, expected.Length / width), (actual.Width, actual.Frames));
        AssertSame(expected, actual.Values, share);
    }

    public static void AssertSame(float[] expected, float[] actual, double share = 1e-4)
    {
        Assert.Equal(expected.Length, actual.Length);
        double tolerance = share * (expected.Max() - (double)expected.Min());
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"value {i} is {actual[i]}, not {expected[i]} (± {tolerance})");
        }
    }

    /// <summary>Pearson's correlation of as many values.</summary>
    public static double Correlation(float[] a, float[] b)
    {
        Assert.Equal(a.Length, b.Length);
        double meanA = a.Average();
        double meanB = b.Average();
        double products = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return products / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }

    private static JsonElement Entry(string signal, string feature)
    {
        using var index = JsonDocument.Parse(File.ReadAllBytes(Repository.Find("tests", "golden", "librosa", "index.json")));
        return index.RootElement.GetProperty("features").EnumerateArray()
            .First(e => e.GetProperty("signal").GetString() == signal && e.GetProperty("feature").GetString() == feature).Clone();
    }
}
