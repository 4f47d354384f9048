using Pipeline.Native;
using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>
/// Writes a table. The rows go to <c>NAME.part</c>; the file takes its name in <see cref="Commit()"/> and not before, so
/// that nobody ever sees half a table. Disposing without commit deletes what was written.
/// </summary>
/// <typeparam name="T">The row's type, which carries the contract.</typeparam>
public sealed class TableWriter<T> : IDisposable where T : ITableRow<T>
{
    private readonly string path;
    private readonly string partial;
    private readonly FileStream stream;
    private readonly ParquetWriter writer;
    private readonly RowWriter row;
    private bool isDone;

    private TableWriter(string path, Provenance provenance, ParquetWriterOptions options)
    {
        this.path = path;
        partial = path + ".part";
        if (Directory.Exists(path))
        {
            throw new TableException($"{path} is a folder: a table is written to a file, name another"); // else the rename fails, after all the work
        }

        if (SpecialFile.Is(path))
        {
            throw new TableException($"{path} is no file: a table would take its place, name a file"); // /dev/full, /dev/stdout
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        try
        {
            TableContract contract = T.Contract;
            writer = new ParquetWriter(stream, contract.Columns, options);
            writer.SetKeyValue(TableKeys.Table, contract.Name);
            writer.SetKeyValue(TableKeys.Version, contract.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
            writer.SetKeyValue(TableKeys.Provenance, provenance.ToJson());
            row = new RowWriter(writer);
        }
        catch
        {
            stream.Dispose();
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Rows written so far.</summary>
    public long RowCount => writer.RowCount;

    /// <summary>Starts a table; the folder is made where there is none.</summary>
    /// <param name="path">The file's final name.</param>
    /// <param name="provenance">How the table comes to be, this stage included.</param>
    /// <param name="options">How it is stored; null for the contract's own way.</param>
    public static TableWriter<T> Create(string path, Provenance provenance, ParquetWriterOptions? options = null) =>
        new(path, provenance, options ?? T.Contract.Storage);

    /// <summary>Adds a row.</summary>
    /// <exception cref="TableException">The row breaks the contract.</exception>
    public void Write(T value)
    {
        if (value.FindFault() is { } fault)
        {
            throw new TableException($"{path}: row {RowCount}: {fault}");
        }

        row.Begin();
        value.Write(row);
        writer.EndRow();
    }

    /// <summary>Completes the file with a history that was not known before its inputs had been read.</summary>
    /// <param name="provenance">Takes the place of the one given at the start.</param>
    public void Commit(Provenance provenance)
    {
        writer.SetKeyValue(TableKeys.Provenance, provenance.ToJson());
        Commit();
    }

    /// <summary>Completes the file and gives it its name.</summary>
    public void Commit()
    {
        writer.Finish();
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        File.Move(partial, path, overwrite: true);
        isDone = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            writer.Dispose();
            if (!isDone)
            {
                stream.Dispose();
            }
        }
        catch (IOException) when (!isDone)
        {
            // a full disk: what was not written is about to go
        }
        finally
        {
            if (!isDone)
            {
                isDone = true;
                File.Delete(partial);
            }
        }
    }
}
