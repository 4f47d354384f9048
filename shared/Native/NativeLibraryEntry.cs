namespace Pipeline.Native;

/// <summary>
/// One native library: the name used in <c>LibraryImport</c>, the versioned file name on each system
/// (an unversioned one would pick up whatever ABI a development package left behind), and the Debian package that has it.
/// </summary>
internal sealed record NativeLibraryEntry(string Name, string Linux, string MacOS, string Windows, string DebianPackage)
{
    /// <summary>The environment variable that holds the full path of the library to use instead.</summary>
    public string Variable => "PIPELINE_" + Name.ToUpperInvariant();

    /// <summary>The file name on the system that runs.</summary>
    public string FileName =>
        OperatingSystem.IsWindows() ? Windows :
        OperatingSystem.IsMacOS() ? MacOS :
        Linux;
}
