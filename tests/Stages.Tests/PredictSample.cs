using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>Models that were trained on files of a folder, whose features the stages computed.</summary>
internal sealed class PredictSample : IDisposable
{
    /// <summary>Windows of a second of MFCCs, and a network that is trained in no time.</summary>
    public const string Sound = """
        { "name": "toy", "features": { "representation": "mfcc", "coefficients": 13, "window": { "length_s": 1, "overlap": 0.5 } },
          "network": { "layers": [{ "layer": "global-pool" }] }, "training": { "epochs": 1, "batch": 4, "seeds": 2 } }
        """;

    private static readonly string[] Parts = ["train", "valid", "test"];

    private readonly TemporaryFolder folder = new();

    public string this[string name] => folder[name];

    /// <summary>The model's folder.</summary>
    public string Model => folder["model"];

    /// <summary>The table that the model was trained on.</summary>
    public string Features => folder["features.parquet"];

    public void Dispose() => folder.Dispose();

    public string Write(string name, string content) => folder.Write(name, content);

    /// <summary>A model of sound, of two short clips for each part.</summary>
    public static PredictSample OfSound()
    {
        var sample = new PredictSample();
        for (int i = 0; i < 6; i++)
        {
            Tune.Write(sample[$"in/a/{i}.wav"], Tune.Make(i, 1.2));
        }

        sample.LearnSound(Sound);
        return sample;
    }

    /// <summary>Trains on the sound in the folder <c>in</c>.</summary>
    public FeatureRow[] LearnSound(string recipe)
    {
        StageRun.Succeed("ingest-audio", "--root", folder["in"], "--out", folder["r.parquet"], "--no-near-duplicates", "--quiet");
        return Learn(recipe, "--root", folder["in"]);
    }

    /// <summary>Trains on the recordings of <c>r.parquet</c>: of each six, two are for each part, one of each genre.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="more">What extract-features is told beside.</param>
    public FeatureRow[] Learn(string recipe, params string[] more)
    {
        Write("recipe.json", recipe);
        StageRun.Succeed("extract-features", ["--recordings", folder["r.parquet"], "--recipe", folder["recipe.json"], "--out", folder["f.parquet"], "--quiet", .. more]);
        TableReader<FeatureRow> table = TableReader<FeatureRow>.Open(folder["f.parquet"]);
        FeatureRow[] rows = [.. table.Read(CancellationToken.None)];
        List<string> recordings = [.. rows.Select(r => r.RecordingId).Distinct()];
        rows = Array.ConvertAll(rows, r => r with { Split = Parts[recordings.IndexOf(r.RecordingId) / 2 % 3], Genre = recordings.IndexOf(r.RecordingId) % 2 == 0 ? "jazz" : "rock" });
        using (var writer = TableWriter<FeatureRow>.Create(Features, table.Provenance))
        {
            foreach (FeatureRow row in rows)
            {
                writer.Write(row);
            }

            writer.Commit();
        }

        StageRun.Succeed("train", "--features", Features, "--recipe", folder["recipe.json"], "--out", Model, "--threads", "1", "--quiet");
        return rows;
    }

    /// <summary>Asks the model.</summary>
    public CommandResult Ask(int code, params string[] arguments)
    {
        CommandResult result = Command.Run(Repository.Find("bin", "predict"), ["--model", Model, .. arguments], folder.Path);
        Assert.True(result.ExitCode == code, $"{result.ExitCode}: {result.Errors}");
        Assert.DoesNotContain("internal error", result.Errors, StringComparison.Ordinal);
        return result;
    }
}
