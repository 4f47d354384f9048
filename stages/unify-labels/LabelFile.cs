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
        using var reader = new StreamReader(Open(path), Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
        int number = 0;
        while (reader.ReadLine() is { } line)
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

    private static Stream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new StageException($"{path} is a folder: name the file of labels in it");
        }

        FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        if (start is [0x1F, 0x8B, ..])
        {
            file.Dispose();
            return Unpack(path);
        }

        if (start is [(byte)'P', (byte)'K', 3, 4])
        {
            file.Dispose();
            throw new StageException($"{path} is a zip archive: unzip it, and name the file that was in it");
        }

        return file;
    }

    // .NET takes a gzip file that is cut off for a complete one. So a stream of its own is put behind it, which is reached only
    // through the proper end of what comes before. The largest of these files has some megabytes.
    private static MemoryStream Unpack(string path)
    {
        byte[] end = "\u0004the end\u0004"u8.ToArray();
        using var packed = new MemoryStream();
        packed.Write(File.ReadAllBytes(path));
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(end);
        }

        packed.Position = 0;
        var content = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(packed, CompressionMode.Decompress);
            gzip.CopyTo(content);
        }
        catch (InvalidDataException)
        {
            content.SetLength(0);
        }

        if (!content.GetBuffer().AsSpan(0, (int)content.Length).EndsWith(end))
        {
            throw new StageException($"{path} is damaged or cut off: it is compressed with gzip and does not come to a proper end, fetch it again");
        }

        content.SetLength(content.Length - end.Length);
        content.Position = 0;
        return content;
    }
}
