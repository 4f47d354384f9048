using Pipeline.Cli;
using Pipeline.Msd;

namespace Pipeline.Stages.MsdIngestion;

/// <summary>The song files below a folder, in the order of their names; or a single file.</summary>
internal sealed class SongTree
{
    // The dataset's song files have some 270 kB. One of this size may hold many songs and is divided.
    private const long LargeFile = 4 << 20;
    private const int SongsPerPiece = 64;

    private static readonly string[] Extensions = [".h5", ".hdf5", ".hdf"];

    private readonly string root;
    private readonly Shard shard;

    private SongTree(string root, Shard shard)
    {
        this.root = root;
        this.shard = shard;
        IsOneFile = File.Exists(root);
    }

    /// <summary>Whether the root is a file.</summary>
    public bool IsOneFile { get; }

    /// <summary>Looks at what is there.</summary>
    /// <exception cref="StageException">Nothing is.</exception>
    public static SongTree Open(string root, Shard shard) =>
        Path.Exists(root) ? new SongTree(root, shard) : throw new StageException($"there is no file or folder '{root}': --root is where the song files are");

    /// <summary>How many files are this part's.</summary>
    public long CountFiles(CancellationToken cancel) => Files(cancel, isQuiet: false).LongCount();

    /// <summary>The work, in the files' order.</summary>
    public IEnumerable<SongPiece> Pieces(CancellationToken cancel)
    {
        foreach (string name in Files(cancel, isQuiet: true))
        {
            foreach (SongPiece piece in Divide(IsOneFile ? root : Path.Combine(root, name), name))
            {
                yield return piece;
            }
        }
    }

    private IEnumerable<SongPiece> Divide(string file, string name)
    {
        long songs = IsOneFile || new FileInfo(file) is { Exists: true, Length: > LargeFile } ? CountSongs(file) : 0;
        if (songs <= 1)
        {
            yield return new SongPiece(file, name, 0, null, IsFirst: true); // whatever is wrong with it is found where it is read
            yield break;
        }

        bool isFirst = true;
        long pieces = (songs + SongsPerPiece - 1) / SongsPerPiece;
        for (long i = 0; i < pieces; i++)
        {
            if (!IsOneFile || shard.Owns(i))
            {
                long first = i * SongsPerPiece;
                yield return new SongPiece(file, name, first, (int)Math.Min(SongsPerPiece, songs - first), isFirst);
                isFirst = false;
            }
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
    private IEnumerable<string> Files(CancellationToken cancel, bool isQuiet) => IsOneFile
        ? [Path.GetFileName(root)]
        : InputTree.Files(root, cancel, isQuiet).Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Where((_, i) => shard.Owns(i));
}
