using System.Security.Cryptography;
using Pipeline.Features;
using Pipeline.Hdf5;
using Pipeline.Msd;
using Pipeline.Tables;

namespace Pipeline.Stages.MsdIngestion;

/// <summary>Reads pieces and makes rows of their songs. Several threads may use it at once.</summary>
/// <param name="source">The dataset's name.</param>
internal sealed class SongReader(string source)
{
    // Of the dataset's keys, such as TRAXLZU12903D05F94.
    private const int TrackLength = 18;

    /// <summary>Reads a piece. Whatever is wrong with a file or a song is in the rows.</summary>
    public SongBatch Read(SongPiece piece)
    {
        byte[]? hash = null;
        try
        {
            hash = piece.First == 0 ? Hash(piece.File) : null;
            using MsdFile file = MsdFile.Open(piece.File);
            long count = piece.Count ?? file.SongCount;
            if (count == 0)
            {
                return new SongBatch(piece.Name, hash, [Unreadable(piece, 0, "its tables have no row: there is no song in it")]);
            }

            bool isOfMany = file.SongCount > 1;
            string? sha256 = isOfMany || hash is null ? null : Convert.ToHexStringLower(hash);
            var songs = new List<Song>((int)count);
            for (long i = piece.First; i < piece.First + count; i++)
            {
                songs.Add(ReadOne(file, piece, i, isOfMany, sha256));
            }

            return new SongBatch(piece.Name, hash, songs);
        }
        catch (Hdf5Exception e)
        {
            return new SongBatch(piece.Name, hash, [Unreadable(piece, piece.First, e.Reason)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SongBatch(piece.Name, hash, [Unreadable(piece, piece.First, Reason(e, piece))]);
        }
    }

    private Song ReadOne(MsdFile file, SongPiece piece, long index, bool isOfMany, string? sha256)
    {
        try
        {
            return Rows(file.Read(index), file.IsSummary, piece, index, isOfMany, sha256);
        }
        catch (Hdf5Exception e)
        {
            return Unreadable(piece, isOfMany ? index : 0, e.Reason);
        }
    }

    private Song Rows(MsdSong song, bool isSummary, SongPiece piece, long index, bool isOfMany, string? sha256)
    {
        string key = $"{source}/{Known(song.TrackId) ?? Stem(piece, isOfMany ? index : 0)}";
        MsdFault? fault = isSummary ? new(MsdFaultNames.NoSegments, "its file is a summary: there are tables, and no arrays") : MsdFault.Find(song);
        var recording = new Recording(
            RecordingId: key,
            Source: source,
            Path: piece.Name,
            FolderLabel: Known(song.Genre), // empty in the dataset's own files; export-h5 puts the class there
            Title: Known(song.Title),
            Artist: Known(song.ArtistName),
            ArtistId: Known(song.ArtistId),
            DurationS: double.IsFinite(song.DurationS) && song.DurationS >= 0 ? song.DurationS : 0,
            SampleRate: song.SampleRate is > 0 ? song.SampleRate : null,
            Channels: null,
            Sha256: sha256,
            Peak: null,
            Fault: fault?.Name,
            FaultDetail: fault?.Detail,
            DuplicateGroup: null,
            TrackId: Known(song.TrackId),
            SongId: Known(song.SongId),
            Release: Known(song.Release),
            Year: song.Year is > 0 ? song.Year : null,
            Tempo: song.Tempo > 0 ? Finite(song.Tempo) : null,
            Key: Number(song.Key),
            KeyConfidence: Finite(song.KeyConfidence),
            Mode: Number(song.Mode),
            ModeConfidence: Finite(song.ModeConfidence),
            TimeSignature: Number(song.TimeSignature),
            TimeSignatureConfidence: Finite(song.TimeSignatureConfidence),
            LoudnessDb: Finite(song.LoudnessDb));
        return new Song(recording, fault is null ? SegmentRows.Of(key, song) : null);
    }

    private Song Unreadable(SongPiece piece, long index, string reason) => new(
        new Recording(
            $"{source}/{Stem(piece, index)}", source, piece.Name, null, null, null, null, 0, null, null, null, null,
            MsdFaultNames.Unreadable, reason, null, null, null, null, null, null, null, null, null, null, null, null, null),
        null);

    // The dataset's files are named after their tracks; elsewhere two folders may hold files of one name.
    private static string Stem(SongPiece piece, long index)
    {
        string stem = Path.GetFileNameWithoutExtension(piece.Name);
        string key = stem.Length == TrackLength && stem.StartsWith("TR", StringComparison.Ordinal) ? stem : Path.ChangeExtension(piece.Name, null);
        return index == 0 ? key : $"{key}#{index}";
    }

    // Without the place of the tree: the table must not depend on where that is.
    private static string Reason(Exception e, SongPiece piece) => e switch
    {
        FileNotFoundException => "there is no such file: a link that leads nowhere",
        UnauthorizedAccessException => "it may not be read: see its permissions",
        _ => e.Message.Replace(Path.GetFullPath(piece.File), piece.Name, StringComparison.Ordinal),
    };

    private static string? Known(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    // -1 is how a service says that it does not know.
    private static int? Number(int? value) => value is >= 0 ? value : null;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static byte[] Hash(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        return SHA256.HashData(stream);
    }
}
