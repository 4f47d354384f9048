using System.Globalization;
using Pipeline.Cli;

namespace Pipeline.Stages.Splitting;

/// <summary>Tells what became of the recordings: how many went where, what was left out and why, and how near that is to what was wanted.</summary>
internal sealed class SplitReport
{
    private const int MostNamed = 1000;

    private readonly RecordingSet recordings;
    private readonly Splitter splitter;
    private readonly Split split;
    private readonly SplitOptions options;
    private readonly Report report = new();
    private readonly int[,,] counts; // of recordings, by source, genre and part
    private readonly HashSet<Part> wanted;

    private SplitReport(RecordingSet recordings, Splitter splitter, Split split, SplitOptions options)
    {
        this.recordings = recordings;
        this.splitter = splitter;
        this.split = split;
        this.options = options;
        counts = new int[recordings.Sources.Count, recordings.Genres.Count, Parts.All.Count];
        wanted = [.. Parts.All.Where((_, i) => options.Shares[i] > 0)];
        for (int row = 0; row < recordings.Count; row++)
        {
            if (split.IsKept(row))
            {
                counts[recordings.Source(row), recordings.Genre(row), split.PartOf(row) - Part.Train]++;
                wanted.Add(split.PartOf(row));
            }
        }
    }

    private static IEnumerable<int> PartIndices => Enumerable.Range(0, Parts.All.Count);

    private IEnumerable<int> Sources => Enumerable.Range(0, recordings.Sources.Count);

    private IEnumerable<int> Genres => Enumerable.Range(0, recordings.Genres.Count);

    /// <summary>Writes the report.</summary>
    public static Report Make(RecordingSet recordings, Splitter splitter, Split split, LeakCheck check, SplitOptions options, PublishedLists lists)
    {
        var made = new SplitReport(recordings, splitter, split, options);
        made.Outcome();
        made.LeftOut();
        made.Tables();
        made.Folds();
        made.LargestGroup();
        made.Unlinked();
        made.Divided(check);
        made.Lists(lists);
        made.Shortcomings();
        made.WorstDeviation();
        return made.report;
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private void Outcome()
    {
        int[] parts = [.. PartIndices.Select(p => Sources.Sum(s => Genres.Sum(g => counts[s, g, p])))];
        int kept = parts.Sum();
        report.Fact(
            "recordings",
            kept,
            $"{kept} of {Amount.Of(recordings.Count, "recording")}: {string.Join(", ", PartIndices.Select(p => $"{parts[p]} {Parts.Name(Parts.All[p])}"))}");
        report.Fact("groups", splitter.Groups.Count, options.Linking.Kinds.Count == 0
            ? "each recording is a group of its own"
            : recordings.WithoutArtist + recordings.OfNobody == recordings.Count
            ? $"{Amount.Of(splitter.Groups.Count, "group")}, none of them divided; no artist is known, so that nothing but copies holds recordings together"
            : $"{Amount.Of(splitter.Groups.Count, "group")} by {options.Linking.Name}, none of them divided");
        if (options.Linking.Warning is { } warning)
        {
            report.Fact("warning", warning, $"warning: {warning}");
        }
    }

    private void LeftOut()
    {
        var reasons = new Tally();
        for (int row = 0; row < recordings.Count; row++)
        {
            if (splitter.Standings[row] != Standing.Kept)
            {
                reasons.Add(Reason(row));
            }
        }

        report.Table("left_out", "left out", ["reason", "recordings"], reasons.Counts.Select(c => new object?[] { c.Key, c.Value }));
        IEnumerable<int> named = Enumerable.Range(0, recordings.Count).Where(r => splitter.Standings[r] is not (Standing.Kept or Standing.Unlabelled));
        report.Detail(
            "left_out_by_name", $"left out for a fault or by the lists, by name (of more than {MostNamed} the first)", ["recording", "reason"],
            named.Take(MostNamed).Select(r => new object?[] { recordings.Ids[r], Reason(r) }));
        if (recordings.LabelsOfOthers > 0)
        {
            report.Fact(
                "labels_of_others",
                recordings.LabelsOfOthers,
                $"{Amount.Of(recordings.LabelsOfOthers, "label")} of recordings that are not there, such as {recordings.FirstOther}");
        }
    }

    private string Reason(int row) => splitter.Standings[row] switch
    {
        Standing.Faulty => $"fault: {recordings.Faults[recordings.Fault(row)]}",
        Standing.Unlabelled => "no label",
        Standing.Unlisted => "not in the lists",
        Standing.Bridge => "links both sides of the lists",
        _ => "divided by the lists",
    };

    private void Tables()
    {
        string[] headings = ["groups", "all", "train", "valid", "test", "train%", "valid%", "test%"];
        long[] ofGenre = GroupsPer(recordings.Genre, recordings.Genres.Count);
        long[] ofSource = GroupsPer(recordings.Source, recordings.Sources.Count);
        report.Table("genres", "by genre", ["genre", .. headings], Genres
            .Select(g => Row(recordings.Genres[g], ofGenre[g], [.. PartIndices.Select(p => Sources.Sum(s => counts[s, g, p]))])));
        report.Table("sources", "by source", ["source", .. headings], Sources
            .Select(s => Row(recordings.Sources[s], ofSource[s], [.. PartIndices.Select(p => Genres.Sum(g => counts[s, g, p]))])));

        static object?[] Row(string name, long groups, int[] parts)
        {
            int all = parts.Sum();
            return [name, groups, all, .. parts.Cast<object?>(), .. parts.Select(p => (object?)(all == 0 ? null : 100m * p / all))];
        }
    }

    // How many groups have a recording of each genre, or of each source.
    private long[] GroupsPer(Func<int, int> valueOf, int values)
    {
        var seen = new HashSet<(int, int)>();
        var groups = new long[values];
        for (int row = 0; row < recordings.Count; row++)
        {
            if (split.IsKept(row) && seen.Add((splitter.Groups.Of(row), valueOf(row))))
            {
                groups[valueOf(row)]++;
            }
        }

        return groups;
    }

    private void Folds()
    {
        if (options.Folds == 1)
        {
            return;
        }

        var table = new int[options.Folds, recordings.Genres.Count];
        for (int row = 0; row < recordings.Count; row++)
        {
            if (split.IsKept(row))
            {
                table[split.FoldOf(row), recordings.Genre(row)]++;
            }
        }

        report.Detail("folds", "by fold", ["fold", "all", .. recordings.Genres], Enumerable.Range(0, options.Folds).Select(f =>
            (object?[])[f.ToString(CultureInfo.InvariantCulture), Genres.Sum(g => table[f, g]), .. Genres.Select(g => (object?)table[f, g])]));
    }

    private void LargestGroup()
    {
        if (splitter.Groups.Count == 0)
        {
            return;
        }

        // Of groups of one size the one whose key comes first, in whatever order the rows are.
        int largest = Enumerable.Range(0, splitter.Groups.Count).Aggregate((a, b) =>
            splitter.Groups.Size(b) - splitter.Groups.Size(a) is var more && more != 0
                ? (more > 0 ? b : a)
                : recordings.Ids.Compare(splitter.Groups.NamedAfter(b), splitter.Groups.NamedAfter(a)) < 0 ? b : a);
        int size = splitter.Groups.Size(largest);
        int kept = Enumerable.Range(0, splitter.Groups.Count).Sum(splitter.Groups.Size);
        string key = recordings.Ids[splitter.Groups.NamedAfter(largest)];
        string whose = size > 1 && CommonArtist(largest) is { } artist ? $", mostly of {artist}" : "";
        report.Fact("largest_group", size, $"the largest group holds {Amount.Of(size, "recording")}{whose} ({key})");
        if (size > 0.1 * kept && splitter.Groups.Count > 1)
        {
            report.Fact(
                "large_group",
                key,
                $"warning: that is {Percent((double)size / kept)} of all, which go to one part: see whether they belong together");
        }
    }

    private string? CommonArtist(int group)
    {
        var names = new Tally();
        for (int row = 0; row < recordings.Count; row++)
        {
            if (splitter.Groups.Of(row) == group)
            {
                foreach (int key in recordings.Keys.Of(row))
                {
                    if (recordings.Keys.Kind(key) == LinkKind.ArtistName)
                    {
                        names.Add(recordings.Keys.Name(key));
                    }
                }
            }
        }

        return names.Counts.Select(c => c.Key).FirstOrDefault();
    }

    private void Unlinked()
    {
        if (options.Linking.Kinds.Count == 0)
        {
            return;
        }

        if (recordings.WithoutArtist > 0 && recordings.WithoutArtist < recordings.Count)
        {
            report.Fact(
                "without_artist",
                recordings.WithoutArtist,
                $"{Amount.Of(recordings.WithoutArtist, "recording")} without an artist: nothing but copies of one recording holds them to others");
        }

        if (recordings.OfNobody > 0)
        {
            report.Fact(
                "of_nobody",
                recordings.OfNobody,
                $"{Amount.Of(recordings.OfNobody, "recording")} of nobody (various artists, unknown and the like): that holds nothing together");
        }

        if (recordings.WithoutTitle > 0 && options.Linking.Has(LinkKind.ArtistAndTitle))
        {
            report.Fact("without_title", recordings.WithoutTitle, $"{Amount.Of(recordings.WithoutTitle, "recording")} without a title");
        }

        report.Fact("duplicates", recordings.Duplicates, recordings.Duplicates == 0
            ? "no recording is marked as holding the same sound as another"
            : $"{Amount.Of(recordings.Duplicates, "recording")} marked as holding the same sound as another");
    }

    private void Divided(LeakCheck check)
    {
        if (options.Linking.Warning is null)
        {
            return;
        }

        long artists = Math.Max(check.Divided(LinkKind.ArtistName), check.Divided(LinkKind.ArtistId));
        report.Fact("divided_artists", artists, $"{Amount.Of(artists, "artist")} in several parts");
        long songs = Math.Max(check.Divided(LinkKind.ArtistAndTitle), check.Divided(LinkKind.SongId));
        report.Fact("divided_songs", songs, $"{Amount.Of(songs, "song")} in several parts");
        long copies = Math.Max(check.Divided(LinkKind.Duplicate), check.Divided(LinkKind.Sha256));
        report.Fact("divided_duplicates", copies, $"{Amount.Of(copies, "group")} of duplicates in several parts");
    }

    private void Lists(PublishedLists lists)
    {
        if (lists.IsEmpty)
        {
            return;
        }

        report.Fact("list_entries", lists.Lines, $"{Amount.Of(lists.Lines, "entry", "entries")} in the lists");
        string[] notFound = [.. lists.NotFound];
        if (notFound.Length > 0)
        {
            report.Fact("list_entries_not_found", notFound.Length, $"{notFound.Length} of them {(notFound.Length == 1 ? "names" : "name")} no recording that is there, such as {notFound[0]}");
        }

        string[] ofOthers = [.. lists.FilesOfOthers.Select(f => Path.GetFileName(f))];
        if (ofOthers.Length > 0)
        {
            report.Fact("lists_of_others", string.Join(' ', ofOthers), $"warning: nothing that is there is named in {Ellipsis.Names(ofOthers)}");
        }

        int[] missing = [.. Enumerable.Range(0, recordings.Count)
            .Where(r => recordings.Listed(r) != 0 && splitter.Standings[r] is (Standing.Faulty or Standing.Unlabelled))];
        if (missing.Length > 0)
        {
            report.Fact(
                "listed_and_left_out",
                missing.Length,
                $"{Amount.Of(missing.Length, "recording")} of the lists left out for a fault or for want of a label, such as {recordings.Ids[missing[0]]} ({Reason(missing[0])})");
        }

        if (splitter.Leaks > 0)
        {
            report.Fact(
                "list_leaks",
                splitter.Leaks,
                $"warning: the lists name {Amount.Of(splitter.Leaks, "recording")} for one part that belongs to another");
        }
    }

    private void Shortcomings()
    {
        string[] empty = [.. wanted.Order().Where(p => Sources.All(s => Genres.All(g => counts[s, g, p - Part.Train] == 0))).Select(Parts.Name)];
        if (empty.Length > 0)
        {
            report.Fact("empty_parts", string.Join(' ', empty), $"warning: there is nothing in {string.Join(" and ", empty)}");
        }

        long[] groups = GroupsPer(recordings.Genre, recordings.Genres.Count);
        string[] few = [.. Genres.Where(g => groups[g] < wanted.Count && groups[g] > 0).Select(g => $"{recordings.Genres[g]} ({groups[g]})")];
        if (few.Length > 0)
        {
            report.Fact("genres_with_few_groups", Ellipsis.Names(few), $"warning: fewer groups than parts in {Ellipsis.Names(few)}");
        }

        foreach (Part part in wanted.Order().Where(p => !empty.Contains(Parts.Name(p))))
        {
            string[] missing = [.. Genres.Where(g => groups[g] > 0 && Sources.Sum(s => counts[s, g, part - Part.Train]) == 0).Select(g => recordings.Genres[g])];
            if (missing.Length > 0)
            {
                report.Fact($"missing_in_{Parts.Name(part)}", Ellipsis.Names(missing), $"warning: nothing in {Parts.Name(part)} of {Ellipsis.Names(missing)}");
            }
        }
    }

    // Of what was placed here: lists are kept to, however they divide a genre.
    private void WorstDeviation()
    {
        var isPlaced = new bool[recordings.Sources.Count, recordings.Genres.Count];
        for (int row = 0; row < recordings.Count; row++)
        {
            if (split.IsKept(row) && splitter.Groups.Side(splitter.Groups.Of(row)) == Part.None)
            {
                isPlaced[recordings.Source(row), recordings.Genre(row)] = true;
            }
        }

        // What has fewer groups than there are parts is far off of necessity, which is told by name.
        int Stratum(int row) => recordings.Source(row) * recordings.Genres.Count + recordings.Genre(row);
        long[] groups = GroupsPer(Stratum, recordings.Sources.Count * recordings.Genres.Count);
        (double Off, string Sentence) worst = (0, "");
        foreach (int s in Sources)
        {
            foreach (int g in Genres.Where(g => isPlaced[s, g] && groups[s * recordings.Genres.Count + g] >= wanted.Count))
            {
                double all = PartIndices.Sum(p => counts[s, g, p]);
                foreach (int p in PartIndices)
                {
                    double share = counts[s, g, p] / all;
                    if (Math.Abs(share - options.Shares[p]) > Math.Abs(worst.Off) + 1e-12)
                    {
                        worst = (share - options.Shares[p],
                            $"{recordings.Genres[g]} of {recordings.Sources[s]} has {Percent(share)} in {Parts.Name(Parts.All[p])}, {Percent(options.Shares[p])} was wanted");
                    }
                }
            }
        }

        // Few recordings are as wanted, or not, by chance.
        if (isPlaced.Cast<bool>().All(placed => !placed) || groups.Max() < wanted.Count)
        {
            return;
        }

        report.Fact("worst_deviation", Math.Abs(worst.Off), Math.Abs(worst.Off) < 0.0005
            ? "all shares are as wanted, to 0.1 %"
            : $"farthest from what was wanted: {worst.Sentence}");
    }
}
