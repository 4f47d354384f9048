using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Stages.Balancing;

/// <summary>Which recordings have examples, and how many.</summary>
internal sealed class Plan
{
    private const int NoExample = -1;

    private readonly Pieces pieces;
    private readonly BalanceSettings settings;
    private readonly GenrePlan[] genres;
    private readonly int[] copies; // of each recording, beside the original

    private Plan(Pieces pieces, BalanceSettings settings)
    {
        (this.pieces, this.settings) = (pieces, settings);
        genres = [.. pieces.Genres.Select(name => new GenrePlan(name) { IsLeftOut = settings.LeaveOut.Contains(name) })];
        copies = new int[pieces.Items.Length];
        Before = new CrossTable(pieces.Genres, pieces.Sources);
        Kept = new CrossTable(pieces.Genres, pieces.Sources);
        After = new CrossTable(pieces.Genres, pieces.Sources);
    }

    /// <summary>How it was made.</summary>
    public BalanceSettings Settings => settings;

    /// <summary>The genres that have recordings in any part, in alphabetical order.</summary>
    public IEnumerable<GenrePlan> Genres => genres.Where(g => g.Train + g.Valid + g.Test > 0);

    /// <summary>All train recordings.</summary>
    public CrossTable Before { get; }

    /// <summary>The train recordings that are left.</summary>
    public CrossTable Kept { get; }

    /// <summary>The train examples: recordings that are left, and their copies.</summary>
    public CrossTable After { get; }

    /// <summary>Recordings that the features cannot be computed of.</summary>
    public IReadOnlyDictionary<Medium, int> Unusable => pieces.Unusable;

    /// <summary>Pictures with copies: they are the same again.</summary>
    public int RepeatedPictures { get; private set; }

    /// <summary>Makes the plan.</summary>
    /// <exception cref="StageException">A genre to leave out is none, or one is too small and that is not wanted.</exception>
    public static Plan Make(Pieces pieces, BalanceSettings settings, CancellationToken cancel)
    {
        var plan = new Plan(pieces, settings);
        List<int>[] train = plan.Count();
        plan.DropSmall();
        for (int genre = 0; genre < train.Length; genre++)
        {
            cancel.ThrowIfCancellationRequested();
            if (!plan.genres[genre].IsDropped)
            {
                plan.Copy(plan.genres[genre], plan.Cap(plan.genres[genre], train[genre]));
            }
        }

        plan.DropAndCount();
        return plan;
    }

    /// <summary>The examples, in the order of the recordings.</summary>
    public IEnumerable<Example> Examples(CancellationToken cancel)
    {
        for (int i = 0; i < copies.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (copies[i] == NoExample)
            {
                continue;
            }

            Piece piece = pieces.Items[i];
            var original = new Example(
                $"{piece.RecordingId}#0", piece.RecordingId, pieces.Sources[piece.Source], piece.Split, pieces.Genres[piece.Genre], Copy: 0,
                OffsetS: 0, LengthS: piece.DurationS, PitchSemitones: 0, Stretch: 1, GainDb: 0, NoiseSnrDb: null, Seed: 0);
            yield return original;
            for (int copy = 1; copy <= copies[i]; copy++)
            {
                yield return settings.Augmentation.Copy(original, copy, !piece.IsPicture, settings.Seed);
            }
        }
    }

    // The train recordings of each genre.
    private List<int>[] Count()
    {
        foreach (string name in settings.LeaveOut)
        {
            if (!pieces.Genres.Contains(name))
            {
                string hint = NearestName.Of(name, pieces.Genres) is { } nearest ? $" (did you mean '{nearest}'?)" : $": there are {Ellipsis.Names(pieces.Genres)}";
                throw new StageException($"--leave-out: no recording has the genre '{name}'{hint}");
            }
        }

        List<int>[] train = [.. genres.Select(_ => new List<int>())];
        for (int i = 0; i < pieces.Items.Length; i++)
        {
            Piece piece = pieces.Items[i];
            GenrePlan genre = genres[piece.Genre];
            if (piece.IsTrain)
            {
                train[piece.Genre].Add(i);
                genre.Train++;
                Before.Add(piece.Genre, piece.Source, 1);
            }
            else if (piece.Split == "valid")
            {
                genre.Valid++;
            }
            else
            {
                genre.Test++;
            }
        }

        return train;
    }

    private void DropSmall()
    {
        GenrePlan[] small = [.. Genres.Where(g => !g.IsLeftOut && g.Train < settings.Min)];
        if (small.Length > 0 && settings.Small == SmallGenres.Refuse)
        {
            throw new StageException(
                $"{Summary.Counted(small)}: fewer train recordings than the {settings.Min} of --min: leave these genres out with --small drop, or find more of them");
        }

        foreach (GenrePlan genre in small)
        {
            genre.IsTooSmall = true;
        }
    }

    // Gives those that are left, and marks the others.
    private List<int> Cap(GenrePlan genre, List<int> train)
    {
        List<int[]> sources = Draw.BySource(pieces.Items, train, settings.Seed);
        int[] available = [.. sources.Select(s => Math.Min(s.Length, settings.PerSourceCap ?? int.MaxValue))];
        int[] quotas = Draw.Quotas(
            available, Math.Min(available.Sum(), settings.Cap ?? int.MaxValue),
            s => Lot.Draw(settings.Seed, $"{genre.Name} of {pieces.Sources[pieces.Items[sources[s][0]].Source]}"));
        var kept = new List<int>(quotas.Sum());
        for (int s = 0; s < sources.Count; s++)
        {
            kept.AddRange(sources[s].AsSpan(0, quotas[s]));
            foreach (int i in sources[s].AsSpan(quotas[s]))
            {
                copies[i] = NoExample;
            }
        }

        genre.Kept = kept.Count;
        genre.PerSourceCapped = train.Count - available.Sum();
        genre.Capped = available.Sum() - kept.Count;
        return kept;
    }

    private void Copy(GenrePlan genre, List<int> kept)
    {
        if (settings.Target is not { } target || kept.Count == 0 || kept.Count >= target)
        {
            return;
        }

        (int each, int more) = Math.DivRem(target - kept.Count, kept.Count);
        (each, more) = each >= settings.Augmentation.MostCopies ? (settings.Augmentation.MostCopies, 0) : (each, more);
        foreach (int i in kept)
        {
            copies[i] = each;
        }

        foreach (int i in kept.OrderBy(LotOf).ThenBy(i => pieces.Items[i].RecordingId, StringComparer.Ordinal).Take(more))
        {
            copies[i]++;
        }

        genre.Copies = (long)each * kept.Count + more;

        ulong LotOf(int i) => Lot.Draw(settings.Seed, pieces.Items[i].RecordingId + "/one-more");
    }

    private void DropAndCount()
    {
        for (int i = 0; i < copies.Length; i++)
        {
            Piece piece = pieces.Items[i];
            if (genres[piece.Genre].IsDropped)
            {
                copies[i] = NoExample;
            }

            if (copies[i] == NoExample || !piece.IsTrain)
            {
                continue;
            }

            Kept.Add(piece.Genre, piece.Source, 1);
            After.Add(piece.Genre, piece.Source, 1 + copies[i]);
            RepeatedPictures += piece.IsPicture && copies[i] > 0 && !settings.Augmentation.IsRepetition ? 1 : 0;
        }

        if (Genres.All(g => g.IsDropped))
        {
            GenrePlan[] small = [.. Genres.Where(g => g.IsTooSmall)];
            throw new StageException(small.Length == 0
                ? "no genre is left: leave fewer of them out"
                : $"no genre is left: {Summary.Counted(small)} {(small.Length == 1 ? "has" : "have")} "
                    + $"fewer train recordings than {settings.Min}; a smaller --min keeps them");
        }
    }
}
