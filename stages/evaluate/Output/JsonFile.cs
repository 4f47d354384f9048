using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Cli;

namespace Pipeline.Stages.Evaluating;

/// <summary>Everything, for programs. What is not defined is null.</summary>
internal static class JsonFile
{
    private const int Digits = 9;

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file's text.</summary>
    public static string Of(Findings findings)
    {
        var root = new JsonObject
        {
            ["stage"] = Stage.Name,
            ["version"] = Stage.Version,
            ["headline"] = findings.Parts.Count > 0 ? Shown.Headline(findings.Parts[0]) : null,
            ["warnings"] = Texts(findings.Warnings),
            ["notes"] = Texts(findings.Notes),
            ["parts"] = new JsonObject(findings.Parts.Select(p => KeyValuePair.Create(p.Split, (JsonNode?)Part(p)))),
            ["history"] = List(findings.Histories, History),
            ["provenance"] = JsonNode.Parse(findings.Provenance.ToJson()),
        };
        return root.ToJsonString(Format) + "\n";
    }

    private static JsonObject Part(Evaluation part)
    {
        JsonObject figures = Figures(part);
        if (part.Extra is { } extra)
        {
            figures.Insert(0, "folder", extra.Folder.Name);
        }

        return figures;
    }

    private static JsonObject Figures(Evaluation part) => new()
    {
        ["counts"] = new JsonObject
        {
            ["recordings"] = part.All.Recordings.Count,
            ["examples"] = part.Verdicts.Examples.Count,
            ["windows"] = part.All.Windows.Count,
            ["groups"] = part.Groups,
            ["genres_of_model"] = part.Verdicts.ModelGenres,
            ["genres_present"] = Enumerable.Range(0, part.Genres.Count).Count(g => part.All.Recordings.Support(g) > 0),
        },
        ["genres"] = Texts(part.Genres),
        ["recordings"] = Level(part.Genres, part.All.Recordings, part.RecordingAccuracy, part.Verdicts.ModelGenres),
        ["windows"] = Level(part.Genres, part.All.Windows, part.WindowAccuracy, part.Verdicts.ModelGenres),
        ["baselines"] = new JsonObject
        {
            ["majority"] = part.Majority is not { } majority ? null : new JsonObject
            {
                ["genre"] = majority.Genre,
                ["of"] = majority.IsOfTrain ? "train" : part.Split,
                ["recordings_accuracy"] = Number(majority.Recordings),
                ["windows_accuracy"] = Number(majority.Windows),
            },
            ["nearest_neighbour"] = part.Neighbours is not { } neighbours ? null : new JsonObject
            {
                ["recordings"] = Headline(neighbours.Scores.Recordings),
                ["windows"] = Headline(neighbours.Scores.Windows),
                ["windows_there_are"] = neighbours.AllWindows,
                ["train_windows"] = neighbours.TrainWindows,
                ["train_windows_there_are"] = neighbours.AllTrainWindows,
            },
        },
        ["runs"] = Runs(part),
        ["sources"] = List(part.BySource, s => new JsonObject
        {
            ["source"] = s.Source,
            ["recordings"] = Headline(s.Scores.Recordings),
            ["windows"] = Headline(s.Scores.Windows),
        }),
        ["source_probes"] = List(part.Probes, p => new JsonObject
        {
            ["of"] = p.Of,
            ["recordings"] = p.Recordings,
            ["accuracy"] = Number(p.Accuracy),
            ["balanced_accuracy"] = Number(p.BalancedAccuracy),
            ["majority"] = p.Majority,
            ["majority_share"] = Number(p.MajorityShare),
        }),
        ["importance"] = List(part.Importance, i => new JsonObject
        {
            ["channels"] = i.Group,
            ["accuracy_loss"] = Number(i.Loss),
            ["deviation"] = Number(i.Deviation),
        }),
        ["mistakes"] = List(part.Mistakes, m => new JsonObject
        {
            ["recording_id"] = m.RecordingId,
            ["title"] = m.Name.Title,
            ["artist"] = m.Name.Artist,
            ["source"] = m.Source,
            ["truth"] = m.Truth,
            ["verdict"] = m.Verdict,
            ["probability"] = Number(m.Probability),
            ["truth_probability"] = Number(m.TruthProbability),
        }),
    };

    private static JsonObject Level(IReadOnlyList<string> genres, Scores scores, Interval? interval, int modelGenres)
    {
        JsonObject level = Headline(scores);
        level["accuracy_interval"] = interval is { } i ? new JsonArray(Number(i.Low), Number(i.High)) : null;
        level["top_k"] = List(Enumerable.Range(1, modelGenres), k => Number(scores.TopK(k)));
        level["genres"] = List(Enumerable.Range(0, genres.Count), g => new JsonObject
        {
            ["genre"] = genres[g],
            ["support"] = scores.Support(g),
            ["verdicts"] = scores.Named(g),
            ["precision"] = Number(scores.Precision(g)),
            ["recall"] = Number(scores.Recall(g)),
            ["f1"] = Number(scores.F1(g)),
        });
        level["confusion"] = List(
            Enumerable.Range(0, genres.Count), t => List(Enumerable.Range(0, genres.Count), v => JsonValue.Create(scores[t, v])));
        level["calibration"] = List(Enumerable.Range(0, Scores.Bins), b => new JsonObject
        {
            ["from"] = Number((double)b / Scores.Bins),
            ["to"] = Number((b + 1.0) / Scores.Bins),
            ["count"] = scores.Bin(b).Count,
            ["confidence"] = Number(scores.Bin(b).Confidence),
            ["accuracy"] = Number(scores.Bin(b).Accuracy),
        });
        return level;
    }

    private static JsonObject Headline(Scores scores)
    {
        var figures = new JsonObject { ["count"] = scores.Count };
        foreach ((string key, _, Func<Scores, double?> of) in Evaluation.Headline)
        {
            figures[key] = Number(of(scores));
        }

        return figures;
    }

    private static JsonObject Runs(Evaluation part)
    {
        var runs = new JsonObject
        {
            ["names"] = Texts(part.Verdicts.Runs),
            ["overlap"] = part.RunsOverlap,
            ["each"] = List(Enumerable.Range(0, part.Runs.Count), r => new JsonObject
            {
                ["run"] = part.Verdicts.Runs[r],
                ["recordings"] = Headline(part.Runs[r].Recordings),
                ["windows"] = Headline(part.Runs[r].Windows),
            }),
        };
        foreach ((string level, Func<Levels, Scores> at) in new[] { ("recordings", (Func<Levels, Scores>)(l => l.Recordings)), ("windows", l => l.Windows) })
        {
            var spread = new JsonObject();
            foreach ((string key, _, Func<Scores, double?> of) in Evaluation.Headline)
            {
                spread[key] = part.OverRuns(at, of) is not var (mean, deviation, least, most) ? null : new JsonObject
                {
                    ["mean"] = Number(mean), ["deviation"] = Number(deviation), ["least"] = Number(least), ["most"] = Number(most),
                };
            }

            runs[level] = part.Runs.Count == 0 ? null : spread;
        }

        return runs;
    }

    private static JsonObject History(History history)
    {
        var columns = new JsonObject { ["epoch"] = List(history.Epochs, e => Number(e)) };
        foreach ((string name, double?[] values) in history.Columns)
        {
            columns[name] = List(values, Number);
        }

        return new JsonObject { ["name"] = history.Name, ["columns"] = columns };
    }

    private static JsonArray Texts(IEnumerable<string> texts) => List(texts, t => JsonValue.Create(t));

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> node) => [.. items.Select(node)];

    private static JsonNode? Number(double? number) =>
        number is { } n && double.IsFinite(n) ? JsonValue.Create(Math.Round(n, Digits)) : null;
}
