using System.Globalization;
using System.Text.Json;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>balance: which recordings have examples, how many, and with which changes.</summary>
public sealed class BalanceTests : IDisposable
{
    private const string AllChanges = """{ "augment": { "pitch_semitones": 2, "stretch": 4, "gain_db": 6, "noise_snr_db": 10, "crop": 0.4, "most_copies": 30 } }""";

    private readonly BalanceSample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public void Without_settings_each_recording_is_an_example_as_a_whole()
    {
        BalanceRow[] rows = [.. BalanceSample.Of("jazz", 3), .. BalanceSample.Of("rock", 2, "valid"), .. BalanceSample.Of("rock", 1), .. BalanceSample.Of("jazz", 1, "test")];
        sample.Write(rows, shuffle: 1);
        Assert.Equal(
            rows.Select(r => new Example(r.Id + "#0", r.Id, "toy", r.Split, r.Genre, 0, 0, 30, 0, 1, 0, null, 0)),
            sample.Run());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Counts_add_up_whatever_the_tables_and_settings(int seed)
    {
        var random = new Random(seed);
        BalanceRow[] rows = Random(random, 40 + random.Next(400));
        sample.Write(rows, shuffle: seed);
        int cap = random.Next(3, 30), perSource = random.Next(2, 20), min = random.Next(0, 6), target = random.Next(5, 60), mostCopies = random.Next(1, 9);
        string recipe = sample.Recipe($$"""
            {
              "cap": {{cap}}, "per_source_cap": {{perSource}}, "min": {{min}}, "target": {{target}},
              "augment": { "pitch_semitones": 1.5, "stretch": 1.1, "gain_db": 5, "noise_snr_db": 12, "crop": 0.3, "most_copies": {{mostCopies}} }
            }
            """);
        string left = rows[random.Next(rows.Length)].Genre;
        (Example[] examples, JsonElement report, _) = sample.RunWithReport("--recipe", recipe, "--leave-out", left, "--seed", $"{seed}");

        var train = rows.Where(r => r.Split == "train").GroupBy(r => r.Genre).ToDictionary(g => g.Key, g => g.ToArray());
        bool IsDropped(string genre) => genre == left || train.GetValueOrDefault(genre, []).Length < min;

        // Valid and test are as they were.
        Assert.Equal(
            rows.Where(r => r.Split != "train" && !IsDropped(r.Genre)).Select(r => (r.Id + "#0", r.Split, 0.0, r.DurationS)),
            examples.Where(e => e.Split != "train").Select(e => (e.ExampleId, e.Split, e.OffsetS, e.LengthS)));

        // Recordings come in their order, each with its copies in theirs.
        Dictionary<string, int> order = rows.Select((r, i) => (r.Id, i)).ToDictionary(r => r.Id, r => r.i);
        Assert.Equal(examples.OrderBy(e => order[e.RecordingId]).ThenBy(e => e.Copy).Select(e => e.ExampleId), examples.Select(e => e.ExampleId));
        Assert.All(examples, e => Assert.Equal($"{e.RecordingId}#{e.Copy}", e.ExampleId));
        foreach (IGrouping<string, Example> recording in examples.GroupBy(e => e.RecordingId))
        {
            BalanceRow row = rows[order[recording.Key]];
            Assert.Equal(Enumerable.Range(0, recording.Count()), recording.Select(e => e.Copy));
            Assert.All(recording, e => Assert.Equal((row.Genre, row.Split, row.Source), (e.Genre, e.Split, e.Source)));
            Assert.All(recording, e => Assert.True(e.FindFault() is null && e.LengthS > 0 && e.OffsetS + e.LengthS <= row.DurationS, $"{e}"));
            Assert.All(recording.Where(e => e.Copy > 0), e => Assert.True(e.LengthS >= 0.3 * row.DurationS - 0.002 && e.Seed >= 0));
        }

        foreach (string genre in rows.Select(r => r.Genre).Distinct())
        {
            BalanceRow[] all = train.GetValueOrDefault(genre, []);
            int[] fromSources = [.. all.GroupBy(r => r.Source).Select(g => Math.Min(g.Count(), perSource))];
            int kept = IsDropped(genre) ? 0 : Math.Min(cap, fromSources.Sum());
            int copies = kept == 0 ? 0 : Math.Clamp(target - kept, 0, mostCopies * kept);
            Example[] made = [.. examples.Where(e => e.Genre == genre && e.Split == "train")];
            Assert.Equal(kept + copies, made.Length);
            Assert.Equal(kept, made.Count(e => e.Copy == 0));
            int[] each = [.. made.GroupBy(e => e.RecordingId).Select(g => g.Count())];
            Assert.True(kept == 0 || each.Max() - each.Min() <= 1, "copies are spread evenly");

            JsonElement told = Rows(report, "genres").Single(g => g.GetProperty("genre").GetString() == genre);
            int Number(string name) => told.GetProperty(name).GetInt32();
            Assert.Equal((all.Length, kept, copies, kept + copies), (Number("train"), Number("kept"), Number("copies"), Number("examples")));
            Assert.Equal(all.Length - kept, Number("dropped") + Number("source_cap") + Number("cap"));
            Assert.Equal(IsDropped(genre) ? all.Length : 0, Number("dropped"));
            Assert.Equal(IsDropped(genre) ? 0 : all.Length - fromSources.Sum(), Number("source_cap"));

            JsonElement held = Rows(report, "held_out").Single(g => g.GetProperty("genre").GetString() == genre);
            Assert.Equal(examples.Count(e => e.Genre == genre && e.Split == "test"), held.GetProperty("test").GetInt32());
            Assert.Equal(examples.Count(e => e.Genre == genre && e.Split == "valid"), held.GetProperty("valid").GetInt32());
            Assert.Equal(IsDropped(genre) ? rows.Count(r => r.Genre == genre && r.Split != "train") : 0, held.GetProperty("dropped").GetInt32());
        }

        Assert.Equal(examples.Length, report.GetProperty("examples").GetInt32());
        foreach (JsonElement cell in Rows(report, "sources"))
        {
            (string genre, string source) = (cell.GetProperty("genre").GetString()!, cell.GetProperty("source").GetString()!);
            Assert.Equal(rows.Count(r => r.Genre == genre && r.Source == source && r.Split == "train"), cell.GetProperty("train").GetInt32());
            Example[] made = [.. examples.Where(e => e.Genre == genre && e.Source == source && e.Split == "train")];
            Assert.Equal((made.Count(e => e.Copy == 0), made.Length), (cell.GetProperty("kept").GetInt32(), cell.GetProperty("examples").GetInt32()));
        }

        Assert.Equal(examples.Count(e => e.Split == "train"), Rows(report, "sources").Sum(c => c.GetProperty("examples").GetInt32()));
    }

    [Fact]
    public void A_cap_takes_one_of_each_artist_before_it_takes_a_second()
    {
        sample.Write(BalanceSample.Of("jazz", 200, groups: 40));
        Assert.All(GroupSizes(sample.Run("--cap", "50")), n => Assert.InRange(n, 1, 2));
        Assert.Equal(40, GroupSizes(sample.Run("--cap", "50")).Length);
        Assert.Equal(Enumerable.Repeat(1, 25), GroupSizes(sample.Run("--cap", "25")));

        static int[] GroupSizes(Example[] examples) =>
            [.. examples.GroupBy(e => int.Parse(e.RecordingId.Split('.')[^1], CultureInfo.InvariantCulture) % 40).Select(g => g.Count())];
    }

    [Fact]
    public void A_cap_is_shared_by_the_sources_as_evenly_as_they_allow()
    {
        sample.Write([.. BalanceSample.Of("jazz", 5, source: "a"), .. BalanceSample.Of("jazz", 100, source: "b"), .. BalanceSample.Of("jazz", 300, source: "c")]);
        Assert.Equal([5, 22, 23], FromSources("--cap", "50"));
        Assert.Equal([5, 10, 10], FromSources("--per-source-cap", "10"));
        Assert.Equal([4, 4, 4], FromSources("--per-source-cap", "10", "--cap", "12"));
        Assert.Equal([5, 100, 245], FromSources("--cap", "350"));

        // Who gets a copy more than others is drawn among all sources.
        sample.Write([.. BalanceSample.Of("jazz", 20, source: "a"), .. BalanceSample.Of("jazz", 20, source: "b")]);
        Assert.All(FromSources("--target", "60"), n => Assert.InRange(n, 24, 36));

        int[] FromSources(params string[] options) => [.. sample.Run(options).CountBy(e => e.Source).OrderBy(c => c.Key).Select(c => c.Value)];
    }

    [Fact]
    public void The_plan_depends_on_the_seed_and_on_no_order()
    {
        BalanceRow[] rows = Random(new Random(7), 300);
        string recipe = sample.Recipe(AllChanges);
        string[] options = ["--recipe", recipe, "--cap", "12", "--target", "20"];
        sample.Write(rows, shuffle: 1);
        Example[] first = sample.Run([.. options, "--picture", sample["p.svg"]]);
        byte[] bytes = File.ReadAllBytes(sample.Output);
        byte[] picture = File.ReadAllBytes(sample["p.svg"]);
        sample.Run([.. options, "--picture", sample["p.svg"]]);
        Assert.Equal(bytes, File.ReadAllBytes(sample.Output));
        Assert.Equal(picture, File.ReadAllBytes(sample["p.svg"]));

        // Other orders of labels and splits.
        sample.Write(rows, shuffle: 2);
        Assert.Equal(first, sample.Run(options));

        // Another order of the recordings, in two tables.
        new Random(3).Shuffle(rows);
        BalanceSample.Table(sample.Recordings, rows[..100].Select(BalanceSample.RecordingOf));
        BalanceSample.Table(sample["more.parquet"], rows[100..].Select(BalanceSample.RecordingOf));
        Example[] other = sample.Run([.. options, "--recordings", sample["more.parquet"]]);
        Assert.NotEqual(first, other);
        Assert.Equal(first.OrderBy(e => e.ExampleId, StringComparer.Ordinal), other.OrderBy(e => e.ExampleId, StringComparer.Ordinal));

        Example[] drawnAnew = sample.Run([.. options, "--recordings", sample["more.parquet"], "--seed", "1"]);
        Assert.NotEqual(Chosen(other), Chosen(drawnAnew));
        Assert.Empty(other.Where(e => e.Copy > 0).Select(e => (e.ExampleId, e.Seed)).Intersect(drawnAnew.Select(e => (e.ExampleId, e.Seed))));

        static string[] Chosen(Example[] examples) => [.. examples.Where(e => e.Split == "train" && e.Copy == 0).Select(e => e.RecordingId)];
    }

    [Fact]
    public void Copies_fill_the_range_of_each_change_and_can_be_read()
    {
        sample.Write(BalanceSample.Of("jazz", 20).Select((r, i) => r with { DurationS = 29.97 + i / 7.0 }));
        Example[] copies = [.. sample.Run("--recipe", sample.Recipe(AllChanges), "--target", "620").Where(e => e.Copy > 0)];
        Assert.Equal(600, copies.Length);
        Spread(e => e.PitchSemitones, -2, 2, 2);
        Spread(e => Math.Log(e.Stretch), -Math.Log(4), Math.Log(4), null);
        Spread(e => e.Stretch, 0.25, 4, 3);
        Spread(e => e.GainDb, -6, 6, 1);
        Spread(e => e.NoiseSnrDb!.Value, 10, 30, 1);
        Spread(e => e.LengthS / Duration(e), 0.4, 1, null);
        Spread(e => e.OffsetS / (Duration(e) - e.LengthS), 0, 1, null);
        Assert.All(copies, e => Assert.True(IsShort(e.OffsetS, 3) && (IsShort(e.LengthS, 3) || e.LengthS == Duration(e)), $"{e}"));
        Assert.Equal(600, copies.Select(e => e.Seed).Distinct().Count());

        double Duration(Example e) => 29.97 + int.Parse(e.RecordingId.Split('.')[^1], CultureInfo.InvariantCulture) / 7.0;
        static bool IsShort(double value, int digits) => Math.Abs(Math.Round(value, digits) - value) < 1e-6;

        void Spread(Func<Example, double> value, double least, double most, int? digits)
        {
            double[] values = [.. copies.Select(value).Order()];
            Assert.InRange(values[0], least - 1e-4, least + 0.03 * (most - least));
            Assert.InRange(values[^1], most - 0.03 * (most - least), most + 1e-4);
            if (digits is { } places)
            {
                Assert.All(values, v => Assert.True(IsShort(v, places), $"{v}"));
            }
            else
            {
                // Evenly: quarters of the range hold quarters of the copies, give or take four deviations.
                Assert.All(Enumerable.Range(0, 4), q => Assert.InRange(values.Count(v => (int)Math.Min(3, (v - least) / (most - least) * 4) == q), 108, 192));
            }
        }
    }

    [Fact]
    public void Augment_picks_changes_and_gives_those_that_the_recipe_lacks_a_mild_range()
    {
        sample.Write(BalanceSample.Of("jazz", 10));
        string recipe = sample.Recipe("""{ "target": 60, "augment": { "pitch_semitones": 5, "gain_db": 3 } }""");
        Example[] copies = Copies("--augment", "pitch,crop");
        Assert.All(copies, e => Assert.Equal((1f, 0f, null), (e.Stretch, e.GainDb, e.NoiseSnrDb)));
        Assert.True(copies.Max(e => e.PitchSemitones) > 3);
        Assert.InRange(copies.Min(e => e.LengthS), 24, 26);
        copies = Copies("--augment", "stretch,gain,noise");
        Assert.All(copies, e => Assert.Equal((0f, 0.0, 30.0), (e.PitchSemitones, e.OffsetS, e.LengthS)));
        Assert.InRange(copies.Max(e => e.Stretch), 1.03f, 1.05f);
        Assert.InRange(copies.Max(e => e.GainDb), 2, 3);
        Assert.All(copies, e => Assert.InRange(e.NoiseSnrDb!.Value, 20, 40));
        copies = Copies("--augment", "repeat");
        Assert.All(copies, e => Assert.Equal((0f, 1f, 0f, null, 0.0, 30.0), (e.PitchSemitones, e.Stretch, e.GainDb, e.NoiseSnrDb, e.OffsetS, e.LengthS)));
        Assert.Equal(10, sample.Run("--recipe", recipe, "--augment", "none").Length);
        (Example[] examples, _, string errors) = sample.RunWithReport("--augment", "pitch");
        Assert.Equal(10, examples.Length);
        Assert.Contains("--augment changes nothing where there are no copies", errors, StringComparison.Ordinal);

        Example[] Copies(params string[] options)
        {
            Example[] all = [.. sample.Run(["--recipe", recipe, .. options])];
            Assert.Equal(60, all.Length);
            return [.. all.Where(e => e.Copy > 0)];
        }
    }

    [Fact]
    public void Small_genres_are_named_and_dropped_everywhere_or_refused()
    {
        sample.Write([
            .. BalanceSample.Of("jazz", 20), .. BalanceSample.Of("disco", 3), .. BalanceSample.Of("disco", 2, "test"), .. BalanceSample.Of("polka", 1, "valid"),
        ]);
        (Example[] examples, _, string errors) = sample.RunWithReport("--min", "4");
        Assert.All(examples, e => Assert.Equal("jazz", e.Genre));
        Assert.Contains("left out of all parts for fewer train recordings than 4, as --min or the recipe's min asks for: disco (3), polka (0)", errors, StringComparison.Ordinal);
        File.Delete(sample.Output);
        sample.Fail(1, "disco (3), polka (0): fewer train recordings than the 4 of --min", "--min", "4", "--small", "refuse");
        sample.Fail(1, "disco (3), polka (0): fewer", "--recipe", sample.Recipe("""{ "min": 4, "small": "refuse" }"""));
        sample.Fail(1, "no genre is left", "--min", "100");
        (examples, _, errors) = sample.RunWithReport("--target", "30", "--recipe", sample.Recipe("""{ "augment": { "most_copies": 2 } }"""));
        Assert.Contains("nothing can learn them; --min 1 leaves them out: polka (0)", errors, StringComparison.Ordinal);
        Assert.Contains("short of the target of 30 with 2 copies of each recording, the most there may be: disco (9)", errors, StringComparison.Ordinal);
        Assert.Equal((30, 9), (examples.Count(e => e.Genre == "jazz"), examples.Count(e => e.Genre == "disco" && e.Split == "train")));
    }

    [Theory]
    [InlineData("logmel", "3 recordings left out of all parts: the recipe computes logmel, and there is none of song files", "wav", 5)]
    [InlineData("segments", "2 recordings left out of all parts: the recipe computes segments, and there is none of pictures", "wav h5", 8)]
    [InlineData("picture", "5 recordings left out of all parts: the recipe computes picture, and there is none of sound files", "png", 2)]
    public void What_the_features_cannot_be_computed_of_is_left_out(string representation, string sentence, string kinds, int count)
    {
        sample.Write([
            .. BalanceSample.Of("jazz", 5), .. BalanceSample.Of("jazz", 3, source: "msd").Zip(["h5", "HDF5", "hdf"], (r, e) => r with { Extension = e }),
            .. BalanceSample.Of("jazz", 2, source: "pictures").Select(r => r with { Extension = "png" }),
        ]);
        string recipe = sample[$"{representation}.json"];
        File.WriteAllText(recipe, $$"""{ "features": { "representation": "{{representation}}", "anything": 1 } }""");
        (Example[] examples, _, string errors) = sample.RunWithReport("--recipe", recipe);
        Assert.Equal(count, examples.Length);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        string[] sources = [.. kinds.Split(' ').Select(k => k switch { "wav" => "toy", "h5" => "msd", _ => "pictures" })];
        Assert.Equal(sources.Order(), examples.Select(e => e.Source).Distinct().Order());
    }

    [Fact]
    public void Where_the_features_can_be_computed_of_nothing_the_recipe_is_named()
    {
        sample.Write([.. BalanceSample.Of("jazz", 3).Select(r => r with { Extension = "h5" })]);
        string recipe = sample["logmel.json"];
        File.WriteAllText(recipe, """{ "features": { "representation": "logmel" } }""");
        sample.Fail(1, "the recipe computes logmel, of which song files have none, and there are no others: take another recipe", "--recipe", recipe);
    }

    [Fact]
    public void A_part_that_the_small_genres_take_with_them_is_warned_of()
    {
        sample.Write([.. BalanceSample.Of("jazz", 20), .. BalanceSample.Of("disco", 3), .. BalanceSample.Of("disco", 2, "test")]);
        Assert.Contains("warning: there is nothing left in test: all of its 2 recordings are of genres that are left out", sample.RunWithReport("--min", "4").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_are_repeated_and_never_changed()
    {
        sample.Write([.. BalanceSample.Of("jazz", 2).Select(r => r with { Extension = "PNG" }), .. BalanceSample.Of("rock", 2)]);
        (Example[] examples, _, string errors) = sample.RunWithReport("--target", "8", "--augment", "pitch,crop");
        Assert.Contains("2 pictures are repeated without changes", errors, StringComparison.Ordinal);
        Assert.All(examples.Where(e => e.Genre == "jazz"), e => Assert.Equal((0f, 30.0), (e.PitchSemitones, e.LengthS)));
        Assert.All(examples.Where(e => e is { Genre: "rock", Copy: > 0 }), e => Assert.NotEqual(30, e.LengthS));
        Assert.DoesNotContain("without changes", sample.RunWithReport("--target", "8", "--augment", "repeat").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mutual_information_of_genre_and_source_is_scikit_learns()
    {
        // normalized_mutual_info_score of these counts by its definition, 2 I / (H(genre) + H(source)) in nats:
        // both entropies are ln 2; I = 2 (0.4 ln(0.4 / 0.25) + 0.1 ln(0.1 / 0.25)) = 0.192745.
        sample.Write([
            .. BalanceSample.Of("jazz", 8, source: "a"), .. BalanceSample.Of("jazz", 2, source: "b"), .. BalanceSample.Of("rock", 2, source: "a"), .. BalanceSample.Of("rock", 8, source: "b"),
        ]);
        (_, JsonElement report, _) = sample.RunWithReport("--per-source-cap", "2");
        Assert.Equal((0.278072, 0.8, 0.5), Mixing(report, 0));
        Assert.Equal((0, 0.5, 0.5), Mixing(report, 1));
        Assert.Empty(Rows(report, "told_by_source"));

        // H(genre) = 1.5 ln 2, H(source) = I = 0.25 ln 4 + 0.75 ln (4/3) = 0.562335.
        sample.Write([.. BalanceSample.Of("jazz", 20, source: "a"), .. BalanceSample.Of("rock", 10, source: "a"), .. BalanceSample.Of("folk", 10, source: "b")]);
        (_, report, string errors) = sample.RunWithReport();
        Assert.Equal((0.702017, 0.75, 0.5), Mixing(report, 1));
        Assert.Contains("folk, jazz, rock can be told by the source alone: as this holds of all genres, the sources cannot be mixed", errors, StringComparison.Ordinal);

        static (double, double, double) Mixing(JsonElement report, int row)
        {
            JsonElement figures = Rows(report, "mixing")[row];
            return (figures.GetProperty("mutual_information").GetDouble(), figures.GetProperty("right_by_source").GetDouble(), figures.GetProperty("right_by_nothing").GetDouble());
        }
    }

    [Fact]
    public void Names_are_quoted_for_a_shell_and_of_very_many_the_first_are_told()
    {
        BalanceRow[] mixed = [.. BalanceSample.Of("jazz", 3, source: "a"), .. BalanceSample.Of("jazz", 3, source: "b")];
        sample.Write([.. mixed, .. BalanceSample.Of("drum 'n' bass", 3, source: "a")]);
        Assert.Contains(@": --leave-out 'drum '\''n'\'' bass' would bring the mutual information to 0.000", sample.RunWithReport().Errors, StringComparison.Ordinal);
        sample.Write([.. mixed, .. Enumerable.Range(10, 12).SelectMany(i => BalanceSample.Of($"g{i}", 3, source: "a"))]);
        Assert.Contains("g10, g11, g12, g13, g14, g15, g16, g17, g18, g19 and 2 more can be told by the source alone: leaving them out would bring the mutual", sample.RunWithReport().Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Genres_of_one_source_are_named_with_the_options_that_leave_them_out()
    {
        sample.Write([
            .. BalanceSample.Of("jazz", 30, source: "a"), .. BalanceSample.Of("jazz", 30, source: "b"),
            .. BalanceSample.Of("hip hop", 95, source: "a"), .. BalanceSample.Of("hip hop", 5, source: "b"), .. BalanceSample.Of("rock", 94, source: "b"), .. BalanceSample.Of("rock", 6, source: "a"),
        ]);
        (_, JsonElement report, string errors) = sample.RunWithReport();
        Assert.Contains("hip hop can be told by the source alone: --leave-out 'hip hop' would bring the mutual information to ", errors, StringComparison.Ordinal);
        double promised = report.GetProperty("mutual_information_without").GetDouble();
        (Example[] examples, report, errors) = sample.RunWithReport("--leave-out", "hip hop");
        Assert.Equal(promised, Rows(report, "mixing")[1].GetProperty("mutual_information").GetDouble());
        Assert.Contains("left out of all parts by --leave-out, with their train recordings: hip hop (100)", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(examples, e => e.Genre == "hip hop");

        // Copies count: with five of each of its few recordings rock is no longer of one source.
        sample.Write([.. BalanceSample.Of("rock", 98, source: "b"), .. BalanceSample.Of("rock", 2, source: "a"), .. BalanceSample.Of("jazz", 30, source: "a"), .. BalanceSample.Of("jazz", 30, source: "b")]);
        Assert.Contains("rock can be told", sample.RunWithReport().Errors, StringComparison.Ordinal);
        errors = sample.RunWithReport("--per-source-cap", "2", "--target", "20").Errors;
        Assert.DoesNotContain("can be told", errors, StringComparison.Ordinal);

        sample.Write(BalanceSample.Of("rock", 5));
        Assert.Contains("all train recordings are from toy: there is no source to mistake for a genre", sample.RunWithReport().Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_of_the_inputs_are_repeated_and_travel_on()
    {
        sample.Write(BalanceSample.Of("rock", 5), history: [new(Provenance.Warning, "artists are not known"), new(Provenance.Warning, "songs neither")]);
        (_, JsonElement report, string errors) = sample.RunWithReport("--cap", "3");
        Assert.Contains("balance: warning: artists are not known\nbalance: warning: songs neither\n", errors, StringComparison.Ordinal);
        Assert.Equal(("artists are not known", "songs neither"), (report.GetProperty("warning").GetString(), report.GetProperty("warning_2").GetString()));
        Provenance provenance = TableReader<Example>.Open(sample.Output).Provenance;
        Assert.Equal(["artists are not known", "songs neither"], provenance.Warnings);
        Assert.Equal(["split", "balance"], provenance.Entries.Select(e => e.Stage));
        Assert.Equal(["features=any", "leave-out=", "min=0", "per-source-cap=none", "cap=3", "target=none"], provenance.Entries[^1].Settings.Take(6).Select(s => $"{s.Key}={s.Value}"));
        Assert.Equal(["recordings", "labels", "splits"], provenance.Entries[^1].Inputs.Select(i => i.Name));
    }

    [Fact]
    public void Tables_that_do_not_fit_together_are_refused()
    {
        BalanceRow[] rows = [.. BalanceSample.Of("rock", 5)];
        sample.Write(rows);
        BalanceSample.Table(sample.Recordings, rows[..3].Select(BalanceSample.RecordingOf));
        sample.Fail(1, "2 recordings of ");
        sample.Fail(1, " have no row among the recordings, first 'toy/rock.train.4': name all tables of recordings that the splits were made with, each with --recordings");
        sample.Write(rows);
        BalanceSample.Table(sample.Recordings, rows.Append(rows[0]).Select(BalanceSample.RecordingOf));
        sample.Fail(1, "the recording 'toy/rock.train.0' was among the recordings before");
        sample.Write(rows);
        BalanceSample.Table(sample.Recordings, rows.Select(r => BalanceSample.RecordingOf(r with { DurationS = double.NaN })));
        sample.Fail(1, "the row of 'toy/rock.train.0': column 'duration_s' is NaN");
        sample.Write(rows);
        BalanceSample.Table(sample.Labels, rows[..4].Select(LabelOf));
        sample.Fail(1, "1 recording of ");
        sample.Fail(1, " has no label, first 'toy/rock.train.4'");
        BalanceSample.Table(sample.Labels, rows.Append(rows[2]).Select(LabelOf));
        sample.Fail(1, "the recording 'toy/rock.train.2' is there twice: a recording has one genre");
        BalanceSample.Table(sample.Labels, rows.Select(r => LabelOf(r with { Genre = "" })));
        sample.Fail(1, "the row of 'toy/rock.train.0': column 'genre' is empty");
        sample.Write(rows);
        BalanceSample.Table(sample.Splits, rows.Append(rows[1]).Select(SplitOf));
        sample.Fail(1, "the recording 'toy/rock.train.1' is there twice: a recording belongs to one part");
        BalanceSample.Table(sample.Splits, rows.Select(r => SplitOf(r with { Split = "dev" })));
        sample.Fail(1, "column 'split' is 'dev', it must be one of train, valid, test");
        BalanceSample.Table<SplitRow>(sample.Splits, []);
        sample.Fail(1, "has no rows: there is nothing to plan");
        BalanceSample.Table(sample.Splits, rows.Select(LabelOf));
        sample.Fail(1, "it is a 'labels' table, 'splits' was expected");

        static Label LabelOf(BalanceRow r) => new(r.Id, r.Genre, null, null, null, null, null, "only-one", "folder");
        static SplitRow SplitOf(BalanceRow r) => new(r.Id, r.Group, r.Split, 0);
    }

    [Fact]
    public void Wrong_usage_is_a_sentence()
    {
        sample.Write(BalanceSample.Of("classical", 3));
        sample.Fail(2, "--cap needs at least 1, not '0'", "--cap", "0");
        sample.Fail(2, "--min needs at least 0, not '-1'", "--min", "-1");
        sample.Fail(2, "--target needs a whole number, not 'many'", "--target", "many");
        sample.Fail(2, "--small needs one of drop, refuse, not 'keep'", "--small", "keep");
        sample.Fail(2, "--augment needs names such as pitch,gain, of pitch, stretch, gain, noise, crop, repeat, none, not 'ptich' (did you mean 'pitch'?)", "--augment", "gain,ptich");
        sample.Fail(2, "--augment has 'repeat' beside others: it stands alone", "--augment", "gain,repeat");
        sample.Fail(2, "--target asks for copies and --augment none for none", "--target", "5", "--augment", "none");
        sample.Fail(2, "--picture needs a name that ends in .svg, not 'x.png'", "--picture", "x.png");
        sample.Fail(1, "--leave-out: no recording has the genre 'clasical' (did you mean 'classical'?)", "--leave-out", "clasical");
        sample.Fail(1, "there is no file 'nowhere.json'", "--recipe", "nowhere.json");
        sample.Fail(1, "there is no setting 'balance.caps' (did you mean 'cap'?)", "--recipe", sample.Recipe("""{ "caps": 3 }"""));
        sample.Fail(1, "'balance.cap' must be a whole number of at least 1, not 0", "--recipe", sample.Recipe("""{ "cap": 0 }"""));
        sample.Fail(1, "'balance.augment.stretch' must be a number from 1 to 16, not 0.5", "--recipe", sample.Recipe("""{ "augment": { "stretch": 0.5 } }"""));
        sample.Fail(1, "is named twice: name each table once", "--recordings", sample.Recordings);
        sample.Fail(1, "is read and cannot be written over", "--report", sample.Labels);
        sample.Fail(1, "is a folder: name a file in it", "--report", Path.GetDirectoryName(sample.Output)!);
        sample.Fail(2, "--out and --report are the same file", "--report", sample.Output);
    }

    [Fact]
    public void Extract_features_takes_the_table()
    {
        Tune.Write(sample["in/jazz/1.wav"], Tune.Make(1, 4));
        Tune.Write(sample["in/rock/2.wav"], Tune.Make(2, 4));
        StageRun.Succeed("ingest-audio", "--root", sample["in"], "--out", sample.Recordings, "--quiet", "--no-near-duplicates");
        Recording[] recordings = StageRun.Rows<Recording>(sample.Recordings);
        BalanceSample.Table(sample.Labels, recordings.Reverse().Select(r => new Label(r.RecordingId, r.FolderLabel!, null, null, null, null, r.FolderLabel, "only-one", "folder")));
        BalanceSample.Table(sample.Splits, recordings.Reverse().Select(r => new SplitRow(r.RecordingId, r.RecordingId, "train", 0)));
        Example[] examples = sample.Run("--target", "4", "--augment", "pitch,stretch,gain,noise,crop");
        File.WriteAllText(sample["features.json"], """{ "features": { "representation": "logmel" } }""");
        StageRun.Succeed(
            "extract-features", "--examples", sample.Output, "--recordings", sample.Recordings, "--root", sample["in"], "--recipe", sample["features.json"],
            "--out", sample["features.parquet"], "--quiet", "--max-failed", "0");
        FeatureRow[] features = StageRun.Rows<FeatureRow>(sample["features.parquet"]);
        Assert.Equal(examples.Select(e => (e.ExampleId, e.Split, e.Genre)), features.Select(f => (f.ExampleId, f.Split, f.Genre)));
        Assert.Equal(8, features.Select(f => f.Values.Sum()).Distinct().Count());
    }

    [Fact]
    public void The_recipes_that_come_along_are_understood()
    {
        sample.Write([.. BalanceSample.Of("rock", 12), .. BalanceSample.Of("rock", 11, source: "pictures").Select(r => r with { Extension = "png" })]);
        Dictionary<string, int> counts = Directory.GetFiles(Repository.Find("manifests", "recipes"), "*.json")
            .ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => sample.Run("--recipe", f).Length);
        Assert.Equal((12, 60, 11), (counts["top-n"], counts["regions"], counts["picture"]));
    }

    [Fact]
    public void Interrupted_it_leaves_nothing()
    {
        sample.Write(BalanceSample.Of("rock", 2000));
        CommandResult result = StageRun.Interrupt(
            "balance", sample.Output + ".part", sample.Arguments("--target", "100000000", "--recipe", sample.Recipe("""{ "augment": { "crop": 0.5, "most_copies": 100000 } }""")));
        Assert.Equal(130, result.ExitCode);
        Assert.False(File.Exists(sample.Output) || File.Exists(sample.Output + ".part"));
    }

    [Fact]
    public void The_picture_has_a_bar_for_each_genre_and_a_colour_for_each_source()
    {
        sample.Write([.. BalanceSample.Of("jazz", 30, source: "a"), .. BalanceSample.Of("rock & roll", 10, source: "b")]);
        sample.Run("--picture", sample["deep/plan.svg"], "--target", "30");
        string svg = File.ReadAllText(sample["deep/plan.svg"]);
        foreach (string text in new[] { ">jazz<", ">rock &amp; roll<", ">a<", ">b<", ">copies<", ">recordings before<", ">examples after<", ">10<", ">30<" })
        {
            Assert.Contains(text, svg, StringComparison.Ordinal);
        }
    }

    private static JsonElement[] Rows(JsonElement report, string table) => [.. report.GetProperty(table).EnumerateArray()];

    // Genres and sources of very unequal sizes; some genres without a train recording.
    private static BalanceRow[] Random(Random random, int count)
    {
        string[] genres = ["jazz", "rock", "hip hop", "polka", "folk"];
        var rows = new List<BalanceRow>();
        for (int i = 0; i < count; i++)
        {
            string genre = genres[(int)(genres.Length * Math.Pow(random.NextDouble(), 2.5))];
            string source = random.Next(10) < 7 ? "a" : random.Next(3) < 2 ? "b" : "c";
            string split = random.Next(10) is var part && part < 7 ? "train" : part < 8 ? "valid" : "test";
            rows.Add(new BalanceRow($"{source}/{i}", genre, split, $"{source}/artist {random.Next(count / 4)}", source, Math.Round(0.1 + 300 * Math.Pow(random.NextDouble(), 3), random.Next(1, 9))));
        }

        return [.. rows];
    }
}
