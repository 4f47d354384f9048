using System.Runtime.InteropServices;

namespace Pipeline.Benchmarks;

/// <summary>The C library, as far as reading datasets whole needs it, to be held beside ours. Nothing else in the project uses it.</summary>
internal static partial class LibHdf5
{
    private const string Library = "libhdf5_serial.so.103";

    /// <summary>Whether several threads may use the library, which then lets one in at a time.</summary>
    public static bool IsThreadSafe
    {
        get
        {
            _ = H5is_library_threadsafe(out byte safe);
            return safe != 0;
        }
    }

    /// <summary>Reads a dataset whole, in its own type, into <paramref name="buffer"/>, and gives how many bytes.</summary>
    public static unsafe long Read(long file, string path, byte[] buffer)
    {
        long dataset = Check(H5Dopen2(file, path, 0));
        long type = Check(H5Dget_type(dataset)), space = Check(H5Dget_space(dataset));
        long bytes = H5Sget_simple_extent_npoints(space) * (long)H5Tget_size(type);
        if (bytes > buffer.Length)
        {
            throw new InvalidOperationException($"{path} has {bytes} bytes");
        }

        fixed (byte* to = buffer)
        {
            Check(H5Dread(dataset, type, 0, 0, 0, to));
        }

        _ = H5Sclose(space);
        _ = H5Tclose(type);
        _ = H5Dclose(dataset);
        return bytes;
    }

    public static long Open(string path) => Check(H5Fopen(path, 0, 0));

    public static void Close(long file) => H5Fclose(file);

    private static long Check(long result) => result >= 0 ? result : throw new InvalidOperationException("libhdf5 failed");

    [LibraryImport(Library)]
    private static partial int H5is_library_threadsafe(out byte safe);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long H5Fopen(string name, uint flags, long access);

    [LibraryImport(Library)]
    private static partial int H5Fclose(long file);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long H5Dopen2(long file, string name, long access);

    [LibraryImport(Library)]
    private static partial int H5Dclose(long dataset);

    [LibraryImport(Library)]
    private static partial long H5Dget_type(long dataset);

    [LibraryImport(Library)]
    private static partial long H5Dget_space(long dataset);

    [LibraryImport(Library)]
    private static partial long H5Sget_simple_extent_npoints(long space);

    [LibraryImport(Library)]
    private static partial int H5Sclose(long space);

    [LibraryImport(Library)]
    private static partial nuint H5Tget_size(long type);

    [LibraryImport(Library)]
    private static partial int H5Tclose(long type);

    [LibraryImport(Library)]
    private static unsafe partial int H5Dread(long dataset, long type, long memorySpace, long fileSpace, long transfer, void* buffer);
}
