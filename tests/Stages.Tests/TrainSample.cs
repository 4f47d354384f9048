using System.Diagnostics;
using System.Text.Json;
using Pipeline.Models;
using Pipeline.Nn.Files;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>Small tables of features, recipes for them, and the models that train makes.</summary>
internal sealed class TrainSample : IDisposable
{
    /// <summary>A network that tells the sample's genres after a few epochs of some milliseconds.</summary>
    public const string Network = """{ "layers": [{ "layer": "conv", "filters": 8, "pool": 2, "dropout": 0.1 }, { "layer": "global-pool" }] }""";

    /// <summary>Its training.</summary>
    public const string Training = """{ "epochs": 6, "batch": 16, "average": 0.9, "optimiser": { "rate": 0.02 }, "schedule": { "kind": "plateau", "patience": 0 } }""";

    private static readonly string[] Genres = ["blues", "jazz", "rock"];

    private readonly TemporaryFolder folder = new();

    public string this[string name] => folder[name];

    public void Dispose() => folder.Dispose();

    /// <summary>Windows of which each genre is loud in a channel of its own: 60 for train, 20 for valid and 20 for test, two of each recording.</summary>
    public static List<FeatureRow> Rows(int channels = 4, int frames = 24, string representation = "segments")
    {
        var random = new Random(channels * frames);
        var rows = new List<FeatureRow>();
        for (int i = 0; i < 100; i++)
        {
            int recording = i / 2, genre = recording % Genres.Length;
            float[] values = [.. Enumerable.Range(0, channels * frames).Select(k => 5 + random.NextSingle() + (k / frames == genre ? 0.5f : 0))];
            string part = i < 60 ? "train" : i < 80 ? "valid" : "test";
            rows.Add(new FeatureRow($"toy/{recording}#0", $"toy/{recording}", "toy", part, Genres[genre], representation, i % 2, i % 2, 1, channels, frames, values));
        }

        return rows;
    }

    /// <summary>Writes a table, whatever its rows are, and gives its path.</summary>
    public string Features(IEnumerable<FeatureRow>? rows = null, string name = "features.parquet", Provenance? provenance = null) => Table(name, rows ?? Rows(), provenance);

    /// <summary>The splits of the sample.</summary>
    public string Splits(Func<FeatureRow, SplitRow> of) => Table("splits.parquet", Rows().DistinctBy(r => r.RecordingId).Select(of), null);

    /// <summary>Writes a recipe and gives its path.</summary>
    public string Recipe(string network = Network, string training = Training) =>
        folder.Write("recipe.json", $$"""{ "name": "toy", "network": {{network}}, "training": {{training}} }""");

    public string Write(string name, string content) => folder.Write(name, content);

    /// <summary>The command line for a model of this name, of the features and the recipe that were written last.</summary>
    public string[] Line(string model, params string[] more)
    {
        (string Name, string Value)[] usual = [("--features", folder["features.parquet"]), ("--recipe", folder["recipe.json"]), ("--threads", "1")];
        return [.. usual.Where(u => !more.Contains(u.Name)).SelectMany(u => (string[])[u.Name, u.Value]), "--out", folder[model], "--quiet", .. more];
    }

    /// <summary>Trains a model and gives its folder.</summary>
    public string Train(string model, params string[] more)
    {
        StageRun.Succeed("train", Line(model, more));
        return folder[model];
    }

    /// <summary>Starts to train, sends a signal a moment after the next checkpoint was written, and gives the exit code.</summary>
    public int Signal(string model, string signal, int milliseconds, params string[] more)
    {
        // Job control, so that the stage does not start with Ctrl-C ignored as background jobs do.
        string file = Checkpoint(model);
        string wait = $"[ ! -e '{file}' ] || touch -d '1 hour ago' '{file}'; set -m; \"$0\" \"$@\" & "
            + $"for i in $(seq 500); do [ -n \"$(find '{file}' -mmin -30 2>/dev/null)\" ] && break; kill -0 $! 2>/dev/null || break; sleep 0.01; done; "
            + $"sleep {milliseconds / 1000.0:0.000}; kill -{signal} $! 2>/dev/null; wait $!";
        return Command.Run("/bin/bash", ["-c", wait, Repository.Find("bin", "train"), .. Line(model, more)]).ExitCode;
    }

    public string Checkpoint(string model) => Path.Combine(folder[model], "checkpoints", "seed-0.safetensors");

    /// <summary>Asserts that two models have the same bytes.</summary>
    public void AssertSame(string expected, string actual)
    {
        foreach (string file in (string[])["history.csv", "curves.svg", "model.safetensors", "model.json"])
        {
            Assert.True(Bytes(expected, file).SequenceEqual(Bytes(actual, file)), $"{file} of {actual} is another one than that of {expected}");
        }
    }

    public byte[] Bytes(string model, string file) => File.ReadAllBytes(Path.Combine(folder[model], file));

    public JsonElement Json(string model) => JsonDocument.Parse(Bytes(model, Model.DescriptionFile)).RootElement;

    public string History(string model) => File.ReadAllText(Path.Combine(folder[model], "history.csv"));

    /// <summary>The weights of a member, by their names in its network.</summary>
    public Dictionary<string, float[]> Weights(string model, int member)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(Path.Combine(folder[model], Model.WeightsFile));
        string prefix = Model.MemberName(member, "");
        return reader.Entries.Where(e => e.Name.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(e => e.Name[prefix.Length..], e => reader.Floats(e.Name));
    }

    /// <summary>Trains, which must fail with a sentence and leave no model.</summary>
    public CommandResult Refuse(int code, string sentence, params string[] more)
    {
        CommandResult result = StageRun.Fail(code, sentence, "train", Line("refused", more));
        Assert.False(File.Exists(Path.Combine(folder["refused"], Model.DescriptionFile)), "there is a model");
        string[] lines = [.. result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.True(lines.All(l => l.StartsWith("train: ", StringComparison.Ordinal) || l.StartsWith("try '", StringComparison.Ordinal)), result.Errors);
        return result;
    }

    /// <summary>Trains where a folder of a model, with all that is in it, is on a disk of so many bytes. What is there afterwards is in the folder <c>after</c>.</summary>
    public CommandResult TrainOnSmallDisk(string model, long bytes, params string[] more)
    {
        Assert.SkipUnless(Command.Run("/bin/bash", ["-c", "unshare -rm true"]).ExitCode == 0, "a disk of its own cannot be made here");
        string there = Directory.CreateDirectory(folder[model]).FullName;
        string line = $"cp -r '{there}' '{there}.copy' && mount -t tmpfs -o size={bytes} none '{there}' && cp -r '{there}.copy/.' '{there}' && {{ \"$0\" \"$@\"; code=$?; cp -r '{there}' '{folder["after"]}'; exit $code; }}";
        return Command.Run("/usr/bin/env", ["unshare", "-rm", "/bin/bash", "-c", line, Repository.Find("bin", "train"), .. Line(model, more)]);
    }

    /// <summary>Starts to train and goes on here, until disposed.</summary>
    public Process Start(string model, params string[] more)
    {
        var start = new ProcessStartInfo(Repository.Find("bin", "train"), Line(model, more)) { RedirectStandardError = true };
        return Process.Start(start)!;
    }

    private string Table<T>(string name, IEnumerable<T> rows, Provenance? provenance) where T : ITableRow<T>
    {
        using var table = TableWriter<Unchecked<T>>.Create(folder[name], provenance ?? Provenance.Empty);
        foreach (T row in rows)
        {
            table.Write(new Unchecked<T>(row));
        }

        table.Commit();
        return folder[name];
    }
}
