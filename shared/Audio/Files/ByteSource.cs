using Microsoft.Win32.SafeHandles;

namespace Pipeline.Audio.Files;

/// <summary>The bytes of an open file, read at any place. All readers of this library but ffmpeg read through one.</summary>
internal sealed class ByteSource : IDisposable
{
    /// <summary>Headers are read in small pieces; of nearly all files they lie in these first bytes, which are read once.</summary>
    private const int HeadBytes = 4096;

    private readonly SafeFileHandle handle;
    private readonly byte[] head;

    private ByteSource(string path, SafeFileHandle handle)
    {
        this.handle = handle;
        Path = path;
        Length = RandomAccess.GetLength(handle);
        byte[] bytes = new byte[(int)Math.Min(Length, HeadBytes)];
        head = bytes[..ReadFile(0, bytes)];
    }

    /// <summary>The file's path, as given.</summary>
    public string Path { get; }

    /// <summary>The file's length when it was opened, in bytes. It may shrink meanwhile; then reads come back short.</summary>
    public long Length { get; }

    public static ByteSource Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new ByteSource(path, handle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            handle?.Dispose();
            throw e is AudioException ? e : new AudioException(path, Reason(path, e), e);
        }
    }

    /// <summary>Reads as many bytes as there are room and file for, and returns their number.</summary>
    public int Read(long offset, Span<byte> bytes)
    {
        if (offset < 0 || offset >= Length)
        {
            return 0;
        }

        if (offset + bytes.Length <= head.Length)
        {
            head.AsSpan((int)offset, bytes.Length).CopyTo(bytes);
            return bytes.Length;
        }

        return ReadFile(offset, bytes);
    }

    public void Dispose() => handle.Dispose();

    private int ReadFile(long offset, Span<byte> bytes)
    {
        int count = 0;
        try
        {
            while (count < bytes.Length)
            {
                int got = RandomAccess.Read(handle, bytes[count..], offset + count);
                if (got == 0)
                {
                    break;
                }

                count += got;
            }
        }
        catch (IOException e)
        {
            throw new AudioException(Path, $"it cannot be read at byte {offset + count:n0} ({e.Message.TrimEnd('.')})", e);
        }

        return count;
    }

    private static string Reason(string path, Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException when Directory.Exists(path) => "it is a folder, not a sound file",
        UnauthorizedAccessException => "there is no permission to read it",
        NotSupportedException => "it is a pipe or a device, and only files can be read",
        _ => $"it cannot be opened ({e.Message.TrimEnd('.')})",
    };
}
