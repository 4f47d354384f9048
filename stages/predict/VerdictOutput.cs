using Pipeline.Listening;

namespace Pipeline.Stages.Prediction;

/// <summary>Where verdicts go, and in what form.</summary>
internal abstract class VerdictOutput : IDisposable
{
    /// <summary>Whether what is written appears beside the messages, so that a progress bar would only be in its way.</summary>
    public virtual bool IsOnTerminal => !Console.IsOutputRedirected;

    /// <summary>A piece that was heard, and what the model makes of it.</summary>
    public abstract void Write(HeardPiece heard, PieceVerdict verdict);

    /// <summary>A piece without a verdict.</summary>
    public abstract void Fail(Piece piece, string fault);

    /// <summary>All pieces have been written.</summary>
    public virtual void Commit()
    {
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
