using Microsoft.Win32.SafeHandles;

namespace Pipeline.Parquet.Reading;

/// <summary>The bytes of an open file, read by position, so that several columns can be read side by side.</summary>
internal sealed class FileSource : IDisposable
{
    private readonly SafeFileHandle handle;

    public FileSource(string path)
    {
        Path = path;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (UnauthorizedAccessException e) when (Directory.Exists(path))
        {
            throw new ParquetException("it is a folder, not a file", path, cause: e);
        }

        try
        {
            Length = RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException)
        {
            handle.Dispose();
            throw new ParquetException("it is a stream, and Parquet is read from its end: a file is needed", path);
        }
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>Fills the span from the given offset on.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(handle, destination, offset);
            if (read == 0)
            {
                throw new ParquetException($"the file ends at byte {offset} while it is being read");
            }

            offset += read;
            destination = destination[read..];
        }
    }

    public void Dispose() => handle.Dispose();
}
