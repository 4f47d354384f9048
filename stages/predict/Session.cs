using Pipeline.Cli;
using Pipeline.Features;
using Pipeline.Listening;

namespace Pipeline.Stages.Prediction;

/// <summary>Asks a model about pieces, heard side by side and judged in their order.</summary>
/// <param name="listener">The model.</param>
/// <param name="output">Where verdicts go.</param>
/// <param name="threads">Threads to hear with.</param>
internal sealed class Session(Listener listener, VerdictOutput output, int threads)
{
    private long lackLibrary; // of the failed

    /// <summary>Pieces asked about so far.</summary>
    public long Count { get; private set; }

    /// <summary>Those of them that got no verdict.</summary>
    public long Failed { get; private set; }

    /// <summary>How the stage ends after them: as a missing library does where that was the only reason.</summary>
    public int Outcome => Failed == 0 ? ExitCode.Done : Failed == lackLibrary ? ExitCode.MissingLibrary : ExitCode.Failed;

    /// <summary>Asks about pieces. One that fails is told of, and the others go on.</summary>
    public void Ask(IEnumerable<Piece> pieces, Progress? progress, CancellationToken cancel)
    {
        foreach (HeardPiece heard in InOrder.Select(pieces, threads, listener.Hear, cancel))
        {
            Count++;
            if (Judge(heard) is { } fault)
            {
                Failed++;
                lackLibrary += heard.LacksLibrary ? 1 : 0;
                output.Fail(heard.Piece, fault);
                Terminal.Message($"{heard.Piece.Name}: {fault}");
            }

            progress?.Advance();
        }
    }

    private string? Judge(HeardPiece heard)
    {
        if (heard.Fault is not null)
        {
            return heard.Fault;
        }

        PieceVerdict verdict;
        try
        {
            verdict = listener.Judge(heard);
        }
        catch (FeatureException e)
        {
            return e.Message;
        }

        output.Write(heard, verdict);
        foreach (string remark in heard.Remarks)
        {
            Terminal.Message($"{heard.Piece.Name}: {remark}");
        }

        return null;
    }
}
