using Pipeline.Cli;
using Pipeline.Listening;

namespace Pipeline.Stages.Prediction;

/// <summary>Sound that comes on stdin. It is kept in a file: what a file is, and how long, is read from both of its ends.</summary>
internal sealed class StandardInput : IDisposable
{
    // As much as a wav can hold; what never ends would fill the disk.
    private const long MostBytes = 1L << 32;

    private string? file;

    /// <summary>Reads it to its end, and gives the pieces in it.</summary>
    /// <exception cref="StageException">It is too long.</exception>
    public IEnumerable<Piece> Pieces(CancellationToken cancel)
    {
        file = Path.GetTempFileName();
        string there = file;

        // On a thread of its own: one that waits for bytes that never come cannot be interrupted, only be left behind.
        Task.Run(() => Keep(there, cancel), CancellationToken.None).WaitAsync(cancel).GetAwaiter().GetResult();
        return Piece.In(file, "-");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (file is not null)
        {
            File.Delete(file);
        }
    }

    private static void Keep(string file, CancellationToken cancel)
    {
        using Stream input = Console.OpenStandardInput();
        using var output = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        byte[] block = new byte[1 << 16];
        for (int count; (count = input.Read(block)) > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            output.Write(block, 0, count);
            if (output.Length > MostBytes)
            {
                throw new StageException("there is more than 4 GiB on stdin: name a file");
            }
        }
    }
}
