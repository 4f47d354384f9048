using System.IO.Compression;
using System.Text;
using Pipeline.Cli;
using Pipeline.Native;

namespace Pipeline.Datasets;

/// <summary>
/// A text file as it is published with datasets, of labels or of names: a line for each, with comments that begin with #, plain or
/// compressed with gzip whatever its name. That a compressed file was cut short is noticed where the program has the setting
/// <c>System.IO.Compression.UseStrictValidation</c>.
/// </summary>
public static class PublishedFile
{
    /// <summary>Goes through the lines that are neither empty nor comments, with their numbers from 1, and without blanks at their ends.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="StageException">The file is not there, or no text.</exception>
    public static IEnumerable<(int Number, string Text)> Lines(string path, CancellationToken cancel)
    {
        using var reader = new StreamReader(Open(path), Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
        for (int number = 1; Next(reader, path, number) is { } line; number++)
        {
            cancel.ThrowIfCancellationRequested();
            line = line.TrimEnd();
            if (line.Length > 0 && line[0] != '#')
            {
                yield return (number, line);
            }
        }
    }

    private static string? Next(StreamReader reader, string path, int number)
    {
        try
        {
            string? line = reader.ReadLine();
            return line is null || !line.Contains('\0', StringComparison.Ordinal)
                ? line
                : throw new StageException($"{path} is no text: it holds a zero byte in line {number}");
        }
        catch (InvalidDataException)
        {
            throw new StageException($"{path} is damaged or cut off: it is compressed with gzip and does not come to a proper end, fetch it again");
        }
    }

    private static Stream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new StageException($"{path} is a folder: name the file in it");
        }

        if (SpecialFile.Is(path))
        {
            throw new StageException($"{path} is a pipe or a device, and what is read has to be there a second time, for its hash: write it to a file first");
        }

        FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        if (start is [0x1F, 0x8B, ..])
        {
            return new GZipStream(file, CompressionMode.Decompress);
        }

        if (start is [(byte)'P', (byte)'K', 3, 4])
        {
            file.Dispose();
            throw new StageException($"{path} is a zip archive: unzip it, and name the file that was in it");
        }

        return file;
    }
}
