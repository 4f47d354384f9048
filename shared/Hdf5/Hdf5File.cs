using System.Buffers.Binary;
using Pipeline.Hdf5.Reading;

namespace Pipeline.Hdf5;

/// <summary>
/// An open HDF5 file of the classic layout, as PyTables and h5py write it by default: groups, datasets of numbers, strings and records, contiguous or chunked,
/// shuffled and deflated. Opening reads the superblock; everything else is read when asked for. A file belongs to one thread at a time; any number of files may
/// be open side by side, without locks.
/// </summary>
/// <example>
/// <code>
/// using Hdf5File file = Hdf5File.Open("TRAAAAW128F429D538.h5");
/// double[] start = file.Dataset("/analysis/segments_start").ReadDoubles();
/// Hdf5Rows songs = file.Dataset("/metadata/songs").ReadTable(0, 1);
/// int title = songs.Field("title");
/// Console.WriteLine($"{songs.Text(0, title)}: {start.Length} segments");
/// </code>
/// </example>
public sealed class Hdf5File : IDisposable
{
    private const int MaxSoftLinks = 16;
    private const int SuperblockSize = 100;

    private static readonly byte[] Signature = [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    private readonly List<Hdf5Dataset> opened = [];

    private Hdf5File(FileSource source)
    {
        Source = source;
        Root = new Hdf5Group(this, "", "/", null, ReadSuperblock(source));
    }

    /// <summary>The file's path, as given.</summary>
    public string Path => Source.Path;

    /// <summary>The file's length in bytes.</summary>
    public long Length => Source.Length;

    /// <summary>The group that holds everything.</summary>
    public Hdf5Group Root { get; }

    internal FileSource Source { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="Hdf5Exception">The file is no HDF5 file, or cut short, or of a newer format than this library reads.</exception>
    public static Hdf5File Open(string path)
    {
        var source = new FileSource(path);
        try
        {
            return new Hdf5File(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file starts like an HDF5 file (user blocks aside): cheap, and false for whatever cannot be read.</summary>
    public static bool LooksLike(string path)
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path);
            Span<byte> start = stackalloc byte[8];
            return RandomAccess.Read(handle, start, 0) == start.Length && start.SequenceEqual(Signature);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The dataset of a path such as <c>/analysis/segments_start</c>.</summary>
    /// <exception cref="Hdf5Exception">There is none, or something else has that path.</exception>
    public Hdf5Dataset Dataset(string path) => Find(path) switch
    {
        Hdf5Dataset dataset => dataset,
        null => throw Source.Fault($"there is no dataset '{path}'"),
        _ => throw Source.Fault($"'{path}' is not a dataset"),
    };

    /// <summary>The dataset of a path, or null where there is none.</summary>
    public Hdf5Dataset? FindDataset(string path) => Find(path) as Hdf5Dataset;

    /// <summary>What a path names, or null. Soft links are followed.</summary>
    public Hdf5Object? Find(string path)
    {
        Hdf5Object here = Root;
        int links = 0;
        for (int at = 0; at < path.Length;)
        {
            int end = path.IndexOf('/', at);
            end = end < 0 ? path.Length : end;
            if (end > at && path.AsSpan(at, end - at) is not ".")
            {
                if (here is not Hdf5Group group || !group.TryFind(path[at..end], out SymbolEntry entry))
                {
                    return null;
                }

                if (entry.LinkTarget is { } target)
                {
                    if (++links > MaxSoftLinks)
                    {
                        throw Source.Fault($"'{path}' leads through more than {MaxSoftLinks} soft links, in a circle perhaps");
                    }

                    // A target that starts with a slash counts from the root, any other from the link's group.
                    here = target.StartsWith('/') ? Root : group;
                    path = string.Concat(target, "/", path.AsSpan(end));
                    at = 0;
                    continue;
                }

                here = group.Open(entry);
            }

            at = end + 1;
        }

        return here;
    }

    /// <summary>Everything in the file, each object once under the first path that leads to it, groups before what they hold.</summary>
    public IEnumerable<Hdf5Object> Objects()
    {
        yield return Root;
        var seen = new HashSet<long> { Root.Address };
        var levels = new Stack<IEnumerator<Hdf5Object>>();
        levels.Push(Root.ChildrenOnce(seen).GetEnumerator());
        while (levels.TryPeek(out IEnumerator<Hdf5Object>? level))
        {
            if (!level.MoveNext())
            {
                levels.Pop();
                continue;
            }

            yield return level.Current;
            if (level.Current is Hdf5Group group)
            {
                levels.Push(group.ChildrenOnce(seen).GetEnumerator());
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Hdf5Dataset dataset in opened)
        {
            dataset.ReleaseBuffers();
        }

        opened.Clear();
        Source.Dispose();
    }

    /// <summary>Notes a dataset that holds buffers, to be given back with the file.</summary>
    internal void Holds(Hdf5Dataset dataset) => opened.Add(dataset);

    // Gives the address of the root group's header.
    private static long ReadSuperblock(FileSource source)
    {
        long at = 0;
        while (at + Signature.Length > source.Length || !source.Span(at, Signature.Length).SequenceEqual(Signature))
        {
            // Behind a user block, whose size is 512 or a larger power of two.
            at = at == 0 ? 512 : at * 2;
            if (at > source.Length)
            {
                throw source.Fault(source.Length == 0 ? "it is empty" : "not an HDF5 file");
            }
        }

        ReadOnlySpan<byte> block = source.Span(at, Math.Min(SuperblockSize, source.Length - at));
        int version = block.Length > 8 ? block[8] : -1;
        if (version is 2 or 3)
        {
            throw source.Fault($"superblock version {version} (written with libver='latest' or 'v108' and above) is not supported: write it with libver='earliest'");
        }

        int addresses = version == 1 ? 28 : 24;
        if (block.Length < addresses + 72)
        {
            throw source.Fault("it is cut short within its superblock");
        }

        if (version is not (0 or 1))
        {
            throw source.Fault($"superblock version {version} is not supported");
        }

        if (block[13] != 8 || block[14] != 8)
        {
            throw source.Fault($"addresses of {block[13]} and lengths of {block[14]} bytes are not supported: 8 are");
        }

        long origin = BinaryPrimitives.ReadInt64LittleEndian(block[addresses..]);
        long end = BinaryPrimitives.ReadInt64LittleEndian(block[(addresses + 16)..]);
        long driver = BinaryPrimitives.ReadInt64LittleEndian(block[(addresses + 24)..]);
        long root = BinaryPrimitives.ReadInt64LittleEndian(block[(addresses + 40)..]);

        // Like libhdf5, which trusts what it found: a user block may have been put before the file, or taken away, by other means than its own.
        long shift = at - origin;
        if (driver != -1)
        {
            throw source.Fault("a file that is spread over several (driver information) is not supported");
        }

        if (end < 0 || end > source.Length - shift)
        {
            throw source.Fault($"cut short: it has {source.Length} bytes of {end + shift}");
        }

        source.SetOrigin(at);
        return root;
    }
}
