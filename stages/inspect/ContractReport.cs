using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pipeline.Cli;
using Pipeline.Tables;

namespace Pipeline.Stages.Inspection;

/// <summary>Whether a table keeps a contract: its columns, and then every row.</summary>
internal static class ContractReport
{
    private const int MostShown = 10;

    public static void Write(TableView view, TableContract contract, bool asJson, CancellationToken cancel)
    {
        IReadOnlyList<string> columns = contract.CompareColumns(view.First);
        var shown = new List<string>(columns);
        long faults = columns.Count, rows = 0;
        if (columns.Count == 0)
        {
            var keys = new HashSet<UInt128>();
            using Progress progress = Progress.Start("rows", view.RowCount, quiet: false);
            foreach (string file in view.Files)
            {
                foreach (RowReader row in TableRows.Of(contract, file, cancel))
                {
                    if (Fault(contract, row, keys) is { } fault && faults++ < MostShown)
                    {
                        shown.Add($"{(view.Files.Count > 1 ? Path.GetFileName(file) + ", " : "")}row {row.RowNumber}: {fault}");
                    }

                    rows++;
                    progress.Advance();
                }
            }
        }

        bool isOther = view.First[TableKeys.Table] is { } table && table != contract.Name;
        string[] further = isOther ? [] : [.. view.First.Schema.Fields.Select(f => f.Name).Except(contract.Columns.Select(c => c.Name))];
        if (asJson)
        {
            WriteJson(contract, faults, rows, shown, further);
        }
        else
        {
            WriteText(contract, faults, rows, shown, further);
        }

        if (faults > 0)
        {
            throw new StageException($"{view.Path} does not keep the contract '{contract.Name}': {faults} finding{(faults == 1 ? "" : "s")}");
        }
    }

    private static string? Fault(TableContract contract, RowReader row, HashSet<UInt128> keys)
    {
        try
        {
            (string key, string? fault) = contract.CheckRow(row);
            return fault ?? (keys.Add(Fingerprint(key)) ? null : $"column '{contract.Columns[0].Name}' is '{key}', as in an earlier row: no two may have the same");
        }
        catch (TableException e)
        {
            // The message names file and row, as the report does.
            return e.Message[(e.Message.IndexOf("column", StringComparison.Ordinal) is >= 0 and int at ? at : 0)..];
        }
    }

    /// <summary>16 bytes for a key of any length: what is remembered of each row must be little.</summary>
    private static UInt128 Fingerprint(string key) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(key.AsSpan())));

    private static void WriteText(TableContract contract, long faults, long rows, List<string> shown, string[] further)
    {
        if (faults == 0)
        {
            Console.Out.WriteLine($"keeps the contract '{contract.Name}' version {contract.Version}: {CellText.Count(rows)} rows checked");
        }

        foreach (string finding in shown)
        {
            Console.Out.WriteLine(finding);
        }

        if (faults > shown.Count)
        {
            Console.Out.WriteLine($"... and {CellText.Count(faults - shown.Count)} more");
        }

        if (rows == 0 && faults > 0)
        {
            Console.Out.WriteLine("the rows were not checked: first the columns have to be right");
        }

        if (further.Length > 0)
        {
            Console.Out.WriteLine($"further columns, which no stage reads: {string.Join(", ", further)}");
        }
    }

    private static void WriteJson(TableContract contract, long faults, long rows, List<string> shown, string[] further) =>
        Console.Out.WriteLine(JsonText.Document(json =>
        {
            json.WriteStartObject();
            json.WriteString("contract", contract.Name);
            json.WriteNumber("version", contract.Version);
            json.WriteBoolean("keeps", faults == 0);
            json.WriteNumber("rowsChecked", rows);
            json.WriteNumber("findings", faults);
            json.WriteStartArray("shown");
            shown.ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteStartArray("furtherColumns");
            foreach (string name in further)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }));
}
