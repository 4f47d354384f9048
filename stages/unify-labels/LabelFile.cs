using System.IO.Compression;
using System.Text;
using Pipeline.Cli;

namespace Pipeline.Stages.LabelUnification;

/// <summary>A file of labels: a line for each track, fields separated by tabs, plain or compressed with gzip whatever its name.</summary>
internal static class LabelFile
{
    /// <summary>Goes through the lines that are neither empty nor comments, with their numbers from 1, and without blanks at their ends.</summary>
    /// <exception cref="StageException">The file cannot be read.</exception>
    public static IEnumerable<(int Number, string Text)> Lines(string path, CancellationToken cancel)
    {
        using TextReader reader = Open(path);
        int number = 0;
        while (Next(reader, path) is { } line)
        {
            if (number++ % 4096 == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            line = line.TrimEnd();
            if (line.Length > 0 && line[0] != '#')
            {
                yield return (number, line);
            }
        }
    }

    private static StreamReader Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new StageException($"{path} is a folder: name the file of labels in it");
        }

        FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        int read = file.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        file.Position = 0;
        if (start is [(byte)'P', (byte)'K', 3, 4])
        {
            file.Dispose();
            throw new StageException($"{path} is a zip archive: unzip it, and name the file that was in it");
        }

        bool isGzip = read >= 2 && start is [0x1F, 0x8B, ..];
        return new StreamReader(isGzip ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
    }

    private static string? Next(TextReader reader, string path)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw new StageException($"{path} is damaged or cut off: its compressed content does not come to a proper end, fetch it again", e);
        }
    }
}
