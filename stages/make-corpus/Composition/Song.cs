using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>A composed song: what is known of it, its score, and how it is to be recorded. No sound yet.</summary>
internal sealed record Song
{
    /// <summary>The genre it is filed under.</summary>
    public required Genre Genre { get; init; }

    /// <summary>The genre whose style it borrows; the same as <see cref="Genre"/> for most.</summary>
    public required Genre Flavour { get; init; }

    /// <summary>Who plays.</summary>
    public required Artist Artist { get; init; }

    /// <summary>Its name.</summary>
    public required string Title { get; init; }

    /// <summary>Year of the recording.</summary>
    public required int Year { get; init; }

    /// <summary>What is played.</summary>
    public required Score Score { get; init; }

    /// <summary>How it was recorded.</summary>
    public required Production Production { get; init; }

    /// <summary>Throws of the recording; the score has used others.</summary>
    public required Dice Dice { get; init; }
}
