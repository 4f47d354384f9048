using System.Reflection;
using System.Runtime.InteropServices;

namespace Pipeline.Native;

/// <summary>
/// Finds every native library of the pipeline, so that its absence is one clear sentence wherever it is noticed.
/// Searched in this order: the environment variable (<c>PIPELINE_ZSTD</c>, a full path), the program's folder,
/// and the versioned file name by the system's loader. Nothing is loaded before it is first called.
/// </summary>
public static class NativeLibraries
{
    // A new library is one line here.
    private static readonly NativeLibraryEntry[] Known =
    [
        new("zstd", Linux: "libzstd.so.1", MacOS: "libzstd.1.dylib", Windows: "libzstd.dll", DebianPackage: "libzstd1"),
        new("sndfile", Linux: "libsndfile.so.1", MacOS: "libsndfile.1.dylib", Windows: "sndfile.dll", DebianPackage: "libsndfile1"),
        new("mpg123", Linux: "libmpg123.so.0", MacOS: "libmpg123.0.dylib", Windows: "libmpg123-0.dll", DebianPackage: "libmpg123-0"),
    ];

    private static readonly Lock Gate = new();
    private static readonly HashSet<Assembly> Registered = [];
    private static readonly Dictionary<string, nint> Loaded = [];
    private static readonly HashSet<string> Absent = [];

    /// <summary>
    /// Lets the <c>LibraryImport</c> declarations of <paramref name="assembly"/> name a library by its logical name (<c>"zstd"</c>).
    /// The runtime accepts one resolver per assembly, ever; registering again does nothing.
    /// </summary>
    public static void Register(Assembly assembly)
    {
        lock (Gate)
        {
            if (Registered.Add(assembly))
            {
                NativeLibrary.SetDllImportResolver(assembly, Resolve);
            }
        }
    }

    /// <summary>
    /// Whether the library loads; asked of the system once. For code that has another way where it is absent.
    /// </summary>
    /// <exception cref="MissingLibraryException">
    /// The environment variable names a file that does not load: whoever set it wants that file, not another way.
    /// </exception>
    /// <exception cref="ArgumentException">The name is not in the table.</exception>
    public static bool IsAvailable(string name)
    {
        NativeLibraryEntry entry = Array.Find(Known, known => known.Name == name)
            ?? throw new ArgumentException($"'{name}' is not a known native library.", nameof(name));
        lock (Gate)
        {
            if (Absent.Contains(name))
            {
                return false;
            }
            bool found = TryLoad(entry, out _);
            if (!found)
            {
                Absent.Add(name);
            }
            return found;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        NativeLibraryEntry? entry = Array.Find(Known, known => known.Name == name);
        if (entry is null)
        {
            return 0; // not ours: the runtime's own search goes on
        }
        lock (Gate)
        {
            return TryLoad(entry, out nint handle) ? handle : throw Missing(entry, AppContext.BaseDirectory);
        }
    }

    private static bool TryLoad(NativeLibraryEntry entry, out nint handle)
    {
        if (Loaded.TryGetValue(entry.Name, out handle))
        {
            return true;
        }
        handle = Find(entry, Environment.GetEnvironmentVariable(entry.Variable), AppContext.BaseDirectory);
        if (handle == 0)
        {
            return false;
        }
        Loaded.Add(entry.Name, handle);
        return true;
    }

    /// <summary>The search itself; 0 where the library is nowhere.</summary>
    internal static nint Find(NativeLibraryEntry entry, string? variable, string programFolder)
    {
        if (!string.IsNullOrEmpty(variable))
        {
            return LoadNamed(entry, variable);
        }
        if (NativeLibrary.TryLoad(Path.Combine(programFolder, entry.FileName), out nint handle))
        {
            return handle;
        }
        return NativeLibrary.TryLoad(entry.FileName, out handle) ? handle : 0;
    }

    /// <summary>The sentence for a library that is nowhere.</summary>
    internal static MissingLibraryException Missing(NativeLibraryEntry entry, string programFolder)
    {
        string install = OperatingSystem.IsLinux() ? $"run 'apt-get install {entry.DebianPackage}', or " : "";
        return new MissingLibraryException(
            $"the native library {entry.Name} was not found (tried {Path.Combine(programFolder, entry.FileName)}, then {entry.FileName} by the system's loader): " +
            $"{install}set {entry.Variable} to its full path");
    }

    // No falling back from here: a library other than the one asked for would go unnoticed.
    private static nint LoadNamed(NativeLibraryEntry entry, string path)
    {
        if (!Path.IsPathFullyQualified(path))
        {
            throw new MissingLibraryException($"{entry.Variable} is '{path}', which is not a full path: give the full path of {entry.FileName}, or unset it");
        }
        if (!File.Exists(path))
        {
            throw new MissingLibraryException($"{entry.Variable} is '{path}', where there is no file: give the full path of {entry.FileName}, or unset it");
        }
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            // The loader's own reason is the last line; the ones before are .NET's advice to developers.
            string reason = e.Message.TrimEnd().Split('\n')[^1].Trim();
            throw new MissingLibraryException($"{entry.Variable} is '{path}', which does not load ({reason}): give the full path of {entry.FileName}, or unset it", e);
        }
    }
}
