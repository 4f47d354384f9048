namespace Pipeline.Stages.LabelUnification;

/// <summary>Decides by a policy.</summary>
/// <param name="policy">The policy.</param>
/// <param name="weights">What a source's word weighs in a vote.</param>
internal sealed class Judge(Policy policy, Weights weights)
{
    private const double Tolerance = 1e-9; // sums of the same weights may differ in their last digits

    private static readonly LabelSource[] TopmagdOrder = [LabelSource.Topmagd, LabelSource.Tagtraum, LabelSource.Masd, LabelSource.Folder];

    /// <summary>The genre, and why.</summary>
    public Decision Decide(Statements said)
    {
        LabelSource? first = null;
        int speaking = 0;
        bool agree = true;
        foreach (LabelSource source in Statements.Sources)
        {
            if (said.GenreOf(source) >= 0)
            {
                speaking++;
                first ??= source;
                agree &= said.GenreOf(source) == said.GenreOf(first.Value);
            }
        }

        if (first is not { } speaker)
        {
            return Decision.Lost(WhySilent(said));
        }

        int genre = said.GenreOf(speaker);
        if (policy == Policy.Unambiguous && said.Named.Any(g => g.Genre != genre))
        {
            return Decision.Lost(Losses.Ambiguous);
        }

        if (speaking == 1)
        {
            return policy == Policy.Agree && speaker != LabelSource.Folder ? Decision.Lost(Losses.Alone) : new Decision(genre, "only-one", Rules.Only(speaker));
        }

        if (agree)
        {
            return new Decision(genre, "agree", Rules.Agree);
        }

        return policy switch
        {
            Policy.TagtraumFirst => new Decision(genre, "disagree", Rules.TagtraumFirst),
            Policy.TopmagdFirst => new Decision(said.GenreOf(Array.Find(TopmagdOrder, s => said.GenreOf(s) >= 0)), "disagree", Rules.TopmagdFirst),
            Policy.Majority => Vote(said),
            _ => Decision.Lost(Losses.Disagree),
        };
    }

    private static string WhySilent(Statements said)
    {
        bool isKnown = false;
        foreach (LabelSource source in Statements.Sources)
        {
            if (said[source] is { } genre)
            {
                isKnown = true;
                if (genre.Genre == SourceGenre.Unmapped)
                {
                    return Losses.Unmapped;
                }
            }
        }

        return isKnown ? Losses.NoPlace : Losses.Unknown;
    }

    private Decision Vote(Statements said)
    {
        int second = said.TagtraumSecond?.Genre ?? SourceGenre.Unmapped;
        int best = -1, tied = 0;
        double most = 0;
        foreach (LabelSource source in Statements.Sources)
        {
            int genre = said.GenreOf(source);
            if (genre < 0 || genre == best)
            {
                continue;
            }

            double weight = WeightOf(genre, said, second);
            if (weight > most + Tolerance)
            {
                (best, most, tied) = (genre, weight, 1);
            }
            else if (weight > most - Tolerance)
            {
                tied++;
            }
        }

        return new Decision(best, "disagree", tied > 1 ? Rules.Tie : Rules.Vote);
    }

    // A genre that Tagtraum names second cannot win by that alone: its first weighs twice as much.
    private double WeightOf(int genre, Statements said, int second)
    {
        double sum = 0;
        foreach (LabelSource source in Statements.Sources)
        {
            int named = said.GenreOf(source);
            if (named < 0)
            {
                continue;
            }

            double weight = weights.Of(source, named);
            bool isDivided = source == LabelSource.Tagtraum && second >= 0 && second != named;
            sum += named == genre ? (isDivided ? weight * 2 / 3 : weight) : isDivided && second == genre ? weight / 3 : 0;
        }

        return sum;
    }
}
