using System.Security.Cryptography;
using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Features;
using Pipeline.Listening;
using Pipeline.Native;

namespace Pipeline.Stages.Evaluating;

/// <summary>Asks a model about one's own songs: they are heard on all cores, and each member judges them in their order.</summary>
/// <param name="folder">The songs.</param>
/// <param name="listener">The model.</param>
/// <param name="runs">Names of its members.</param>
/// <param name="compared">The input whose windows are kept for the nearest neighbour; null for none.</param>
/// <param name="seed">Seed of the lots.</param>
internal sealed class ExtraJudge(ExtraFolder folder, Listener listener, IReadOnlyList<string> runs, int? compared, ulong seed)
{
    private readonly VerdictSet verdicts = new(ExtraFolder.Part, listener.Genres, runs);
    private readonly WindowSample windows = new(FeatureStudy.MostEvaluated);
    private readonly List<FoundFile> files = [];
    private string? fault; // the first one
    private long remarked;
    private string? remark; // the first one

    /// <summary>Asks it. A song that cannot be heard is told of and left out.</summary>
    /// <param name="threads">Threads to hear with.</param>
    /// <param name="maxFailed">The share of songs that may fail.</param>
    /// <param name="quiet">Whether no progress is shown.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="StageException">Nothing could be heard, or too little.</exception>
    public ExtraSet Run(int threads, double maxFailed, bool quiet, CancellationToken cancel)
    {
        var faults = new Faults("recordings", maxFailed);
        using (var progress = Progress.Start("files", folder.Files.Count, quiet))
        {
            foreach (Song song in InOrder.Select(folder.Files.SelectMany(SongsIn), threads, Hear, cancel))
            {
                faults.Attempted();
                if (song.Heard!.LacksLibrary)
                {
                    throw new MissingLibraryException(song.Heard.Fault!);
                }

                if ((song.Heard.Fault ?? Judge(song)) is { } reason)
                {
                    fault ??= $"{song.Heard.Piece.Name}: {reason}";
                    faults.Report(song.RecordingId, song.Heard.Piece.Name, reason);
                }
                else if (song.Heard.Remarks.Count > 0)
                {
                    remarked++;
                    remark ??= $"{song.Heard.Piece.Name}: {song.Heard.Remarks[0]}";
                }

                if (song.Heard.Piece.Song == 0)
                {
                    files.Add(new FoundFile { Item = song.File, Sha256 = song.Sha256 });
                    progress.Advance();
                }
            }
        }

        faults.ThrowIfTooMany();
        if (verdicts.Windows == 0)
        {
            throw new StageException($"nothing in the folder '{folder.Name}' of --extra could be judged; {fault}");
        }

        return new ExtraSet(folder, verdicts, windows, files, [.. Notes(faults.Count)]);
    }

    private IEnumerable<Song> SongsIn((ClassFile File, string Genre) file)
    {
        foreach (Piece piece in Piece.In(file.File.File, file.File.Path))
        {
            string id = file.File.RecordingId + piece.Name[file.File.Path.Length..]; // of a file with many songs with its number
            yield return new Song(file.File, file.Genre, id, piece);
        }
    }

    private Song Hear(Song song) => song with { Heard = listener.Hear(song.Piece), Sha256 = song.Piece.Song == 0 ? Hash(song.File.File) : null };

    // A file that cannot be opened gets no verdict either, where the reason is told.
    private static string? Hash(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // What keeps the model from a verdict, or null.
    private string? Judge(Song song)
    {
        IReadOnlyList<FeatureWindow[]> heard = song.Heard!.Windows;
        float[][] probabilities;
        try
        {
            probabilities = listener.JudgeByMember(song.Heard);
        }
        catch (FeatureException e)
        {
            return e.Message;
        }

        string example = song.RecordingId + "#0"; // as a table of features would have it
        for (int run = 0; run < runs.Count; run++)
        {
            verdicts.BeginRun();
            foreach (float[] window in probabilities[run].Chunk(listener.Genres.Count))
            {
                verdicts.Add(run, new Verdict(example, song.RecordingId, ExtraFolder.Part, ExtraFolder.Part, song.Genre, window));
            }
        }

        int recording = verdicts.Recordings.Find(song.RecordingId);
        for (int w = 0; compared is { } input && w < heard.Count; w++)
        {
            FeatureWindow window = heard[w][input];
            windows.Offer(new WindowSummary(
                $"{example} {w}", Lot.Draw(seed, song.RecordingId), recording, verdicts.Truth(recording), WindowSummary.Of(window.Values, window.Channels, window.Frames)));
        }

        return null;
    }

    private IEnumerable<string> Notes(long failed)
    {
        if (failed > 0)
        {
            yield return $"left out of extra: {Shown.Of(failed, "recording")} that could not be heard, such as {fault}";
        }

        if (remark is not null)
        {
            yield return $"{Shown.Of(remarked, "recording")} of extra {(remarked == 1 ? "comes" : "come")} with a remark, such as {remark}";
        }
    }

    private sealed record Song(ClassFile File, string Genre, string RecordingId, Piece Piece)
    {
        public HeardPiece? Heard { get; init; }

        public string? Sha256 { get; init; }
    }
}
