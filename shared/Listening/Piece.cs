using Pipeline.Hdf5;
using Pipeline.Msd;
using Pipeline.Native;
using Pipeline.Pictures;

namespace Pipeline.Listening;

/// <summary>A piece of music that a verdict is wanted on: a file, or one of the songs in it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">What it is called; of a file with many songs <c>FILE#3</c>, counted from 0.</param>
/// <param name="Kind">What the file holds.</param>
/// <param name="Song">Which of the file's songs.</param>
/// <param name="Fault">What is known to be wrong with it before it is opened, in words; null for nothing.</param>
public sealed record Piece(string Path, string Name, PieceKind Kind, long Song = 0, string? Fault = null)
{
    /// <summary>What a file holds.</summary>
    public static PieceKind KindOf(string path) =>
        Hdf5File.LooksLike(path) ? PieceKind.Songs : PngReader.LooksLike(path) ? PieceKind.Picture : PieceKind.Sound;

    /// <summary>The pieces in a file: one, but of an aggregate file of the Million Song Dataset. One that cannot be read, or holds none, counts as one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What it is called.</param>
    public static IEnumerable<Piece> In(string path, string name)
    {
        if (SpecialFile.Is(path))
        {
            // Opening a pipe that nobody writes to waits for ever.
            yield return new Piece(path, name, PieceKind.Sound, Fault: "it is a pipe or a device, and only files are read");
            yield break;
        }

        PieceKind kind = KindOf(path);
        long songs = kind == PieceKind.Songs ? CountSongs(path) : 1;
        for (long i = 0; i < songs; i++)
        {
            yield return new Piece(path, songs == 1 ? name : $"{name}#{i}", kind, i);
        }
    }

    private static long CountSongs(string path)
    {
        try
        {
            using MsdFile file = MsdFile.Open(path);
            return file.IsSummary ? 1 : Math.Max(1, file.SongCount);
        }
        catch (Hdf5Exception)
        {
            return 1; // what is wrong with it is told where it is read
        }
    }
}
