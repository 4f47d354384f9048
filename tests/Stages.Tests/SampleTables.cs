using Pipeline.Parquet;
using Pipeline.Tables;

namespace Pipeline.Tests;

/// <summary>Tables for inspect to look into.</summary>
internal static class SampleTables
{
    /// <summary>Six features of three genres, with a history of two stages.</summary>
    public static string Features(TemporaryFolder folder)
    {
        string labels = Labels(folder);
        string path = folder["features.parquet"];
        Provenance provenance = Provenance.After("extract-features", "0.1.0", [new("recipe", "top-n"), new("seed", "0")], TableInput.Of("labels", labels));
        using TableWriter<FeatureRow> writer = TableWriter<FeatureRow>.Create(path, provenance);
        string[] genres = ["jazz", "rock", "jazz", "blues", "jazz", "rock"];
        for (int i = 0; i < genres.Length; i++)
        {
            float[] values = [.. Enumerable.Range(0, 2 * (650 + i)).Select(k => -80 + k * 0.01f)];
            writer.Write(new FeatureRow($"toy/{i}#0", $"toy/{i}", "toy", i < 4 ? "train" : "test", genres[i], "logmel", 0, 0, 30, 2, 650 + i, values));
        }

        writer.Commit();
        return path;
    }

    public static string Labels(TemporaryFolder folder)
    {
        string path = folder["labels.parquet"];
        using TableWriter<Label> writer = TableWriter<Label>.Create(path, Provenance.After("unify-labels", "0.1.0", [new("policy", "agree")]));
        writer.Write(new Label("toy/0", "jazz", "Jazz", null, "Jazz", null, null, "agree", "agree"));
        writer.Write(new Label("toy/1", "rock", null, null, null, null, "rock", "only-one", "folder"));
        writer.Commit();
        return path;
    }

    /// <summary>A table of nobody's, with text that could harm a terminal or a CSV reader.</summary>
    public static string Foreign(TemporaryFolder folder)
    {
        string path = folder["foreign.parquet"];
        using FileStream stream = File.Create(path);
        using var writer = new ParquetWriter(stream, [new("name", ColumnType.String, IsOptional: true), new("n", ColumnType.Int64), new("x", ColumnType.Double, IsOptional: true)]);
        (string? Name, long N, double? X)[] rows =
        [
            ("plain", 1, 0.5), ("comma, \"quote\"", 20, double.NaN), ("line\nbreak \u001b[31m", 300, null), (null, -4, double.PositiveInfinity),
        ];
        foreach ((string? name, long n, double? x) in rows)
        {
            writer.Bytes("name").Append(name);
            writer.Column<long>("n").Append(n);
            writer.Column<double>("x").Append(x);
            writer.EndRow();
        }

        writer.Finish();
        return path;
    }
}
