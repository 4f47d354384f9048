using System.Text.Json;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>split on recordings made by chance, whose links are known to the test and found anew by going from one to the next.</summary>
public sealed class SplitPropertyTests : IDisposable
{
    private static readonly string[][] Artists =
    [
        ["The Beatles", "Beatles, The", "BEATLES"], ["Simon & Garfunkel", "Simon and Garfunkel"], ["AC/DC", "AC-DC"], ["Motörhead", "Motorhead"], ["Nina"],
        ["Otis"], ["Wu-Tang Clan", "Wu Tang Clan"], ["Björk"], ["Can"], ["Air"], ["Low"], ["Neu!", "NEU"], ["Sade"], ["Yes"], ["Ella"], ["Miles"],
    ];

    private readonly SplitTables tables = new();

    public void Dispose() => tables.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Nothing_that_is_linked_is_ever_divided(int seed)
    {
        List<Known> world = World(seed);
        SplitRow[] split = Run(world, seed, "--folds", "4");
        Dictionary<string, SplitRow> kept = split.ToDictionary(r => r.RecordingId);
        Assert.Equal(world.Where(k => k.Row.Fault is null && k.Genre is not null).Select(k => k.Row.RecordingId), split.Select(r => r.RecordingId));

        // Recordings that are not in the table link others all the same.
        int[] components = Components(world);
        foreach (IGrouping<int, SplitRow> component in world.Select((k, i) => (k, i)).Where(w => kept.ContainsKey(w.k.Row.RecordingId)).GroupBy(w => components[w.i], w => kept[w.k.Row.RecordingId]))
        {
            string first = component.Select(r => r.RecordingId).Min(StringComparer.Ordinal)!;
            Assert.All(component, r => Assert.Equal((first, component.First().Split, component.First().Fold), (r.Group, r.Split, r.Fold)));
        }

        Assert.Equal(components.Where((_, i) => kept.ContainsKey(world[i].Row.RecordingId)).Distinct().Count(), split.Select(r => r.Group).Distinct().Count());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Nor_is_it_where_lists_are_kept_to_and_the_leaks_of_the_lists_are_left_out(int seed)
    {
        List<Known> world = World(seed);
        var random = new Random(seed);
        var listed = new Dictionary<string, string>();
        foreach (Known known in world.Where(k => random.Next(4) == 0 && (k.Row.Source == "a" || seed % 2 == 0)))
        {
            listed[known.Row.RecordingId] = ((string[])["train", "train", "valid", "test"])[random.Next(4)];
        }

        string list = tables.Write("list.csv", string.Join('\n', listed.Select(l => $"{l.Key},{l.Value}")));
        SplitRow[] split = Run(world, seed, "--lists", list, "--leave-out-leaks", "--place-unlisted", "--folds", "3");
        Dictionary<string, SplitRow> kept = split.ToDictionary(r => r.RecordingId);
        Assert.All(split.Where(r => listed.ContainsKey(r.RecordingId)), r => Assert.Equal(listed[r.RecordingId], r.Split));
        Assert.Contains(split, r => r.Split == "test" && listed.ContainsKey(r.RecordingId));
        foreach (IGrouping<string, SplitRow> sharing in world
            .Where(k => kept.ContainsKey(k.Row.RecordingId))
            .SelectMany(k => k.Links.Select(l => (Link: l, Row: kept[k.Row.RecordingId])))
            .GroupBy(l => l.Link, l => l.Row))
        {
            Assert.Single(sharing.Select(r => (r.Split, r.Fold, r.Group)).Distinct());
        }

        // No test recording of the lists is ever given up for one of train.
        Assert.All(world.Where(k => listed.GetValueOrDefault(k.Row.RecordingId) == "test" && k.Row.Fault is null && k.Genre is not null), k => Assert.Contains(k.Row.RecordingId, kept));
    }

    [Fact]
    public void The_order_of_rows_and_tables_changes_nothing_and_the_seed_does()
    {
        List<Known> world = World(9);
        string list = tables.Write("list.csv", string.Join('\n', world.Where((k, i) => k.Row.Source == "a" && i % 3 == 0).Select((k, i) => $"{k.Row.RecordingId},{(i % 4 == 0 ? "test" : "train")}")));
        string[] options = ["--folds", "3", "--lists", list, "--leave-out-leaks"];
        SplitRow[] split = Run(world, 1, options);
        Known[] shuffled = [.. world];
        new Random(1).Shuffle(shuffled);
        Assert.NotEqual(world, shuffled);
        Assert.Equal(split.OrderBy(r => r.RecordingId), Run([.. shuffled], 1, options).OrderBy(r => r.RecordingId));
        Assert.NotEqual(split, Run(world, 2, options));
        Assert.Equal(split, Run(world, 1, options));
    }

    [Fact]
    public void Which_of_two_recordings_is_left_out_between_the_sides_of_the_lists_is_drawn_by_lot()
    {
        List<Known> chains = [.. Enumerable.Range(0, 10).SelectMany(i => (Known[])
            [Of($"a/{i}-test", $"Test {i}"), Of($"b/{i}-one", $"Test {i} / Both {i}"), Of($"b/{i}-two", $"Both {i} / Train {i}"), Of($"a/{i}-train", $"Train {i}")])];
        string list = tables.Write("list.csv", string.Join('\n', chains.Where(k => k.Row.Source == "a").Select(k => $"{k.Row.RecordingId},{k.Row.RecordingId.Split('-')[1]}")));
        SplitRow[] split = Run(chains, 1, "--lists", list);
        Assert.Equal(30, split.Length);
        Assert.Equal(["one", "two"], split.Where(r => r.RecordingId[0] == 'b').Select(r => r.RecordingId.Split('-')[1]).Distinct().Order());
        Assert.Equal(split.Reverse(), Run([.. Enumerable.Reverse(chains)], 1, "--lists", list));

        static Known Of(string id, string artist) => new(SplitTables.Recording(id, artist), "x", []);
    }

    private static List<Known> World(int seed)
    {
        var random = new Random(seed);
        var world = new List<Known>();
        for (int i = 0; i < 150; i++)
        {
            string source = ((string[])["a", "b", "c"])[random.Next(3)];
            var known = new Known(SplitTables.Recording($"{source}/{random.Next(1_000_000):000000}-{i}"), random.Next(8) == 0 ? null : ((string[])["x", "y", "z"])[random.Next(3)], []);
            Recording row = known.Row with { Fault = random.Next(10) == 0 ? "silent" : null };
            known.Links.Add($"id {row.RecordingId}");

            // A few artists have most of the recordings; most of the others are alone.
            switch (random.Next(10))
            {
                case < 3:
                    row = row with { Artist = Name(random.Next(Artists.Length)) };
                    break;
                case 3 when random.Next(3) == 0:
                    row = row with { Artist = $"{Name(random.Next(Artists.Length))}{((string[])[" feat. ", " / ", " vs ", " (featuring "])[random.Next(4)]}{Name(random.Next(Artists.Length))}" };
                    break;
                case 4:
                    row = row with { Artist = ((string[])["Various Artists", "[unknown]", "", "V.A.", "n/a"])[random.Next(5)] };
                    break;
                default:
                    row = row with { Artist = random.Next(2) == 0 ? null : $"Only {i}" };
                    break;
            }

            if (random.Next(6) == 0)
            {
                row = row with { Sha256 = Link("sha", 60) };
            }

            if (random.Next(6) == 0)
            {
                row = row with { SongId = Link("song", 60) };
            }

            if (random.Next(8) == 0)
            {
                row = row with { TrackId = Link("track", 60) };
            }

            if (random.Next(6) == 0 && !known.Links.Contains("nobody") && (string.IsNullOrEmpty(row.Artist) || row.Artist.StartsWith("Only", StringComparison.Ordinal)))
            {
                int id = random.Next(20);
                row = row with { ArtistId = $"{id}" };
                known.Links.Add($"artist {id} of {source}");
            }

            if (random.Next(10) == 0 && world.Count > 0)
            {
                string other = world[random.Next(world.Count)].Row.RecordingId;
                row = row with { DuplicateGroup = other };
                known.Links.Add($"id {other}");
            }

            world.Add(known with { Row = row });

            string Name(int artist)
            {
                known.Links.Add($"artist {artist}");
                return Artists[artist][random.Next(Artists[artist].Length)];
            }

            string Link(string kind, int of)
            {
                string link = $"{kind}{random.Next(of)}";
                known.Links.Add(link);
                return link;
            }
        }

        return world;
    }

    // Of each recording, the first one that can be reached from it.
    private static int[] Components(List<Known> world)
    {
        int[] first = [.. Enumerable.Repeat(-1, world.Count)];
        for (int i = 0; i < world.Count; i++)
        {
            var next = new Stack<int>();
            if (first[i] < 0)
            {
                first[i] = i;
                next.Push(i);
            }

            while (next.TryPop(out int at))
            {
                for (int j = 0; j < world.Count; j++)
                {
                    if (first[j] < 0 && world[j].Links.Overlaps(world[at].Links))
                    {
                        first[j] = i;
                        next.Push(j);
                    }
                }
            }
        }

        return first;
    }

    private SplitRow[] Run(List<Known> world, int seed, params string[] more)
    {
        StageRun.Succeed("split",
        [
            "--recordings", tables.WriteRecordings("one.parquet", world.Take(100).Select(k => k.Row)),
            "--recordings", tables.WriteRecordings("two.parquet", world.Skip(100).Select(k => k.Row)),
            "--labels", tables.WriteLabels(world.Where(k => k.Genre is not null).Reverse().Select(k => (k.Row.RecordingId, k.Genre!))),
            "--out", tables["splits.parquet"], "--report", tables["report.json"], "--seed", $"{seed}", .. more,
        ]);
        SplitRow[] split = StageRun.Rows<SplitRow>(tables["splits.parquet"]);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(tables["report.json"]));
        Assert.Equal(split.Length, report.RootElement.GetProperty("recordings").GetInt32());
        Assert.Equal(world.Count, split.Length + report.RootElement.GetProperty("left_out").EnumerateArray().Sum(r => r.GetProperty("recordings").GetInt32()));
        return split;
    }

    private sealed record Known(Recording Row, string? Genre, HashSet<string> Links);
}
