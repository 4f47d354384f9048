using Pipeline.Cli;
using Pipeline.Hdf5;

namespace Pipeline.Stages.Inspection.Hdf5Views;

/// <summary>An HDF5 file, and the datasets of it that are looked at.</summary>
internal sealed class Hdf5View : IDisposable
{
    private Hdf5View(string path, Hdf5File file, IReadOnlyList<Hdf5Object> objects)
    {
        Path = path;
        File = file;
        Objects = objects;
    }

    /// <summary>The path that was given.</summary>
    public string Path { get; }

    /// <summary>The file.</summary>
    public Hdf5File File { get; }

    /// <summary>What is looked at, groups before what they hold.</summary>
    public IReadOnlyList<Hdf5Object> Objects { get; }

    /// <summary>The datasets among them.</summary>
    public IEnumerable<Hdf5Dataset> Datasets => Objects.OfType<Hdf5Dataset>();

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Paths of datasets or groups, or their last parts; null for all.</param>
    /// <exception cref="StageException">A name is of nothing in the file.</exception>
    public static Hdf5View Open(string path, IReadOnlyList<string>? names)
    {
        Hdf5File file = Hdf5File.Open(path);
        try
        {
            Hdf5Object[] all = [.. file.Objects()];
            return new Hdf5View(path, file, names is null ? all : [.. names.SelectMany(n => Named(path, n, all)).Distinct()]);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => File.Dispose();

    private static IEnumerable<Hdf5Object> Named(string path, string name, Hdf5Object[] all)
    {
        string whole = "/" + name.Trim('/');
        Hdf5Object[] found = [.. all.Where(o => o.Path == whole || o.Path.StartsWith(whole + "/", StringComparison.Ordinal))];
        if (found.Length == 0)
        {
            found = [.. all.Where(o => o.Name == name)];
        }

        return found.Length > 0 ? found : throw new StageException($"{path} has no '{name}'; there are {string.Join(", ", all.OfType<Hdf5Dataset>().Select(d => d.Path))}");
    }
}
