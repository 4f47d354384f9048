using System.Globalization;
using Pipeline.Cli;

namespace Pipeline.Stages.Evaluating;

/// <summary>How a training went: a figure of each epoch, out of a file of comma-separated columns with their names in its first line.</summary>
/// <param name="Name">The file's name, and the network's seed where it holds several.</param>
/// <param name="Epochs">Number of each epoch.</param>
/// <param name="Columns">Figures by name, of each epoch; null where a field is empty or no number.</param>
internal sealed record History(string Name, double[] Epochs, IReadOnlyDictionary<string, double?[]> Columns)
{
    private static readonly string[] Known = ["train_loss", "valid_loss", "train_accuracy", "valid_accuracy", "valid_macro_f1", "rate"];

    /// <summary>Reads a file: a history of each network in it.</summary>
    /// <exception cref="StageException">It has no such columns.</exception>
    public static IReadOnlyList<History> Read(string path)
    {
        string[] lines = [.. File.ReadLines(path).Where(l => l.Trim().Length > 0)];
        string[] names = lines.Length == 0 ? [] : [.. lines[0].TrimStart('\ufeff').Split(',').Select(n => n.Trim())];
        int epoch = Array.IndexOf(names, "epoch");
        if (epoch < 0 || !names.Intersect(Known).Any())
        {
            throw new StageException($"{path}: the first line of a training's history names its columns, among them epoch and {string.Join(", ", Known)}");
        }

        double?[][] rows = new double?[lines.Length - 1][];
        for (int i = 1; i < lines.Length; i++)
        {
            double?[] row = [.. lines[i].Split(',').Select(Number)];
            if (row.Length != names.Length || row[epoch] is null)
            {
                string but = row.Length == names.Length ? "no epoch" : $"the first line {names.Length}";
                throw new StageException($"{path}: line {i + 1} has {Amount.Of(row.Length, "field")} and {but}");
            }

            rows[i - 1] = row;
        }

        // Several networks, one after the other, have a column that tells them apart.
        int seed = Array.IndexOf(names, "seed");
        return [.. rows.GroupBy(r => seed < 0 ? null : r[seed]).Select(of => new History(
            of.Key is { } number ? string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}, seed {number}") : Path.GetFileName(path),
            [.. of.Select(r => r[epoch]!.Value)],
            Known.Where(k => names.Contains(k)).ToDictionary(k => k, k => of.Select(r => r[Array.IndexOf(names, k)]).ToArray())))];
    }

    private static double? Number(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
