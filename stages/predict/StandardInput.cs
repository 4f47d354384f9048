using Pipeline.Cli;
using Pipeline.Listening;

namespace Pipeline.Stages.Prediction;

/// <summary>Sound that comes on stdin. It is kept in a file: what a file is, and how long, is read from both of its ends.</summary>
internal sealed class StandardInput : IDisposable
{
    private string? file;

    /// <summary>Reads it to its end.</summary>
    /// <exception cref="StageException">Nothing comes, or it has been read already.</exception>
    public Piece Piece(CancellationToken cancel)
    {
        if (file is not null)
        {
            throw new StageException("- is named twice: stdin is read once");
        }

        if (!Console.IsInputRedirected)
        {
            throw new StageException("- is sound on stdin, which is the terminal: put a file or a program in front of it, as in predict --model DIR - < song.wav");
        }

        file = Path.GetTempFileName();
        using (Stream input = Console.OpenStandardInput())
        using (FileStream output = File.Create(file))
        {
            input.CopyToAsync(output, cancel).GetAwaiter().GetResult();
        }

        return new Piece(file, "-", Listening.Piece.KindOf(file));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (file is not null)
        {
            File.Delete(file);
        }
    }
}
