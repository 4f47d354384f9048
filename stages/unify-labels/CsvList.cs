using CsvHelper;
using Pipeline.Tables;

namespace Pipeline.Stages.LabelUnification;

/// <summary>The list of labels for other programs: CSV, which appears whole or not at all.</summary>
internal sealed class CsvList : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;
    private readonly CsvWriter writer;
    private bool isDone;

    private CsvList(string path)
    {
        this.path = path;
        stream = new FileStream(path + ".part", FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        writer = CsvWriter.Create(stream, new CsvWriterOptions { Separator = ',', NewLine = "\n" }, leaveOpen: true);
        Write("track_id", "tagtraum_genre", "topmagd_genre", "filename");
    }

    /// <summary>Starts a list; the folder is made where there is none.</summary>
    public static CsvList Create(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return new CsvList(path);
    }

    /// <summary>Adds a labelled recording.</summary>
    public void Add(Recording recording, Label label) => Write(recording.TrackId, label.TagtraumMajority, label.Topmagd, recording.Path);

    /// <summary>Completes the list and gives it its name.</summary>
    public void Commit()
    {
        writer.Flush();
        stream.Flush(flushToDisk: true);
        writer.Dispose();
        stream.Dispose();
        File.Move(path + ".part", path, overwrite: true);
        isDone = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isDone)
        {
            return;
        }

        isDone = true;
        try
        {
            writer.Dispose();
            stream.Dispose();
        }
        catch (IOException)
        {
            // a full disk: what was not written is about to go
        }

        File.Delete(path + ".part");
    }

    private void Write(params ReadOnlySpan<string?> fields)
    {
        foreach (string? field in fields)
        {
            writer.WriteField(field);
        }

        writer.EndRecord();
    }
}
