using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Cli;
using Pipeline.Hdf5;

namespace Pipeline.Stages.Inspection.Hdf5Views;

/// <summary>The tree of an HDF5 file: shapes, types, chunks, filters, attributes. No data are read.</summary>
internal static partial class Hdf5Overview
{
    public static void Write(Hdf5View view, bool asJson)
    {
        if (asJson)
        {
            WriteJson(view);
        }
        else
        {
            WriteText(view);
        }
    }

    private static void WriteText(Hdf5View view)
    {
        TextWriter output = Console.Out;
        int datasets = view.Datasets.Count();
        output.WriteLine(Ellipsis.AtEnd(
            $"{Path.GetFileName(view.Path)}: HDF5, {CellText.Plural(view.Objects.Count - datasets, "group")}, {CellText.Plural(datasets, "dataset")}, {CellText.Size(view.File.Length)}",
            Terminal.Width));
        string[] packings = [.. view.Datasets.Select(Packing).Distinct()];
        if (packings is [{ Length: > 0 } packing])
        {
            output.WriteLine($"all data packed by {packing}");
        }

        output.WriteLine();
        WriteTree(view, packings.Length > 1, output);
        foreach (Hdf5Dataset table in view.Datasets.Where(d => d.Type.Class == Hdf5Class.Compound))
        {
            output.WriteLine();
            output.WriteLine($"members of {CellText.Short(table.Path)}");
            foreach (string line in CellText.Wrap(table.Type.Members.Select((m, i) => $"{CellText.Short(m.Name)} {m.Type}{(i < table.Type.Members.Count - 1 ? "," : "")}"), Terminal.Width - 4))
            {
                output.WriteLine("    " + line);
            }
        }

        WriteAttributes(view, output);
    }

    private static void WriteTree(Hdf5View view, bool tellsPacking, TextWriter output)
    {
        string[] headings = ["path", "shape", "type", "chunks", "stored"];
        var table = new TextTable(tellsPacking ? [.. headings, "packed by"] : headings) { FlushRight = { 1, 3, 4 }, Whole = { 0 } };
        foreach (Hdf5Object item in view.Objects)
        {
            string name = item.Path == "/" ? "/" : new string(' ', 2 * (item.Path.Count(c => c == '/') - 1)) + item.Name + (item is Hdf5Group ? "/" : "");
            string[] cells = item is Hdf5Dataset dataset
                ? [CellText.Short(name), Shape(dataset.Shape, dataset.MaxShape), TypeName(dataset.Type), Chunks(dataset), CellText.Size(dataset.StoredBytes), Packing(dataset)]
                : [CellText.Short(name), "", item is Hdf5Group ? "" : "named type", "", "", ""];
            table.Add(cells[..(headings.Length + (tellsPacking ? 1 : 0))]);
        }

        table.Write(output);
    }

    // Shuffle's parameter is the size of the type, which says nothing new.
    private static string Packing(Hdf5Dataset dataset) =>
        string.Join(", ", dataset.Filters.Select(f => f.Name == "shuffle" ? f.Name : f.ToString()));

    private static void WriteAttributes(Hdf5View view, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("attributes");
        foreach (Hdf5Object item in view.Objects)
        {
            (string[] told, int fields) = Attributes(item);
            if (fields > 0)
            {
                told = [.. told, $"FIELD_0_NAME to FIELD_{fields - 1}_FILL"];
            }

            if (told.Length == 0)
            {
                continue;
            }

            output.WriteLine($"  {CellText.Short(item.Path)}");
            foreach (string line in CellText.Wrap(told.Select((a, i) => a + (i < told.Length - 1 ? "," : "")), Terminal.Width - 6))
            {
                output.WriteLine("      " + Ellipsis.AtEnd(line, Terminal.Width - 6));
            }
        }
    }

    // PyTables notes name and fill value of each member in two attributes: the members are listed already.
    private static (string[] Told, int Fields) Attributes(Hdf5Object item)
    {
        try
        {
            Hdf5Attribute[] all = [.. item.Attributes];
            string[] told = [.. all.Where(a => !FieldName().IsMatch(a.Name)).Select(a => CellText.Short(a.ToString()))];
            return (told, all.Count(a => a.Name.EndsWith("_NAME", StringComparison.Ordinal) && FieldName().IsMatch(a.Name)));
        }
        catch (Hdf5Exception e)
        {
            return ([$"(not readable: {CellText.Short(e.Reason)})"], 0);
        }
    }

    private static string TypeName(Hdf5Type type) =>
        type.Class == Hdf5Class.Compound ? $"record of {type.Members.Count}" : type.ToString();

    // 728+ x 12: 728 rows, which may become more.
    private static string Shape(long[] shape, long[] most) =>
        shape.Length == 0 ? "scalar" : string.Join(" x ", shape.Select((n, i) => n.ToString(CultureInfo.InvariantCulture) + (i < most.Length && most[i] != n ? "+" : "")));

    private static string Chunks(Hdf5Dataset dataset) => dataset.Layout switch
    {
        Hdf5Layout.Chunked when dataset.ChunkShape is { } shape => string.Join(" x ", shape),
        var layout => layout.ToString().ToLowerInvariant(),
    };

    private static void WriteJson(Hdf5View view) => Console.Out.WriteLine(JsonText.Document(json =>
    {
        json.WriteStartObject();
        json.WriteString("path", view.Path);
        json.WriteNumber("bytes", view.File.Length);
        json.WriteStartArray("objects");
        foreach (Hdf5Object item in view.Objects)
        {
            json.WriteStartObject();
            json.WriteString("path", item.Path);
            json.WriteString("kind", item is Hdf5Dataset ? "dataset" : item is Hdf5Group ? "group" : "type");
            if (item is Hdf5Dataset dataset)
            {
                json.WriteString("type", dataset.Type.ToString());
                JsonText.PutAll(json, "shape", dataset.Shape.Cast<object?>());
                JsonText.PutAll(json, "maxShape", dataset.MaxShape.Cast<object?>());
                json.WriteString("layout", dataset.Layout.ToString().ToLowerInvariant());
                JsonText.PutAll(json, "chunks", dataset.ChunkShape?.Cast<object?>() ?? []);
                JsonText.PutAll(json, "filters", dataset.Filters.Select(f => f.ToString()));
                json.WriteNumber("storedBytes", dataset.StoredBytes);
            }

            json.WriteStartObject("attributes");
            foreach (Hdf5Attribute attribute in Readable(item).DistinctBy(a => a.Name))
            {
                json.WritePropertyName(attribute.Name);
                JsonText.Put(json, Value(attribute));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));

    // As in the text: attributes that cannot be read do not keep the rest of the file from being seen.
    private static IReadOnlyList<Hdf5Attribute> Readable(Hdf5Object item)
    {
        try
        {
            return item.Attributes;
        }
        catch (Hdf5Exception e)
        {
            Terminal.Message($"its attributes are not readable: {CellText.Short(e.Reason)}");
            return [];
        }
    }

    private static object? Value(Hdf5Attribute attribute)
    {
        try
        {
            object?[] values = attribute.Type.Element.IsNumber ? [.. attribute.Numbers().Cast<object?>()] : [.. attribute.Texts()];
            return values.Length == 1 && attribute.Shape.Count == 0 ? values[0] : values;
        }
        catch (Hdf5Exception)
        {
            return attribute.Type.ToString();
        }
    }

    [GeneratedRegex(@"^FIELD_\d+_(NAME|FILL|ATTR_\w+)$", RegexOptions.CultureInvariant)]
    private static partial Regex FieldName();
}
