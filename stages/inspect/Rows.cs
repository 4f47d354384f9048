using Pipeline.Cli;

namespace Pipeline.Stages.Inspection;

/// <summary>Prints rows: as a table where it fits, otherwise row by row, as JSON lines or as CSV.</summary>
internal static class Rows
{
    /// <summary>Rows that a table is laid out for: later ones are printed in the same layout.</summary>
    private const int LaidOutTogether = 1000;

    public static void Write(TableView view, int? limit, bool asJson, CancellationToken cancel)
    {
        IEnumerable<object?[]> rows = view.Records(cancel).Take(limit ?? int.MaxValue);
        if (asJson)
        {
            WriteJson(view, rows);
            return;
        }

        long printed = 0;
        foreach (object?[][] page in rows.Chunk(LaidOutTogether))
        {
            WriteText(view, page, printed);
            printed += page.Length;
        }

        if (printed == 0)
        {
            Terminal.Message(view.Conditions.Count > 0 ? "no row meets the conditions" : "no rows to print");
        }
    }

    public static void WriteCsv(TableView view, int? limit, CancellationToken cancel)
    {
        TextWriter output = Console.Out;
        output.WriteLine(string.Join(',', view.Columns.Select(c => Field(c.Name))));
        foreach (object?[] row in view.Records(cancel).Take(limit ?? int.MaxValue))
        {
            for (int i = 0; i < row.Length; i++)
            {
                if (i > 0)
                {
                    output.Write(',');
                }

                // Null is an empty field, empty text a quoted one.
                output.Write(row[i] switch { null => "", "" => "\"\"", var value => Field(CellText.Full(value)) });
            }

            output.WriteLine();
        }
    }

    private static void WriteJson(TableView view, IEnumerable<object?[]> rows)
    {
        foreach (object?[] row in rows)
        {
            Console.Out.WriteLine(JsonText.Line(json =>
            {
                json.WriteStartObject();
                for (int i = 0; i < row.Length; i++)
                {
                    json.WritePropertyName(view.Columns[i].Name);
                    JsonText.Put(json, row[i]);
                }

                json.WriteEndObject();
            }));
        }
    }

    private static void WriteText(TableView view, object?[][] rows, long firstNumber)
    {
        string[][] cells = [.. rows.Select(r => Array.ConvertAll(r, CellText.Short))];
        var table = new TextTable([.. view.Columns.Select(c => c.Name)]);
        for (int i = 0; i < view.Columns.Count; i++)
        {
            if (rows.All(r => r[i] is null || ComparableValue.AsNumber(r[i]!) is not null))
            {
                table.FlushRight.Add(i);
            }
        }

        foreach (string[] row in cells)
        {
            table.Add(row);
        }

        // Texts may give way a little; a table that is wider than that reads better row by row.
        if (table.NaturalWidth <= Terminal.Width * 5 / 4 && table.LeastWidth <= Terminal.Width)
        {
            table.Write(Console.Out);
            return;
        }

        int width = view.Columns.Max(c => c.Name.Length);
        for (int r = 0; r < cells.Length; r++)
        {
            if (firstNumber + r > 0)
            {
                Console.Out.WriteLine();
            }

            Console.Out.WriteLine($"row {CellText.Count(firstNumber + r)}");
            for (int i = 0; i < cells[r].Length; i++)
            {
                string value = rows[r][i] is null ? "-" : cells[r][i];
                Console.Out.WriteLine(Ellipsis.AtEnd($"  {view.Columns[i].Name.PadRight(width)}  {value}", Terminal.Width));
            }
        }
    }

    // RFC 4180: a field with a comma, quote or line break is quoted, a quote in it doubled.
    private static string Field(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
