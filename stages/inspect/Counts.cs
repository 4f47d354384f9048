using System.Globalization;
using System.Runtime.InteropServices;
using Pipeline.Cli;
using Pipeline.Parquet;

namespace Pipeline.Stages.Inspection;

/// <summary>How many rows have which value of a column, with bars.</summary>
internal static class Counts
{
    /// <summary>More different values than this are no categories: the column is a key.</summary>
    private const int MaxValues = 100_000;

    private const int MaxBar = 24;

    public static void Write(TableView view, string columnName, int? limit, bool asJson, CancellationToken cancel)
    {
        SchemaNode column = TableView.Find(view.First.Schema, columnName);
        if (!column.IsLeaf || column.Repetition == Repetition.Repeated)
        {
            throw new StageException($"column '{columnName}' is {column.TypeName}: only single values can be counted by");
        }

        (string? Value, long Rows)[] counts = Count(view, column, cancel);
        long total = counts.Sum(c => c.Rows);
        int values = counts.Length;
        counts = counts[..Math.Min(counts.Length, limit ?? counts.Length)];
        if (asJson)
        {
            foreach ((string? value, long rows) in counts)
            {
                Console.Out.WriteLine(JsonText.Line(json =>
                {
                    json.WriteStartObject();
                    json.WriteString(columnName, value);
                    json.WriteNumber("rows", rows);
                    json.WriteNumber("share", (double)rows / total);
                    json.WriteEndObject();
                }));
            }

            return;
        }

        if (total == 0)
        {
            Terminal.Message("no rows to count");
            return;
        }

        var table = new TextTable(columnName, "rows", "share", "") { FlushRight = { 1, 2 } };
        long most = counts.Length > 0 ? counts[0].Rows : 1;
        int bar = Math.Clamp(Terminal.Width - 40, 8, MaxBar);
        foreach ((string? value, long rows) in counts)
        {
            table.Add(value ?? "(null)", CellText.Count(rows), Percent(rows, total), Bar((double)rows / most, bar));
        }

        table.Write(Console.Out);
        if (values > 1)
        {
            Console.Out.WriteLine($"{CellText.Count(values)} values, {CellText.Plural(total, "row")}");
        }
    }

    private static (string? Value, long Rows)[] Count(TableView view, SchemaNode column, CancellationToken cancel)
    {
        var counts = new Dictionary<string, long>();
        long nulls = 0;
        foreach ((RowBatches batches, int row) in view.Scan([column], cancel))
        {
            ColumnBatch batch = batches[0];
            if (batch.IsNull(row))
            {
                nulls++;
                continue;
            }

            CollectionsMarshal.GetValueRefOrAddDefault(counts, CellText.Short(batch.GetValue(row)), out _)++;
            if (counts.Count > MaxValues)
            {
                throw new StageException($"column '{column.Name}' has more than {CellText.Count(MaxValues)} different values, too many to count by");
            }
        }

        List<(string? Value, long Rows)> all = [.. counts.Select(c => (c.Key, c.Value))];
        if (nulls > 0)
        {
            all.Add((null, nulls));
        }

        return [.. all.OrderByDescending(c => c.Rows).ThenBy(c => c.Value, StringComparer.Ordinal)];
    }

    private static string Percent(long rows, long total) => (100.0 * rows / total).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A bar of eighths of a character.</summary>
    private static string Bar(double share, int width)
    {
        int eighths = Math.Max(1, (int)Math.Round(share * width * 8));
        string rest = eighths % 8 == 0 ? "" : ((char)(0x2590 - eighths % 8)).ToString();
        return new string('█', eighths / 8) + rest;
    }
}
