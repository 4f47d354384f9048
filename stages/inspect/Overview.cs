using System.Globalization;
using Pipeline.Cli;
using Pipeline.Parquet;
using Pipeline.Tables;

namespace Pipeline.Stages.Inspection;

/// <summary>What a table is, from its footers alone: rows, columns, sizes, history.</summary>
internal static class Overview
{
    private static readonly string[] PipelineKeys = [TableKeys.Table, TableKeys.Version, TableKeys.Provenance];

    public static void Write(TableView view, bool asJson)
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

    private static void WriteText(TableView view)
    {
        TextWriter output = Console.Out;
        FileMetadata first = view.First;
        TableContract? contract = first[TableKeys.Table] is { } name ? Contracts.Find(name) : null;
        string what = first[TableKeys.Table] is { } table ? $"table '{table}', version {first[TableKeys.Version] ?? "?"}" : "a Parquet file";
        int groups = view.Footers.Sum(f => f.Metadata.RowGroups.Count);
        output.WriteLine(Ellipsis.AtEnd($"{Path.GetFileName(Path.TrimEndingDirectorySeparator(view.Path))}: {what}", Terminal.Width));
        if (contract is not null)
        {
            output.WriteLine($"each row is {contract.Purpose}");
        }

        output.WriteLine(
            $"{CellText.Plural(view.RowCount, "row")}, {CellText.Plural(first.Schema.Fields.Count, "column")}, {CellText.Plural(groups, "row group")}, "
            + (view.Files.Count > 1 ? $"{CellText.Plural(view.Files.Count, "file")}, " : "")
            + CellText.Size(view.Length));
        if (first.CreatedBy is { } by)
        {
            output.WriteLine(Ellipsis.AtEnd($"written by {CellText.Short(by).Split(" (build")[0]}", Terminal.Width));
        }

        foreach (string line in History(view).Warnings.SelectMany(w => CellText.Wrap($"warning: {w}".Split(' '), Terminal.Width)))
        {
            output.WriteLine(line);
        }

        output.WriteLine();
        WriteColumns(view, output);
        WriteKeyValues(first, output);
        WriteHistory(view, output);
    }

    private static void WriteColumns(TableView view, TextWriter output)
    {
        var table = new TextTable("column", "type", "nulls", "codec", "encoding", "stored", "unpacked") { FlushRight = { 2, 5, 6 } };
        foreach (SchemaNode column in view.Columns)
        {
            Storage storage = Storage.Of(view, column);
            table.Add(
                column.Name, column.TypeName, storage.Nulls is { } n ? CellText.Count(n) : "", storage.Codecs, storage.Encodings,
                CellText.Size(storage.Compressed), CellText.Size(storage.Uncompressed));
        }

        table.Write(output);
    }

    private static void WriteKeyValues(FileMetadata first, TextWriter output)
    {
        KeyValuePair<string, string?>[] others = [.. first.KeyValues.Where(kv => !PipelineKeys.Contains(kv.Key))];
        if (others.Length == 0)
        {
            return;
        }

        output.WriteLine();
        foreach ((string key, string? value) in others)
        {
            output.WriteLine(Ellipsis.AtEnd($"{CellText.Short(key)}: {CellText.Short(value)}", Terminal.Width));
        }
    }

    private static void WriteHistory(TableView view, TextWriter output)
    {
        IReadOnlyList<ProvenanceEntry> entries = History(view).Entries;
        if (entries.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("history");
        for (int i = 0; i < entries.Count; i++)
        {
            ProvenanceEntry entry = entries[i];
            output.WriteLine($"  {(i == 0 ? " " : "->")} {entry.Stage} {entry.Version}");
            foreach (string line in CellText.Wrap(entry.Settings.Where(s => s.Key != Provenance.Warning).Select(s => $"--{s.Key} {(s.Value.Length == 0 ? "''" : s.Value)}"), Terminal.Width - 7))
            {
                output.WriteLine($"       {line}");
            }

            foreach (TableInput input in entry.Inputs)
            {
                output.WriteLine($"       read {input.Name}, sha256 {input.Sha256[..Math.Min(12, input.Sha256.Length)]}...");
            }
        }
    }

    private static void WriteJson(TableView view)
    {
        FileMetadata first = view.First;
        Console.Out.WriteLine(JsonText.Document(json =>
        {
            json.WriteStartObject();
            json.WriteString("path", view.Path);
            json.WriteString("table", first[TableKeys.Table]);
            json.WriteString("version", first[TableKeys.Version]);
            json.WriteNumber("rows", view.RowCount);
            json.WriteNumber("rowGroups", view.Footers.Sum(f => f.Metadata.RowGroups.Count));
            json.WriteNumber("files", view.Files.Count);
            json.WriteNumber("bytes", view.Length);
            json.WriteString("createdBy", first.CreatedBy);
            json.WriteStartArray("columns");
            foreach (SchemaNode column in view.Columns)
            {
                Storage storage = Storage.Of(view, column);
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                json.WriteString("type", column.TypeName);
                if (storage.Nulls is { } nulls)
                {
                    json.WriteNumber("nulls", nulls);
                }
                else
                {
                    json.WriteNull("nulls");
                }

                json.WriteString("codec", storage.Codecs);
                json.WriteString("encoding", storage.Encodings);
                json.WriteNumber("compressedBytes", storage.Compressed);
                json.WriteNumber("uncompressedBytes", storage.Uncompressed);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("keyValues");
            foreach ((string key, string? value) in first.KeyValues.Where(kv => !PipelineKeys.Contains(kv.Key)).DistinctBy(kv => kv.Key))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            json.WritePropertyName("provenance");
            json.WriteRawValue(History(view).ToJson());
            json.WriteEndObject();
        }));
    }

    private static Provenance History(TableView view) =>
        Provenance.Combine(view.Files.Select(f =>
        {
            using ParquetFile file = ParquetFile.Open(f);
            return Provenance.Of(file);
        }));

    /// <summary>How a top-level column is stored: its leaves in all row groups of all files together.</summary>
    // Nulls is null where the footers do not tell it: for lists, they count empty ones as well.
    private sealed record Storage(long? Nulls, string Codecs, string Encodings, long Compressed, long Uncompressed)
    {
        public static Storage Of(TableView view, SchemaNode column)
        {
            long? nulls = 0;
            long compressed = 0, uncompressed = 0;
            var codecs = new SortedSet<string>(StringComparer.Ordinal);
            var encodings = new SortedSet<ValueEncoding>();
            foreach ((FileMetadata metadata, _) in view.Footers)
            {
                foreach (ColumnChunkMetadata chunk in metadata.RowGroups.SelectMany(g => g.Columns).Where(c => c.Column.Name == column.Name))
                {
                    nulls += chunk.Column.MaxDefinition == 0 ? 0 : chunk.Column.MaxRepetition > 0 ? null : chunk.Statistics?.NullCount;
                    compressed += chunk.CompressedSize;
                    uncompressed += chunk.UncompressedSize;
                    codecs.Add(chunk.Codec == CompressionCodec.Uncompressed ? "none" : chunk.Codec.ToString().ToLowerInvariant());
                    encodings.UnionWith(chunk.Encodings);
                }
            }

            return new Storage(nulls, string.Join('+', codecs), Names(encodings), compressed, uncompressed);
        }

        // RLE and PLAIN go without saying beside something else: levels and dictionaries are stored so.
        private static string Names(SortedSet<ValueEncoding> encodings)
        {
            string[] telling = [.. encodings.Where(e => e is not (ValueEncoding.Plain or ValueEncoding.Rle or ValueEncoding.BitPacked)).Select(Name).Distinct()];
            return telling.Length > 0 ? string.Join('+', telling)
                : encodings.Contains(ValueEncoding.Plain) ? "plain"
                : string.Join('+', encodings.Select(Name));
        }

        private static string Name(ValueEncoding encoding) => encoding switch
        {
            ValueEncoding.Plain => "plain",
            ValueEncoding.PlainDictionary or ValueEncoding.RleDictionary => "dictionary",
            ValueEncoding.Rle => "runs",
            ValueEncoding.BitPacked => "bits",
            ValueEncoding.DeltaBinaryPacked or ValueEncoding.DeltaLengthByteArray or ValueEncoding.DeltaByteArray => "delta",
            ValueEncoding.ByteStreamSplit => "split",
            _ => ((int)encoding).ToString(CultureInfo.InvariantCulture),
        };
    }
}
