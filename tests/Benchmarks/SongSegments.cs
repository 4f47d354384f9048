using System.Globalization;
using Pipeline.Audio;
using Pipeline.Dsp.Segments;
using Pipeline.Hdf5;

namespace Pipeline.Benchmarks;

/// <summary>The segments of a song as rows of figures, read from a file of the Million Song Dataset or computed from sound.</summary>
internal sealed record SongSegments(string Name, bool IsComputed, double LoudnessDb, double SegmentsPerS, double[][] Rows)
{
    // A clip's length: of a whole song its middle is taken, so that clips and songs hold the same.
    private const double LengthS = 30;

    public static readonly string[] Columns =
    [
        .. Enumerable.Range(1, SongAnalysis.Dimensions).Select(i => string.Create(CultureInfo.InvariantCulture, $"timbre {i}")),
        "loudness start", "loudness max", "rise", "max time", "duration", "confidence",
    ];

    public static SongSegments Read(string path)
    {
        using Hdf5File file = Hdf5File.Open(path);
        float[] Values(string name) => file.Dataset($"/analysis/segments_{name}").ReadFloats();
        Hdf5Rows song = file.Dataset("/analysis/songs").ReadTable();
        double duration = song.Double(0, song.Field("duration"));
        return Cut(
            Path.GetFileNameWithoutExtension(path), false, song.Double(0, song.Field("loudness")), duration, Values("start"), Values("timbre"),
            Values("loudness_start"), Values("loudness_max"), Values("loudness_max_time"), Values("confidence"));
    }

    public static SongSegments Compute(SongAnalyzer analyzer, string path, float gain)
    {
        Sound sound = AudioFile.ReadMono(path);
        float[] samples = Resampler.Resample(sound.Samples, sound.SampleRate, SongAnalyzer.SampleRate);
        SongAnalysis a = analyzer.Analyze([.. samples.Select(v => v * gain)]);
        return Cut(
            Path.GetFileNameWithoutExtension(path), true, a.LoudnessDb, a.DurationS, a.Start, a.Timbre, a.LoudnessStart, a.LoudnessMax,
            a.LoudnessMaxTime, a.Confidence);
    }

    // Without the first and the last segment, which begin and end where the sound does.
    private static SongSegments Cut(
        string name, bool isComputed, double loudnessDb, double durationS, float[] start, float[] timbre, float[] loudnessStart, float[] loudnessMax,
        float[] maxTime, float[] confidence)
    {
        double from = (durationS - LengthS) / 2;
        var rows = new List<double[]>();
        for (int i = 1; i + 1 < start.Length; i++)
        {
            if (start[i] >= from && start[i] < from + LengthS)
            {
                rows.Add([
                    .. timbre.AsSpan(i * SongAnalysis.Dimensions, SongAnalysis.Dimensions).ToArray().Select(v => (double)v), loudnessStart[i],
                    loudnessMax[i], loudnessMax[i] - loudnessStart[i], maxTime[i], start[i + 1] - start[i], confidence[i]]);
            }
        }

        return new SongSegments(name, isComputed, loudnessDb, rows.Count / Math.Min(LengthS, durationS), [.. rows]);
    }
}
