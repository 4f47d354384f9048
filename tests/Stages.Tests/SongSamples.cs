using Pipeline.Msd;

namespace Pipeline.Tests;

/// <summary>Songs by formula, and files of them.</summary>
internal static class SongSamples
{
    /// <summary>A sound song; the seed makes it.</summary>
    public static MsdSong Make(int seed, int segments = 40)
    {
        var random = new Random(seed);
        float[] Ascending(int count, float step) => [.. Enumerable.Range(0, count).Select(i => i * step)];
        float[] Shares(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        float[] Decibels(int count) => [.. Enumerable.Range(0, count).Select(_ => -60 * random.NextSingle())];
        return new MsdSong
        {
            TrackId = Track(seed),
            SongId = $"SO{seed:D16}",
            Title = $"Title {seed} – é",
            Release = $"Album {seed % 3}",
            ArtistName = $"Artist {seed % 5}",
            ArtistId = $"AR{seed % 5:D16}",
            Year = 1950 + seed % 60,
            SampleRate = 22050,
            DurationS = segments * 0.25 + 0.1,
            FadeInEndS = 0.1,
            FadeOutStartS = segments * 0.25,
            LoudnessDb = -10.5 - seed,
            Tempo = 100 + seed,
            Key = seed % 12,
            KeyConfidence = 0.5,
            Mode = seed % 2,
            ModeConfidence = 0.25,
            TimeSignature = 4,
            TimeSignatureConfidence = 1,
            SegmentsStart = Ascending(segments, 0.25f),
            SegmentsConfidence = Shares(segments),
            SegmentsLoudnessStart = Decibels(segments),
            SegmentsLoudnessMax = Decibels(segments),
            SegmentsLoudnessMaxTime = Shares(segments),
            SegmentsPitches = Shares(12 * segments),
            SegmentsTimbre = Decibels(12 * segments),
            BeatsStart = Ascending(segments / 2, 0.5f),
            BeatsConfidence = Shares(segments / 2),
            BarsStart = Ascending(segments / 8, 2),
            BarsConfidence = Shares(segments / 8),
            SectionsStart = [0],
            SectionsConfidence = [1],
            TatumsStart = Ascending(segments, 0.25f),
            TatumsConfidence = Shares(segments),
        };
    }

    /// <summary>A track's key, which is as long as the dataset's.</summary>
    public static string Track(int seed) => $"TR{seed:D16}";

    /// <summary>Writes a file; folders are made.</summary>
    public static string Write(string path, params IReadOnlyList<MsdSong> songs)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream stream = File.Create(path);
        MsdWriter.Write(stream, songs);
        return path;
    }
}
