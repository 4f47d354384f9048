using Pipeline.Cli;

namespace Pipeline.Stages.LabelUnification;

/// <summary>Counts what the sources say and what becomes of it, for the report.</summary>
/// <param name="map">The genres.</param>
/// <param name="tracks">What the label files say.</param>
internal sealed class Findings(GenreMap map, LabelledTracks tracks)
{
    private const int DisagreementsShown = 5; // of each pair
    private const int GenresShown = 100;      // of those that nothing could be made of: a file of other things has any number

    private static readonly int Chosen = Statements.Sources.Length;

    private readonly Dictionary<(int Source, int Genre), long> counts = [];
    private readonly Tally rules = new();
    private readonly PairAgreement[] folderPairs = [.. Statements.Sources[..^1].Select(s => new PairAgreement(s, LabelSource.Folder))];
    private bool hasFolders;

    /// <summary>How the sources that have files stand to each other, over all tracks.</summary>
    public IReadOnlyList<PairAgreement> FilePairs { get; } = PairsOf(tracks);

    /// <summary>Why recordings have no genre, with their numbers.</summary>
    public Tally Losses { get; } = new();

    /// <summary>Counts a recording.</summary>
    public void Add(Statements said, Decision decision)
    {
        hasFolders |= said[LabelSource.Folder] is not null;
        foreach (LabelSource source in Statements.Sources)
        {
            if (said[source] is { } genre)
            {
                genre.Recordings++;
                Count((int)source, genre.Genre);
            }
        }

        if (said.TagtraumSecond is { } second && second != said[LabelSource.Tagtraum])
        {
            second.Recordings++;
        }

        foreach (PairAgreement pair in folderPairs)
        {
            pair.Add(said);
        }

        Count(Chosen, decision.Genre);
        (decision.IsLost ? Losses : rules).Add(decision.Rule);
    }

    /// <summary>The report.</summary>
    /// <param name="policy">Name of the policy.</param>
    /// <param name="weights">The weights; null where there was no vote.</param>
    /// <param name="folders">The class folders' names.</param>
    public Report ToReport(string policy, Weights? weights, IEnumerable<SourceGenre> folders)
    {
        var report = new Report();
        LabelSource[] files = [.. tracks.Sources];
        LabelSource[] sources = hasFolders ? [.. files, LabelSource.Folder] : files;
        report.Fact("policy", policy, $"policy {policy}" + (map.Set is null ? ", genres as spelt" : $", set {map.Set}"));
        report.Fact("recordings", rules.Total + Losses.Total, Amount.Of(rules.Total + Losses.Total, "recording"));
        report.Fact("labelled", rules.Total, $"{rules.Total} with a genre" + (rules.Total > 0 ? $": {rules}" : ""));
        report.Fact("lost", Losses.Total, $"{Losses.Total} without" + (Losses.Total > 0 ? $": {Losses}" : ""));
        Genres(report, sources);
        Unused(report, [.. tracks.Genres, .. folders]);
        Pairs(report);
        Files(report, files);
        Weighed(report, files, weights);
        return report;
    }

    private static PairAgreement[] PairsOf(LabelledTracks tracks)
    {
        LabelSource[] files = [.. tracks.Sources];
        PairAgreement[] pairs = [.. files.SelectMany((a, i) => files[(i + 1)..].Select(b => new PairAgreement(a, b)))];
        foreach (Statements said in pairs.Length > 0 ? tracks.All() : [])
        {
            foreach (PairAgreement pair in pairs)
            {
                pair.Add(said);
            }
        }

        return pairs;
    }

    private void Genres(Report report, LabelSource[] sources)
    {
        int[] columns = [.. sources.Select(s => (int)s), Chosen];
        IEnumerable<int> genres = counts.Keys.Select(k => k.Genre).Where(g => g >= 0).Distinct().OrderBy(g => map.Genres[g], StringComparer.Ordinal);
        report.Table(
            "genres", "recordings by genre, as each source and as the policy has it",
            ["genre", .. sources.Select(GenreMap.NameOf), "chosen"],
            genres.Select(g => (object?[])[map.Genres[g], .. columns.Select(c => (object)counts.GetValueOrDefault((c, g)))]));
        report.Detail("rules", "rules that decided", ["rule", "recordings"], rules.Counts.Select(c => (object?[])[c.Key, c.Value]));
        report.Detail("losses", "recordings without a genre", ["reason", "recordings"], Losses.Counts.Select(c => (object?[])[c.Key, c.Value]));
    }

    private void Files(Report report, LabelSource[] files)
    {
        report.Detail(
            "files", "tracks of the label files; conflicts are labels passed over because the track had another before",
            ["source", "tracks", "no_recording", "conflicts"],
            files.Select(s => (object?[])[GenreMap.NameOf(s), tracks.Count(s).Tracks, tracks.Count(s).NoRecording, tracks.Conflicts(s)]));
    }

    private void Pairs(Report report)
    {
        PairAgreement[] pairs = [.. FilePairs, .. folderPairs.Where(p => p.Both > 0)];
        report.Table(
            "agreement", "agreement of sources where both speak: on all tracks of the files, on recordings where one is a folder",
            ["first", "second", "both", "agree", "share", "kappa"],
            pairs.Select(p => (object?[])[GenreMap.NameOf(p.First), GenreMap.NameOf(p.Second), p.Both, p.Agreeing, p.Share, p.Kappa]));
        if (FilePairs.Any(p => (p.First, p.Second) == (LabelSource.Tagtraum, LabelSource.Topmagd)))
        {
            report.Fact(
                "tagtraum_made_from_topmagd", true,
                "Tagtraum's CD1 was made from Top-MAGD among others: that the two agree says less than it seems (CD2 and CD2C were made without it)");
        }

        report.Detail(
            "disagreements", "what they disagree on most",
            ["first", "second", "first_says", "second_says", "count"],
            pairs.SelectMany(p => p.Disagreements(map.Genres).Take(DisagreementsShown).Select(
                d => (object?[])[GenreMap.NameOf(p.First), GenreMap.NameOf(p.Second), map.Genres[d.First], map.Genres[d.Second], d.Count])));
    }

    private void Weighed(Report report, LabelSource[] files, Weights? weights)
    {
        if (weights is null || files.Length < 2)
        {
            return;
        }

        IEnumerable<int> genres = Enumerable.Range(0, map.Genres.Count).Where(g => FilePairs.Any(p => p.Of(p.First, g).Both + p.Of(p.Second, g).Both > 0));
        report.Detail(
            "weights", "what a source's word for a genre weighs in the vote",
            ["genre", .. files.Select(GenreMap.NameOf)],
            genres.OrderBy(g => map.Genres[g], StringComparer.Ordinal).Select(g => (object?[])[map.Genres[g], .. files.Select(f => (object)weights.Of(f, g))]));
    }

    private void Unused(Report report, SourceGenre[] all)
    {
        SourceGenre[] unmapped = Ordered(all, SourceGenre.Unmapped), without = Ordered(all, SourceGenre.NoPlace);
        report.Table(
            "unmapped", "names that no line of the genres has",
            ["source", "name", "nearest", "tracks", "recordings"],
            unmapped.Take(GenresShown).Select(g => (object?[])[Owner(g), g.Name, map.Nearest(g), g.Tracks, g.Recordings]));
        if (unmapped is [var first, ..])
        {
            string hint = map.Nearest(first) is { } nearest ? $" (is it '{nearest}'?)" : "";
            report.Fact(
                "unmapped_names", unmapped.Length,
                $"{Amount.Of(unmapped.Length, "name")} without a line, such as '{first.Name}' of {Owner(first)}{hint}: "
                + $"add a line '{GenreMap.NameOf(first.Source)},{first.Name},...' with its genre, or with none, in the column '{map.Set}'");
        }

        report.Table(
            "no_place", $"names that have no place in the set {map.Set}",
            ["source", "name", "tracks", "recordings"],
            without.Take(GenresShown).Select(g => (object?[])[Owner(g), g.Name, g.Tracks, g.Recordings]));
    }

    private static SourceGenre[] Ordered(SourceGenre[] all, int genre) =>
        [.. all.Where(g => g.Genre == genre).OrderByDescending(g => g.Recordings).ThenByDescending(g => g.Tracks).ThenBy(Owner, StringComparer.Ordinal).ThenBy(g => g.Name, StringComparer.Ordinal)];

    private static string Owner(SourceGenre genre) => genre.Source == LabelSource.Folder ? $"folder of {genre.Dataset}" : GenreMap.NameOf(genre.Source);

    private void Count(int column, int genre) => counts[(column, genre)] = counts.GetValueOrDefault((column, genre)) + 1;
}
