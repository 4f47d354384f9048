using System.Diagnostics;
using System.Text.Json;
using Pipeline.Pictures;

namespace Pipeline.Benchmarks;

/// <summary>What is done with pictures, each by one core: reading, writing, resizing, finding margins, undoing colours.</summary>
internal static class PictureCommands
{
    private const int Rounds = 15;

    /// <summary><c>pictures FOLDER</c>: PNG files below a folder, all read before; medians of rounds over all of them, in processor time.</summary>
    public static int Measure(Arguments args)
    {
        byte[][] files = [.. Directory.GetFiles(args.File, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        Picture[] pictures = [.. files.Select(f => PngReader.Decode(f, ""))];
        Picture[] grey = [.. pictures.Select(p => p.ToGrey())];
        Picture[] coloured = [.. grey.Take(20).Select(ColourMap.Viridis.Apply)];
        long samples = pictures.Sum(p => (long)p.Samples.Length);
        Time("decode", files.Length, samples, () => Array.ForEach(files, f => PngReader.Decode(f, "")));
        Time("encode", files.Length, samples, () => Array.ForEach(pictures, p => PngWriter.Encode(p)));
        Time("margins", files.Length, samples, () => Array.ForEach(pictures, p => new MarginCrop().Find(p)));
        foreach (ResizeFilter filter in Enum.GetValues<ResizeFilter>())
        {
            var resizer = new Resizer(grey[0].Width, grey[0].Height, 128, 128, filter);
            Picture[] alike = [.. grey.Where(g => (g.Width, g.Height) == (grey[0].Width, grey[0].Height))];
            Time($"resize to 128 x 128, {filter}", alike.Length, alike.Sum(g => (long)g.Samples.Length), () => Array.ForEach(alike, g => resizer.Resize(g)));
        }

        Time("undo viridis", coloured.Length, coloured.Sum(p => (long)p.Samples.Length), () => Array.ForEach(coloured, p => ColourMap.Viridis.Invert(p)));
        return 0;
    }

    private static void Time(string what, int pictures, long samples, Action round)
    {
        var seconds = new List<double>();
        for (int i = 0; i < Rounds; i++)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            round();
            seconds.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }

        seconds.RemoveRange(0, 3); // until the code is compiled for good
        seconds.Sort();
        double median = seconds[seconds.Count / 2];
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["what"] = what,
            ["pictures"] = pictures,
            ["picturesPerCpuS"] = Math.Round(pictures / median),
            ["MsamplesPerCpuS"] = Math.Round(samples / 1e6 / median, 1),
        }));
    }
}
