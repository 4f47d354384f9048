using System.Globalization;
using Pipeline.Cli;
using Pipeline.Parquet;

namespace Pipeline.Stages.Inspection;

/// <summary>Figures of each column's values; of lists, those of their elements and their lengths.</summary>
internal sealed class ColumnFigures
{
    /// <summary>Different values are counted up to this many.</summary>
    private const int MaxDistinct = 10_000;

    private readonly SchemaNode column;
    private readonly HashSet<string> distinct = [];
    private readonly bool isNumber;
    private readonly bool isWhole;
    private long values, nulls, notFinite;
    private double min = double.PositiveInfinity, max = double.NegativeInfinity, mean, squares;
    private int shortest = int.MaxValue, longest;
    private string? first, last;

    private ColumnFigures(SchemaNode column, ColumnDescriptor leaf)
    {
        this.column = column;
        isNumber = leaf.Type is not (PhysicalType.ByteArray or PhysicalType.FixedLengthByteArray or PhysicalType.Int96 or PhysicalType.Boolean)
            && leaf.Node.Logical.Kind is LogicalKind.None or LogicalKind.Integer or LogicalKind.Other
            || leaf.Node.Logical.Kind is LogicalKind.Decimal or LogicalKind.Float16;
        isWhole = leaf.Type is PhysicalType.Int32 or PhysicalType.Int64 && leaf.Node.Logical.Kind != LogicalKind.Decimal;
    }

    public static void Write(TableView view, bool asJson, CancellationToken cancel)
    {
        ParquetSchema schema = view.First.Schema;
        var columns = new List<(SchemaNode Column, ColumnDescriptor Leaf)>();
        var skipped = new List<string>();
        foreach (SchemaNode column in view.Columns)
        {
            if (schema.Find(TableView.LeafPath(column)) is { MaxRepetition: <= 1 } leaf)
            {
                columns.Add((column, leaf));
            }
            else
            {
                skipped.Add(column.Name);
            }
        }

        if (skipped.Count > 0)
        {
            Terminal.Message($"no figures of nested columns: {string.Join(", ", skipped)}");
        }

        ColumnFigures[] figures = [.. columns.Select(c => new ColumnFigures(c.Column, c.Leaf))];
        long rows = 0;
        using (Progress progress = Progress.Start("rows", view.RowCount, quiet: false))
        {
            foreach ((RowBatches batches, int row) in view.Scan([.. columns.Select(c => c.Column)], cancel))
            {
                for (int i = 0; i < figures.Length; i++)
                {
                    figures[i].Add(batches[i], row);
                }

                rows++;
                progress.Advance();
            }
        }

        if (asJson)
        {
            Console.Out.WriteLine(JsonText.Document(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("rows", rows);
                json.WriteStartObject("columns");
                foreach (ColumnFigures f in figures)
                {
                    f.WriteJson(json);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }));
            return;
        }

        Console.Out.WriteLine(CellText.Plural(rows, "row"));
        string lists = figures.Any(f => f.Lengths.Length > 0) ? "lists of" : "";
        var numbers = new TextTable("column", "values", "nulls", "min", "mean", "max", "std", lists) { FlushRight = { 1, 2, 3, 4, 5, 6, 7 }, CutInside = { 0 } };
        var texts = new TextTable("column", "values", "nulls", "different", "first", "last") { FlushRight = { 1, 2, 3 }, CutInside = { 0 } };
        foreach (ColumnFigures f in figures)
        {
            f.AddTo(f.isNumber ? numbers : texts);
        }

        foreach (TextTable table in (TextTable[])[numbers, texts])
        {
            if (table.Rows > 0)
            {
                Console.Out.WriteLine();
                table.Write(Console.Out);
            }
        }

        if (figures.Sum(f => f.notFinite) is > 0 and long strange)
        {
            string names = string.Join(", ", figures.Where(f => f.notFinite > 0).Select(f => $"{f.column.Name} {CellText.Count(f.notFinite)}"));
            Console.Out.WriteLine();
            Console.Out.WriteLine(Ellipsis.AtEnd($"{CellText.Count(strange)} NaN or infinite values, left out above: {names}", Terminal.Width));
        }
    }

    private void Add(ColumnBatch batch, int row)
    {
        if (batch.IsNull(row))
        {
            nulls++;
            return;
        }

        if (!batch.IsList)
        {
            AddSlot(batch, row);
            return;
        }

        (int start, int end) = (batch.Offsets[row], batch.Offsets[row + 1]);
        shortest = Math.Min(shortest, end - start);
        longest = Math.Max(longest, end - start);
        if (batch is ColumnBatch<float> { HasNullElements: false } floats)
        {
            foreach (float v in floats.List(row))
            {
                AddNumber(v);
            }

            return;
        }

        for (int slot = start; slot < end; slot++)
        {
            if (batch.IsNullElement(slot))
            {
                nulls++;
            }
            else
            {
                AddSlot(batch, slot);
            }
        }
    }

    private void AddSlot(ColumnBatch batch, int slot)
    {
        object value = batch.GetValue(slot);
        if (isNumber && ComparableValue.AsNumber(value) is { } number)
        {
            AddNumber(number);
            return;
        }

        values++;
        string text = CellText.Full(value);
        if (distinct.Count < MaxDistinct)
        {
            distinct.Add(text);
        }

        first = first is null || string.CompareOrdinal(text, first) < 0 ? text : first;
        last = last is null || string.CompareOrdinal(text, last) > 0 ? text : last;
    }

    // Welford's update: exact enough for any number of values, in one pass.
    private void AddNumber(double value)
    {
        if (!double.IsFinite(value))
        {
            notFinite++;
            return;
        }

        values++;
        min = Math.Min(min, value);
        max = Math.Max(max, value);
        double delta = value - mean;
        mean += delta / values;
        squares += delta * (value - mean);
    }

    private bool HasNumbers => isNumber && values > 0;

    private double Deviation => Math.Sqrt(squares / values);

    private string Distinct => distinct.Count < MaxDistinct ? $"{CellText.Count(distinct.Count)}" : $"{CellText.Count(MaxDistinct)}+";

    private string Lengths => longest == 0 && shortest == int.MaxValue ? ""
        : shortest == longest ? CellText.Count(longest)
        : $"{CellText.Count(shortest)} to {CellText.Count(longest)}";

    private void AddTo(TextTable table)
    {
        string[] common = [column.Name, CellText.Count(values), CellText.Count(nulls)];
        table.Add(isNumber
            ? [.. common, Bound(min), Shown(mean), Bound(max), Shown(Deviation), Lengths]
            : [.. common, distinct.Count > 0 ? Distinct : "", Ellipsis.AtEnd(CellText.Short(first), 30), Ellipsis.AtEnd(CellText.Short(last), 30)]);
    }

    // Whole numbers whole: people look at the bounds of keys and years.
    private string Bound(double bound) => HasNumbers && isWhole && Math.Abs(bound) < 1e15 ? bound.ToString("0", CultureInfo.InvariantCulture) : Shown(bound);

    private string Shown(double figure) => HasNumbers ? CellText.Number(figure) : "";

    private void WriteJson(System.Text.Json.Utf8JsonWriter json)
    {
        json.WriteStartObject(column.Name);
        json.WriteNumber("values", values);
        json.WriteNumber("nulls", nulls);
        json.WriteNumber("notFinite", notFinite);
        if (HasNumbers)
        {
            foreach ((string name, double figure) in ((string, double)[])[("min", min), ("mean", mean), ("max", max), ("std", Deviation)])
            {
                json.WritePropertyName(name);
                JsonText.Put(json, double.IsFinite(figure) ? figure : null);
            }
        }

        if (distinct.Count > 0)
        {
            json.WriteNumber(distinct.Count < MaxDistinct ? "distinct" : "distinctAtLeast", distinct.Count);
            json.WriteString("first", first);
            json.WriteString("last", last);
        }

        if (shortest <= longest)
        {
            json.WriteNumber("shortest", shortest);
            json.WriteNumber("longest", longest);
        }

        json.WriteEndObject();
    }
}
