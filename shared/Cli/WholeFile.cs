using Pipeline.Native;

namespace Pipeline.Cli;

/// <summary>Files beside the tables, such as reports and pictures: they appear whole or not at all.</summary>
public static class WholeFile
{
    /// <summary>Sees to it, before the work is done, that a name can be that of a file.</summary>
    /// <exception cref="StageException">It is that of a folder, or of a device or a pipe, whose place the file would take.</exception>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
        {
            throw new StageException($"{path} is a folder: name a file in it");
        }

        if (SpecialFile.Is(path))
        {
            throw new StageException($"{path} is a device or a pipe, whose place the file would take: name a file");
        }
    }

    /// <summary>Writes text to a file; its folder is made where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the text.</param>
    public static void Write(string path, Action<TextWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        WriteBytes(path, stream =>
        {
            using var output = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            write(output);
        });
    }

    /// <summary>Writes a file, which is on the disk when this returns; its folder is made where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its bytes.</param>
    public static void WriteBytes(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Check(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string partial = path + ".part";
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
