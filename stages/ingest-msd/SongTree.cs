using Pipeline.Cli;
using Pipeline.Msd;
using Pipeline.Tables;

namespace Pipeline.Stages.MsdIngestion;

/// <summary>A part of the song files below a folder, in the order of their names; or a part of a single file's songs.</summary>
internal sealed class SongTree
{
    // The dataset's song files have some 270 kB. One of this size may hold many songs and is divided.
    private const long LargeFile = 4 << 20;
    private const int SongsPerPiece = 64;

    // This part's: of the files, or of the single file's pieces.
    private readonly long first;
    private readonly long end;

    private SongTree(string root, Shard shard, CancellationToken cancel)
    {
        Root = root;
        IsOneFile = File.Exists(root);
        long count = IsOneFile ? Divide(root, root).LongCount() : Files(cancel, isQuiet: false).LongCount();
        if (count == 0)
        {
            throw new StageException($"there is no .h5 file in '{root}': give the folder that holds the song files");
        }

        (first, end) = (shard.First(count), shard.End(count));
    }

    /// <summary>The folder or file, as given.</summary>
    public string Root { get; }

    /// <summary>Whether the root is a file.</summary>
    public bool IsOneFile { get; }

    /// <summary>How many files are this part's; of a single file, how many pieces.</summary>
    public long Count => end - first;

    /// <summary>Looks at what is there, and counts it: only then is it known what belongs to a part.</summary>
    /// <exception cref="StageException">Nothing is there.</exception>
    public static SongTree Open(string root, Shard shard, CancellationToken cancel) =>
        Path.Exists(root) ? new SongTree(root, shard, cancel) : throw new StageException($"there is no file or folder '{root}': --root is where the song files are");

    /// <summary>The work, in the files' order.</summary>
    public IEnumerable<SongPiece> Pieces(CancellationToken cancel) => IsOneFile
        ? Own(Divide(Root, Path.GetFileName(Root)))
        : Own(Files(cancel, isQuiet: true)).SelectMany(name => Divide(Path.Combine(Root, name), name));

    private IEnumerable<T> Own<T>(IEnumerable<T> items)
    {
        long i = 0;
        foreach (T item in items)
        {
            if (i >= end)
            {
                yield break;
            }

            if (i++ >= first)
            {
                yield return item;
            }
        }
    }

    private IEnumerable<SongPiece> Divide(string file, string name)
    {
        long songs = IsOneFile || new FileInfo(file) is { Exists: true, Length: > LargeFile } ? CountSongs(file) : 0;
        if (songs <= 1)
        {
            yield return new SongPiece(file, name, 0, null); // whatever is wrong with it is found where it is read
            yield break;
        }

        for (long i = 0; i < songs; i += SongsPerPiece)
        {
            yield return new SongPiece(file, name, i, (int)Math.Min(SongsPerPiece, songs - i));
        }
    }

    private static long CountSongs(string file)
    {
        try
        {
            using MsdFile songs = MsdFile.Open(file);
            return songs.SongCount;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    // Names relative to the root, folder by folder: those of a million files are never in memory at once.
    private IEnumerable<string> Files(CancellationToken cancel, bool isQuiet) =>
        InputTree.Files(Root, cancel, isQuiet).Where(Recording.IsSongFile);
}
