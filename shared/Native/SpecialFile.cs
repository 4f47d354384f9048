using System.Runtime.InteropServices;

namespace Pipeline.Native;

/// <summary>
/// Tells pipes, sockets and devices from files. .NET has no name for them, and opening a pipe that nobody writes to waits for ever.
/// </summary>
public static partial class SpecialFile
{
    // Of statx, whose structure is the same on every kind of machine that Linux runs on.
    private const int CurrentFolder = -100;
    private const uint TypeMask = 1;
    private const int StructureBytes = 256;
    private const int ModeOffset = 28;

    private const int KindMask = 0xF000;
    private const int RegularKind = 0x8000;
    private const int FolderKind = 0x4000;

    /// <summary>Whether a path, links followed, leads to something that is neither a file nor a folder. False where that cannot be told.</summary>
    public static unsafe bool Is(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            byte* structure = stackalloc byte[StructureBytes];
            return Statx(CurrentFolder, path, 0, TypeMask, structure) == 0 && (*(ushort*)(structure + ModeOffset) & KindMask) is not (RegularKind or FolderKind);
        }
        catch (EntryPointNotFoundException)
        {
            return false; // a C library older than the call
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* structure);
}
