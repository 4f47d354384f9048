using Pipeline.Cli;
using Pipeline.Msd;
using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>Writes the tracks as song files, in the tree that the Million Song Dataset has: <c>A/B/C/TRABC...h5</c>.</summary>
internal static class SongFiles
{
    // One of each kind of fault for so many tracks, and one at least.
    private const int TracksPerFault = 400;

    /// <summary>Writes the files below a folder.</summary>
    /// <returns>The files that are bad on purpose, relative to the folder, with their faults.</returns>
    public static IReadOnlyList<(string File, SongFaultKind Fault)> Write(
        string folder, IReadOnlyList<PlannedTrack> tracks, CorpusOptions options, int threads, bool quiet, CancellationToken cancel)
    {
        Dictionary<int, SongFaultKind> faults = Faults(tracks, options);
        using Progress progress = Progress.Start("song files", tracks.Count, quiet);
        Parallel.For(0, tracks.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, () => new TrackAnalysis(), (i, _, analysis) =>
        {
            MsdSong song = analysis.Describe(tracks[i], tracks[i].Compose(), options.TrackSeconds, cancel);
            string path = System.IO.Path.Combine(folder, Path(tracks[i]));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, Bytes(song, faults.TryGetValue(i, out SongFaultKind fault) ? fault : null));
            progress.Advance();
            return analysis;
        }, _ => { });
        return [.. faults.OrderBy(f => f.Key).Select(f => (Path(tracks[f.Key]), f.Value))];
    }

    private static string Path(PlannedTrack track) => $"{track.TrackId[2]}/{track.TrackId[3]}/{track.TrackId[4]}/{track.TrackId}.h5";

    private static Dictionary<int, SongFaultKind> Faults(IReadOnlyList<PlannedTrack> tracks, CorpusOptions options)
    {
        var faults = new Dictionary<int, SongFaultKind>();
        if (!options.HasFaults || tracks.Count < TracksPerFault / 4)
        {
            return faults;
        }

        Dice dice = new Dice(options.Seed).Child("song faults");
        foreach (SongFaultKind kind in Enum.GetValues<SongFaultKind>())
        {
            for (int i = 0; i < Math.Max(1, tracks.Count / TracksPerFault);)
            {
                i += faults.TryAdd(dice.Below(tracks.Count), kind) ? 1 : 0;
            }
        }

        return faults;
    }

    private static byte[] Bytes(MsdSong song, SongFaultKind? fault)
    {
        using var stream = new MemoryStream();
        MsdWriter.Write(stream, [Spoil(song, fault)]);
        byte[] bytes = stream.ToArray();
        return fault == SongFaultKind.Unreadable ? bytes[..(bytes.Length / 2)] : bytes;
    }

    private static MsdSong Spoil(MsdSong song, SongFaultKind? fault)
    {
        switch (fault)
        {
            case SongFaultKind.NoSegments:
                return song with
                {
                    SegmentsStart = [], SegmentsConfidence = [], SegmentsLoudnessStart = [], SegmentsLoudnessMax = [], SegmentsLoudnessMaxTime = [],
                    SegmentsPitches = [], SegmentsTimbre = [],
                };
            case SongFaultKind.UnequalLengths:
                return song with { SegmentsConfidence = song.SegmentsConfidence![..^Math.Min(3, song.SegmentsConfidence.Length)] };
            case SongFaultKind.NotFinite:
                song.SegmentsTimbre![song.SegmentsTimbre.Length / 2] = float.NaN;
                return song;
            case SongFaultKind.Absurd:
                return song with { Tempo = -song.Tempo };
            default:
                return song;
        }
    }
}
