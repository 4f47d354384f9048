using System.Text.RegularExpressions;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>split on GTZAN: the published partitions, and placing its artists.</summary>
public sealed class SplitGtzanTests : IDisposable
{
    private readonly SplitTables tables = new();

    public void Dispose() => tables.Dispose();

    [Fact]
    public void The_published_partitions_are_kept_to_the_letter()
    {
        Recording[] rows = SplitTables.Gtzan();
        SplitRow[] split = tables.Run(rows, out string said, "--lists", SplitTables.GtzanLists);
        Assert.Equal([("test", 290), ("train", 443), ("valid", 197)], Counts(split));
        foreach (string part in (string[])["train", "valid", "test"])
        {
            IEnumerable<string> listed = File.ReadLines(Path.Combine(SplitTables.GtzanLists, $"{part}.txt")).Where(l => !l.StartsWith('#'));
            Assert.Equal(listed.Select(l => $"gtzan/{Path.GetFileNameWithoutExtension(l)}").Order(), split.Where(r => r.Split == part).Select(r => r.RecordingId).Order());
        }

        Assert.Contains("930 of 1000 recordings: 443 train, 197 valid, 290 test", said, StringComparison.Ordinal);
        Assert.Matches(@"fault: repetition +51\n", said);
        Assert.Matches(@"not in the lists +\d+\n", said);
    }

    [Fact]
    public void A_clip_with_a_fault_is_left_out_of_its_partition_unless_the_fault_does_not_matter()
    {
        Recording[] rows = [.. SplitTables.Gtzan().Select(r => r.RecordingId == "gtzan/jazz.00054" ? r with { Fault = "truncated" } : r)];
        string[] arguments = ["--lists", SplitTables.GtzanLists];
        Assert.Equal([("test", 290), ("train", 442), ("valid", 197)], Counts(tables.Run(rows, [.. arguments, "--report", tables["report.txt"]])));
        string[] named = [.. File.ReadLines(tables["report.txt"]).Where(l => l.StartsWith("gtzan/", StringComparison.Ordinal))];
        Assert.Equal(71, named.Length);
        Assert.Contains(named, l => Regex.IsMatch(l, "^gtzan/jazz.00054 +fault: truncated$"));
        SplitRow[] kept = tables.Run(rows, out string said, [.. arguments, "--keep-fault", "truncated", "--keep-fault", "repetiton"]);
        Assert.Equal([("test", 290), ("train", 443), ("valid", 197)], Counts(kept));
        Assert.Contains("no recording has the fault 'repetiton' that --keep-fault names (did you mean 'repetition'?)", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lists_find_pictures_of_the_clips_and_what_is_not_there_is_counted()
    {
        string? data = Repository.Data("gtzan-mel");
        Assert.SkipWhen(data is null, "'../shared/data/gtzan-mel' is not there: it is not part of the repository");
        StageRun.Succeed("ingest-images", "--root", data!, "--source", "gtzan", "--manifest", Repository.Find("manifests", "gtzan.csv"), "--out", tables["pictures.parquet"]);
        Recording[] rows = StageRun.Rows<Recording>(tables["pictures.parquet"]);
        SplitRow[] split = tables.Run(rows, out string said, "--lists", SplitTables.GtzanLists);
        Assert.Equal([("train", 442), ("valid", 197)], Counts(split));
        Assert.Contains("291 of them name no recording that is there, such as blues/blues.00012.wav", said, StringComparison.Ordinal);
        foreach ((string part, string file) in (ReadOnlySpan<(string, string)>)[("train", "train.txt"), ("valid", "valid.txt")])
        {
            IEnumerable<string> published = File.ReadLines(Path.Combine(data!, file)).Select(l => $"gtzan/{Path.GetFileNameWithoutExtension(l.Trim())}");
            Assert.Equal(published.Where(p => p != "gtzan/jazz.00054").Order(), split.Where(r => r.Split == part).Select(r => r.RecordingId).Order());
        }
    }

    [Fact]
    public void Its_artists_are_placed_as_near_to_the_fractions_as_they_allow()
    {
        Recording[] rows = SplitTables.Gtzan();
        SplitRow[] split = tables.Run(rows, out string said);
        Assert.Equal(rows.Count(r => r.Fault is null), split.Length);
        Dictionary<string, Recording> byId = rows.ToDictionary(r => r.RecordingId);
        foreach (IGrouping<string, SplitRow> genre in split.GroupBy(r => byId[r.RecordingId].FolderLabel!))
        {
            // No nearer than half of the largest group can be asked for.
            double half = genre.GroupBy(r => r.Group).Max(g => g.Count()) / 2.0;
            foreach ((string part, double share) in (ReadOnlySpan<(string, double)>)[("train", 0.7), ("valid", 0.15), ("test", 0.15)])
            {
                int count = genre.Count(r => r.Split == part);
                Assert.True(count > 0, $"nothing of {genre.Key} in {part}");
                Assert.True(Math.Abs(count - share * genre.Count()) <= half + 1, $"{count} of {genre.Count()} of {genre.Key} in {part}\n{said}");
            }
        }

        Assert.InRange(split.Count(r => r.Split == "train"), 0.68 * split.Length, 0.72 * split.Length);
        SplitRow[] other = tables.Run(rows, "--seed", "1");
        Assert.NotEqual(split.Select(r => r.Split), other.Select(r => r.Split));
        Assert.Equal(split.Select(r => r.Group), other.Select(r => r.Group));
    }

    [Fact]
    public void Folds_divide_no_group_and_one_of_them_can_be_the_test_part()
    {
        Recording[] rows = SplitTables.Gtzan();
        SplitRow[] split = tables.Run(rows, "--folds", "5");
        Assert.All(split.GroupBy(r => r.Group), g => Assert.Single(g.Select(r => r.Fold).Distinct()));
        Assert.Equal([0, 1, 2, 3, 4], split.Select(r => r.Fold).Distinct().Order());
        Assert.All(split.GroupBy(r => r.Fold), f => Assert.InRange(f.Count(), 0.18 * split.Length, 0.22 * split.Length));

        SplitRow[] last = tables.Run(rows, "--folds", "5", "--test-fold", "4");
        Assert.Equal(split.Select(r => r.Fold), last.Select(r => r.Fold));
        Assert.All(last, r => Assert.Equal(r.Fold switch { 4 => "test", 0 => "valid", _ => "train" }, r.Split));

        SplitRow[] listed = tables.Run(rows, "--folds", "5", "--test-fold", "4", "--lists", SplitTables.GtzanLists);
        Assert.Equal([("test", 290), ("train", 443), ("valid", 197)], Counts(listed));
        Assert.All(listed.GroupBy(r => r.Group), g => Assert.Single(g.Select(r => r.Fold).Distinct()));
    }

    private static IEnumerable<(string, int)> Counts(SplitRow[] split) => split.GroupBy(r => r.Split).Select(g => (g.Key, g.Count())).Order();
}
