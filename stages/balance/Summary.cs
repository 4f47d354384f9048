using System.Globalization;
using Pipeline.Cli;

namespace Pipeline.Stages.Balancing;

/// <summary>What people are told of a plan.</summary>
internal static class Summary
{
    /// <summary>The report of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="warnings">What the inputs warn of.</param>
    public static Report Of(Plan plan, IReadOnlyList<string> warnings)
    {
        var report = new Report();
        for (int i = 0; i < warnings.Count; i++)
        {
            report.Fact(i == 0 ? "warning" : $"warning_{i + 1}", warnings[i], $"warning: {warnings[i]}");
        }

        AddTotals(report, plan);
        AddGenres(report, plan);
        AddMixing(report, plan);
        return report;
    }

    /// <summary>Genres with their train recordings: <c>disco (3), polka (0)</c>.</summary>
    public static string Counted(IEnumerable<GenrePlan> genres) => Ellipsis.Names([.. genres.Select(g => $"{g.Name} ({g.Train})")]);

    private static void AddTotals(Report report, Plan plan)
    {
        GenrePlan[] genres = [.. plan.Genres];
        GenrePlan[] kept = [.. genres.Where(g => !g.IsDropped)];
        long train = kept.Sum(g => g.Examples);
        int valid = kept.Sum(g => g.Valid);
        int test = kept.Sum(g => g.Test);
        string trained = string.Create(
            CultureInfo.InvariantCulture,
            $"{train:N0} train ({kept.Sum(g => g.Kept):N0} of {genres.Sum(g => g.Train):N0} recordings, and {kept.Sum(g => g.Copies):N0} copies)");
        report.Fact("examples", train + valid + test, string.Create(
            CultureInfo.InvariantCulture, $"{train + valid + test:N0} examples of {Amount.Of(kept.Length, "genre")}: {trained}, {valid:N0} valid, {test:N0} test"));
        foreach ((Medium medium, int number) in plan.Unusable)
        {
            report.Fact(
                $"unusable_{medium.ToString().ToLowerInvariant()}", number,
                $"{Amount.Of(number, "recording")} left out of all parts: the recipe computes {plan.Settings.Media.Features}, and there is none of {Media.Name(medium)}");
        }

        AddNames("left_out", genres.Where(g => g.IsLeftOut), "left out of all parts by --leave-out, with their train recordings");
        AddNames(
            "too_small", genres.Where(g => g.IsTooSmall),
            $"left out of all parts for fewer train recordings than {plan.Settings.Min}, as --min or the recipe's min asks for");
        AddNames("untrained", kept.Where(g => g.Train == 0), "in valid or test without a train recording, so that nothing can learn them; --min 1 leaves them out");
        AddEmpty("valid", valid, genres.Sum(g => g.Valid));
        AddEmpty("test", test, genres.Sum(g => g.Test));
        if (plan.Settings.Target is { } target)
        {
            GenrePlan[] small = [.. kept.Where(g => g.Kept > 0 && g.Examples < target)];
            if (small.Length > 0)
            {
                string copies = Amount.Of(plan.Settings.Augmentation.MostCopies, "copy", "copies");
                string names = Ellipsis.Names([.. small.Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Name} ({g.Examples:N0})"))]);
                report.Fact("short_of_target", string.Join(", ", small.Select(g => g.Name)), string.Create(CultureInfo.InvariantCulture,
                    $"short of the target of {target:N0} with {copies} of each recording, the most there may be: {names}"));
            }
        }

        if (plan.RepeatedPictures > 0)
        {
            report.Fact("repeated_pictures", plan.RepeatedPictures,
                $"{Amount.Of(plan.RepeatedPictures, "picture is", "pictures are")} repeated without changes: a picture's pitch, speed, gain and noise cannot be changed");
        }

        void AddEmpty(string part, int now, int before)
        {
            if (now == 0 && before > 0)
            {
                report.Fact(
                    $"emptied_{part}", before,
                    $"warning: there is nothing left in {part}: all of its {Amount.Of(before, "recording")} are of genres that are left out");
            }
        }

        void AddNames(string key, IEnumerable<GenrePlan> named, string what)
        {
            if (named.Any())
            {
                report.Fact(key, string.Join(", ", named.Select(g => g.Name)), $"{what}: {Counted(named)}");
            }
        }
    }

    private static void AddGenres(Report report, Plan plan)
    {
        report.Table("genres", "Train recordings, what left some of them out, and the examples made of them",
            ["genre", "train", "dropped", "source_cap", "cap", "kept", "copies", "examples"],
            plan.Genres.Select(g => new object?[]
            {
                g.Name, g.Train, g.IsDropped ? g.Train : 0, g.PerSourceCapped, g.Capped, g.Kept, g.Copies, g.Examples,
            }));
        report.Detail("held_out", "Examples in valid and test, one of each recording",
            ["genre", "valid", "test", "dropped"],
            plan.Genres.Select(g => new object?[] { g.Name, g.IsDropped ? 0 : g.Valid, g.IsDropped ? 0 : g.Test, g.IsDropped ? g.Valid + g.Test : 0 }));
        report.Detail("sources", "Where the train part comes from",
            ["genre", "source", "train", "kept", "examples"],
            from g in Enumerable.Range(0, plan.Before.Genres.Count)
            from s in Enumerable.Range(0, plan.Before.Sources.Count)
            where plan.Before[g, s] > 0
            select new object?[] { plan.Before.Genres[g], plan.Before.Sources[s], plan.Before[g, s], plan.Kept[g, s], plan.After[g, s] });
    }

    private static void AddMixing(Report report, Plan plan)
    {
        string[] sources = [.. plan.Before.Present];
        if (sources.Length < 2)
        {
            report.Fact("source_count", sources.Length, sources.Length == 0
                ? "there are no train recordings"
                : $"all train recordings are from {sources[0]}: there is no source to mistake for a genre");
            return;
        }

        report.Fact(
            "source_count", sources.Length,
            $"the train recordings are from {Ellipsis.Names(sources)}: what differs from source to source may be mistaken for a genre");
        report.Table("mixing", "How far the source tells the genre: normalised mutual information, and the share named right",
            ["train", "number", "mutual_information", "right_by_source", "right_by_nothing"],
            [Mixing("before", plan.Before), Mixing("after", plan.After)]);
        List<(string Genre, string Source, double Share)> told = plan.After.ToldBySource();
        report.Detail("told_by_source", "Genres that nearly all come from one source", ["genre", "source", "share"],
            told.Select(t => new object?[] { t.Genre, t.Source, t.Share }));
        if (told.Count > 0)
        {
            string[] names = [.. told.Select(t => t.Genre)];
            CrossTable rest = plan.After.Without(names);
            string leaving = names.Length > Ellipsis.MostNames ? "leaving them out" : string.Join(' ', names.Select(n => "--leave-out " + Quoted(n)));
            report.Fact("mutual_information_without", rest.MutualInformation(),
                $"{Ellipsis.Names(names)} can be told by the source alone: "
                + (rest.Total == 0
                    ? "as this holds of all genres, the sources cannot be mixed"
                    : string.Create(CultureInfo.InvariantCulture, $"{leaving} would bring the mutual information to {rest.MutualInformation():0.000}")));
        }
    }

    // For a shell.
    private static string Quoted(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? name : $"'{name.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static object?[] Mixing(string name, CrossTable table) =>
        [name, table.Total, table.MutualInformation(), table.RightBySource(), table.RightByNothing()];
}
