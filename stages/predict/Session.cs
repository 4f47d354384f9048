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
    private string? missingLibrary;

    /// <summary>Pieces asked about so far.</summary>
    public long Count { get; private set; }

    /// <summary>Those of them that got no verdict.</summary>
    public long Failed { get; private set; }

    /// <summary>What is missing, where every failure was for want of a native library.</summary>
    public string? OnlyMissing { get; private set; }

    /// <summary>Asks about pieces. One that fails is told of, and the others go on.</summary>
    public void Ask(IEnumerable<Piece> pieces, Progress? progress, CancellationToken cancel)
    {
        foreach (HeardPiece heard in InOrder.Select(pieces, threads, listener.Hear, cancel))
        {
            Count++;
            if (Judge(heard) is { } fault)
            {
                Failed++;
                missingLibrary ??= heard.LacksLibrary ? fault : null;
                OnlyMissing = heard.LacksLibrary && (Failed == 1 || OnlyMissing is not null) ? missingLibrary : null;
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
