using Pipeline.Cli;
using Pipeline.Hdf5;

namespace Pipeline.Stages.Inspection.Hdf5Views;

/// <summary>Rows of datasets: the first ones, or all.</summary>
internal static class DatasetRows
{
    // Rows that are in memory at a time.
    private const int Block = 4096;

    /// <summary>Prints them; as JSON, one line for each row.</summary>
    public static void Write(Hdf5View view, int? head, bool asJson, CancellationToken cancel)
    {
        bool isFirst = true;
        foreach (Hdf5Dataset dataset in view.Datasets)
        {
            if (!asJson)
            {
                Console.Out.Write(isFirst ? "" : Environment.NewLine);
                Console.Out.WriteLine($"{CellText.Short(dataset.Path)}  {CellText.Plural(dataset.RowCount, "row")}");
                isFirst = false;
            }

            if (dataset.Obstacle is { } obstacle)
            {
                Terminal.Message($"{dataset.Path} cannot be read: {obstacle}");
                continue;
            }

            WriteRows(dataset, Math.Min(head ?? long.MaxValue, dataset.RowCount), asJson, cancel);
        }
    }

    private static void WriteRows(Hdf5Dataset dataset, long count, bool asJson, CancellationToken cancel)
    {
        int block = (int)Math.Clamp((1 << 22) / Math.Max(1, dataset.RowBytes), 1, Block);
        for (long first = 0; first < count; first += block)
        {
            cancel.ThrowIfCancellationRequested();
            int rows = (int)Math.Min(block, count - first);
            Hdf5Rows? table = dataset.Type.Class == Hdf5Class.Compound ? dataset.ReadTable(first, rows) : null;
            object?[]? values = table is null ? Values(dataset, first, rows) : null;
            for (int i = 0; i < rows; i++)
            {
                if (table is not null)
                {
                    WriteRecord(dataset, table, first + i, i, asJson);
                }
                else
                {
                    int perRow = values!.Length / rows;
                    WriteValues(dataset, first + i, values.AsSpan(i * perRow, perRow).ToArray(), asJson);
                }
            }
        }
    }

    private static void WriteValues(Hdf5Dataset dataset, long row, object?[] values, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonText.Line(json =>
            {
                json.WriteStartObject();
                json.WriteString("path", dataset.Path);
                json.WriteNumber("row", row);
                json.WritePropertyName("value");
                JsonText.Put(json, values.Length == 1 && dataset.Shape.Length <= 1 ? values[0] : values);
                json.WriteEndObject();
            }));
        }
        else
        {
            Console.Out.WriteLine(Ellipsis.AtEnd("  " + string.Join("  ", values.Select(CellText.Short)), Math.Max(Terminal.Width, 40)));
        }
    }

    private static void WriteRecord(Hdf5Dataset dataset, Hdf5Rows table, long row, int i, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonText.Line(json =>
            {
                json.WriteStartObject();
                json.WriteString("path", dataset.Path);
                json.WriteNumber("row", row);
                json.WriteStartObject("value");
                for (int f = 0; f < table.Fields.Count; f++)
                {
                    json.WritePropertyName(table.Fields[f].Name);
                    JsonText.Put(json, Value(table, i, f));
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }));
            return;
        }

        var text = new TextTable("", "");
        for (int f = 0; f < table.Fields.Count; f++)
        {
            text.Add("  " + CellText.Short(table.Fields[f].Name), CellText.Short(Value(table, i, f)));
        }

        if (row > 0)
        {
            Console.Out.WriteLine();
        }

        text.Write(Console.Out);
    }

    private static object?[] Values(Hdf5Dataset dataset, long first, int count) => dataset.Type.Element.Class switch
    {
        Hdf5Class.String => [.. dataset.ReadTexts(first, count)],
        Hdf5Class.Integer or Hdf5Class.Enumeration or Hdf5Class.BitField => [.. dataset.ReadInt64s(first, count).Cast<object?>()],
        Hdf5Class.Float => [.. dataset.ReadDoubles(first, count).Cast<object?>()],
        _ => Bytes(dataset, first, count),
    };

    private static object?[] Bytes(Hdf5Dataset dataset, long first, int count)
    {
        byte[] bytes = new byte[count * dataset.RowBytes];
        dataset.ReadRows(first, count, bytes);
        return dataset.RowBytes == 0 ? [] : [.. bytes.Chunk(dataset.RowBytes)];
    }

    private static object? Value(Hdf5Rows table, int row, int field)
    {
        Hdf5Type type = table.Fields[field].Type;
        return type.Class switch
        {
            Hdf5Class.String => table.Text(row, field),
            Hdf5Class.Integer or Hdf5Class.Enumeration or Hdf5Class.BitField => table.Int64(row, field),
            Hdf5Class.Float => table.Double(row, field),
            Hdf5Class.Array when type.Element.IsNumber => (object?[])[.. table.Doubles(row, field).Cast<object?>()],
            _ => table.Bytes(row, field).ToArray(),
        };
    }
}
