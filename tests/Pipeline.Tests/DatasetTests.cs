using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary><c>make dataset</c> and <c>make train</c> from end to end, on corpora of a few clips.</summary>
public sealed class DatasetTests : IDisposable
{
    private const string Tiny = "MAKE_CORPUS_OPTIONS=--genres jazz,metal --artists 4 --clips 2 --seconds 2 --tracks 24 --track-seconds 4 --no-faults";

    private const string Small = """
        {
          "features": { "representation": "segments", "window": { "length_frames": 8 } },
          "network": { "layers": [ { "layer": "conv", "filters": 8, "pool": 2 }, { "layer": "flatten" } ] },
          "training": { "epochs": 2 }
        }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void With_no_settings_the_tables_come_from_the_built_in_corpus()
    {
        Make(Tiny);
        Recording[] recordings = [.. Read<Recording>("recordings")];
        Assert.Equal(16, recordings.Count(r => r.Source == "gtzan"));
        Assert.Equal(24, recordings.Count(r => r.Source == "msd"));
        Assert.All(recordings, r => Assert.Null(r.Fault));
        Assert.All(recordings, r => Assert.NotNull(r.Artist));
        Assert.Equal(["jazz", "metal"], recordings.Select(r => r.FolderLabel).OfType<string>().Distinct());
        Assert.Equal(recordings.Where(r => r.Source == "msd").Select(r => r.RecordingId), Read<Segments>("segments").Select(s => s.RecordingId));
        Assert.Empty(Stages(Make(Tiny)));
        Assert.Empty(Stages(Make("-n", Tiny)));
        Assert.Equal(["split", "balance", "extract-features"], Stages(Make("-n", Tiny, "SPLIT_OPTIONS=--seed 3")));

        // Of each recording with a part there are features, in that part, but for those of a genre that is too small.
        Dictionary<string, string> splits = Rows<SplitRow>("splits.parquet").ToDictionary(r => r.RecordingId, r => r.Split);
        FeatureRow[] features = Rows<FeatureRow>("features", "top-n.parquet");
        Example[] examples = Rows<Example>("examples", "top-n.parquet");
        Assert.Equal(examples.Select(e => e.ExampleId), features.Select(f => f.ExampleId).Distinct());
        Assert.InRange(examples.Length, 36, splits.Count);
        Assert.All(features, f => Assert.Equal(splits[f.RecordingId], f.Split));
        Assert.Equal(["test", "train", "valid"], splits.Values.Distinct().Order());
        foreach (string report in (string[])["labels.txt", "splits.txt", "balance-top-n.txt", "balance-top-n.svg"])
        {
            Assert.True(File.Exists(Table("reports", report)), report);
        }
    }

    [Fact]
    public void A_changed_cap_makes_the_examples_and_what_follows_and_nothing_before()
    {
        Make(Tiny);
        string[] made = Stages(Make(Tiny, "BALANCE_OPTIONS=--cap 3"));
        Assert.Equal(["balance", "extract-features"], made);
        Assert.All(Rows<Example>("examples", "top-n.parquet").Where(e => e.Split == "train").CountBy(e => e.Genre), g => Assert.Equal(3, g.Value));
    }

    [Fact]
    public void Shards_and_a_launcher_change_no_byte_of_any_table()
    {
        Make(Tiny);
        Dictionary<string, byte[]> whole = Tables();
        Assert.Equal(
            ["examples/top-n.parquet", "features/top-n.parquet", "labels.parquet", "recordings/gtzan.parquet", "recordings/msd.parquet", "segments/msd.parquet", "splits.parquet"],
            whole.Keys.Order(StringComparer.Ordinal));
        string[] made = Stages(Make(Tiny, "SHARDS=4", "LAUNCH=nice"));
        Assert.Equal(4, made.Count(m => m == "ingest-msd"));
        Assert.Equal(4, made.Count(m => m == "extract-features"));
        Dictionary<string, byte[]> merged = Tables();
        Assert.Empty(Stages(Make(Tiny, "SHARDS=4", "LAUNCH=nice")));
        Assert.Empty(Stages(Make("-n", Tiny, "SHARDS=4")));
        Assert.Equal(whole.Keys.Order(), merged.Keys.Order());
        Assert.All(whole, t => Assert.True(t.Value.AsSpan().SequenceEqual(merged[t.Key]), t.Key));
    }

    [Fact]
    public void A_split_that_flatters_is_warned_of_at_every_step_after_it()
    {
        CommandResult result = Run(Tiny, "SPLIT_OPTIONS=--by none");
        Assert.True(result.ExitCode == 0, result.Errors);
        foreach (string stage in (string[])["split", "balance", "extract-features"])
        {
            Assert.Contains($"{stage}: warning: recordings of one artist, and copies of one recording, may stand in train and in test", result.Errors, StringComparison.Ordinal);
        }

        Assert.Single(TableReader<FeatureRow>.Open(Table("features", "top-n.parquet")).Provenance.Warnings);
        string seen = Command.Stage("inspect", Table("features", "top-n.parquet")).Output;
        Assert.Contains("\nwarning: recordings of one artist", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("--warning", seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_in_another_language_takes_the_place_of_ours_and_nobody_notices()
    {
        string script = Repository.Find("tests", "Pipeline.Tests", "swap", "unify-labels.mjs");
        Assert.SkipUnless(Directory.Exists(Repository.Find("tests", "Interop", "node_modules", "@duckdb")), "DuckDB's package for node is not installed: cd tests/Interop && npm ci");
        Make(Tiny);
        string[] made = Stages(Make(Tiny, $"UNIFY_LABELS=node {script}"));
        Assert.Equal(["unify-labels.mjs", "split", "balance", "extract-features"], made);
        CommandResult check = Command.Stage("inspect", "--contract", "labels", Table("labels.parquet"));
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
        Assert.All(Rows<Label>("labels.parquet"), l => Assert.Contains(l.Rule, (string[])["tagtraum", "topmagd", "folder"]));
        Assert.InRange(Rows<FeatureRow>("features", "top-n.parquet").Select(f => f.RecordingId).Distinct().Count(), 36, 40);
    }

    [Fact]
    public void What_was_made_before_an_interruption_is_not_made_again()
    {
        // The split ends the run as Ctrl-C would: everything before it stands.
        string script = folder.Write("interrupted.sh", "#!/bin/bash\nkill -INT $$\n");
        CommandResult result = Run(Tiny, $"SPLIT=bash {script}");
        Assert.NotEqual(0, result.ExitCode);
        Assert.True(File.Exists(Table("labels.parquet")));
        Assert.False(File.Exists(Table("splits.parquet")));
        Assert.Equal(["split", "balance", "extract-features"], Stages(Make(Tiny)));
    }

    [Fact]
    public void A_model_and_its_report_come_of_the_tables_and_are_made_again_when_those_or_the_recipe_change()
    {
        string recipe = folder.Write("small.json", Small);
        Assert.Equal(["train", "evaluate"], Stages(Make("train", Tiny, $"RECIPE={recipe}")).TakeLast(2));
        string model = Table("models", "small", "model.json");
        foreach (string file in (string[])[model, Table("models", "small", "model.safetensors"), Table("models", "small", "curves.svg"), Table("reports", "small", "report.html")])
        {
            Assert.True(File.Exists(file), file);
        }

        Assert.Empty(Stages(Make("train", Tiny, $"RECIPE={recipe}")));
        Assert.Equal(["train", "evaluate"], Stages(Make("train", Tiny, $"RECIPE={recipe}", "TRAIN_OPTIONS=--seed 3")));

        // A training that fails leaves the model that was there.
        byte[] before = File.ReadAllBytes(model);
        CommandResult failed = Run("train", Tiny, $"RECIPE={recipe}", "TRAIN_OPTIONS=--seed 3 --fold 7");
        Assert.Contains("train: ", failed.Errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(model));
        Assert.Empty(Stages(Make("train", Tiny, $"RECIPE={recipe}", "TRAIN_OPTIONS=--seed 3")));
    }

    [Fact]
    public void A_folder_of_the_users_takes_the_corpuss_place_and_nothing_of_it_stays()
    {
        Make(Tiny);
        string music = folder["music"];
        Directory.Move(Table("corpus", "gtzan", "genres"), music);
        Make($"GTZAN={music}", "MANIFEST=");
        Recording[] recordings = [.. Read<Recording>("recordings")];
        Assert.Equal(16, recordings.Length);
        Assert.All(recordings, r => Assert.Null(r.Artist));
        Assert.Equal(["jazz", "metal"], TableReader<Label>.Open(Table("labels.parquet")).Read(TestContext.Current.CancellationToken).Select(l => l.Genre).Distinct().Order());
        Assert.False(File.Exists(Table("segments", "msd.parquet")));
    }

    [Fact]
    public void Segments_that_were_deleted_come_back()
    {
        Make(Tiny);
        string segments = Table("segments", "msd.parquet");
        byte[] before = File.ReadAllBytes(segments);
        File.Delete(segments);
        Make(Tiny);
        Assert.Equal(before, File.ReadAllBytes(segments));
    }

    [Fact]
    public void A_failure_leaves_the_table_that_was_there()
    {
        Make(Tiny);
        string recordings = Table("recordings", "msd.parquet");
        byte[] before = File.ReadAllBytes(recordings);
        CommandResult result = Run($"MSD={folder["nowhere"]}");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("there is no file or folder", result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(recordings));
        Assert.Contains("it is now", result.Errors, StringComparison.Ordinal); // of the sound files, which this run does not name
        Assert.True(File.Exists(Table("aside", "recordings", "gtzan.parquet")));
    }

    [Theory]
    [InlineData("GTZN=music", "there is no setting GTZN; there are DATA GTZAN AUDIO MSD ")]
    [InlineData("GTZAN=my music", "must have no space in them")]
    [InlineData("DATA=my data", "must have no space in them")]
    [InlineData("TAGTRAUM=cd1.cls", "name their folder as well, with MSD=")]
    [InlineData("GTZAN=music PICTURES=pictures", "pictures and sound have no features in common")]
    [InlineData("GTZAN=music AUDIO=songs", "name one of them")]
    [InlineData("SHAPE=gtzan AUDIO=songs", "is a corpus that is made where no data is named")]
    [InlineData("SHAPE=regoins", "there is no built-in corpus of that name")]
    [InlineData("RECIPE=spectrogram-png AUDIO=songs", "is of pictures: name a folder of them with PICTURES=")]
    [InlineData("RECIPE=regions PICTURES=pictures", "computes its features of sound, and PICTURES= names pictures")]
    public void A_setting_that_would_lead_astray_is_refused_before_anything_is_done(string setting, string sentence)
    {
        CommandResult result = Run(setting.Count(c => c == '=') > 1 ? setting.Split(' ') : [setting]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(sentence, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_music_is_not_taken_for_the_place_of_tables()
    {
        folder.Write("songs/Town/one.wav", "");
        Assert.Contains("Name music with AUDIO=", Run($"DATA={folder["songs"]}").Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("regions", "--shape regions", "corpus/regions --source audio --manifest")]
    [InlineData("spectrogram-png", "--shape pictures", "corpus/images --source pictures --manifest")]
    [InlineData("mvp", "--shape gtzan", "corpus/gtzan/genres --source gtzan --manifest")]
    public void Without_data_a_recipe_is_trained_on_the_corpus_that_it_names(string recipe, params string[] planned)
    {
        string plan = Make("-n", "train", $"RECIPE={recipe}");
        Assert.All(planned, p => Assert.Contains(p, plan, StringComparison.Ordinal));
        Assert.DoesNotContain("ingest-msd", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_at_all_recipes_makes_nothing()
    {
        Assert.Equal(0, Command.Run("make", ["-C", Repository.Root, "-n", "recipes", "leak", $"DATA={folder["nothing"]}"], null, ("MAKEFLAGS", null)).ExitCode);
        Assert.False(Path.Exists(folder["nothing"]));
    }

    // The stages that a run started, by the lines that make prints.
    private static string[] Stages(string output) =>
        [.. output.Split('\n').Where(l => l.Contains(" --out", StringComparison.Ordinal)).Select(l => Path.GetFileName(l.Split(" --", 2)[0].Split(' ')[^1]))];

    private Dictionary<string, byte[]> Tables() => Directory.GetFiles(Table(), "*.parquet", SearchOption.AllDirectories)
        .Where(f => !f.Contains("/.", StringComparison.Ordinal)).ToDictionary(f => Path.GetRelativePath(Table(), f), File.ReadAllBytes);

    private T[] Rows<T>(params string[] table)
        where T : ITableRow<T> => [.. TableReader<T>.Open(Table(table)).Read(TestContext.Current.CancellationToken)];

    private IEnumerable<T> Read<T>(string table)
        where T : ITableRow<T> => TableReader<T>.Open(Table(table)).Read(TestContext.Current.CancellationToken);

    private string Table(params string[] parts) => Path.Combine([folder["data"], .. parts]);

    private string Make(params string[] settings)
    {
        CommandResult result = Run(settings);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result.Output;
    }

    private CommandResult Run(params string[] settings)
    {
        string[] data = settings.Any(s => s.StartsWith("DATA=", StringComparison.Ordinal)) ? [] : [$"DATA={folder["data"]}"];
        string[] goal = settings.Contains("train") ? [] : ["dataset"];
        return Command.Run("make", ["-C", Repository.Root, "--no-print-directory", .. goal, .. data, .. settings], null, ("MAKEFLAGS", null));
    }
}
