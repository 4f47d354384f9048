using System.Text;
using System.Text.Json;
using Pipeline.Parquet;
using Pipeline.Tests.Parquet;

namespace Pipeline.Tests.Interop;

/// <summary>A table to write as NAME.parquet, with what compare.mjs wants beside it.</summary>
/// <param name="Name">The files' name.</param>
/// <param name="Table">Columns and rows.</param>
/// <param name="Options">How to write them.</param>
/// <param name="Encodings">The very set of encodings of each column named, or null.</param>
/// <param name="RowGroups">The number of row groups, or null.</param>
/// <param name="HasStatistics">Whether all bounds must be there: they are left out where text is long.</param>
internal sealed record Sample(
    string Name,
    SampleTable Table,
    ParquetWriterOptions Options,
    Dictionary<string, ValueEncoding[]>? Encodings = null,
    int? RowGroups = null,
    bool HasStatistics = true)
{
    private static readonly Dictionary<string, string> KeyValues = new() { ["purpose"] = "compare.mjs", ["text"] = "日本 \"🎵\"\n" };

    public void Write(string folder)
    {
        string path = Path.Combine(folder, Name);
        using (FileStream file = File.Create(path + ".parquet"))
        {
            Table.WriteTo(file, Options, KeyValues);
        }

        using (StreamWriter canonical = Text(path + ".canonical"))
        {
            var cell = new StringBuilder();
            foreach (object?[] row in Table.Rows)
            {
                for (int i = 0; i < row.Length; i++)
                {
                    cell.Clear();
                    CanonicalText.Append(cell, row[i]);
                    canonical.Write(cell);
                    canonical.Write(i == row.Length - 1 ? '\n' : '\t');
                }
            }
        }

        using (StreamWriter schema = Text(path + ".schema.txt"))
        {
            foreach (ParquetColumn column in Table.Columns)
            {
                schema.Write($"{column.Name}\t{column.TypeName}\n");
            }
        }

        var expect = new Dictionary<string, object>
        {
            ["codec"] = (Options.Codec ?? CompressionCodec.Zstd).ToString().ToUpperInvariant(),
            ["keyValues"] = KeyValues,
        };
        if (HasStatistics)
        {
            expect["statistics"] = true;
        }

        if (RowGroups is { } groups)
        {
            expect["rowGroups"] = groups;
        }

        if (Encodings is not null)
        {
            expect["encodings"] = Encodings.ToDictionary(e => e.Key, e => e.Value.Select(FormatName));
        }

        File.WriteAllText(path + ".expect.json", JsonSerializer.Serialize(expect));
    }

    private static StreamWriter Text(string path) => new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private static string FormatName(ValueEncoding encoding) => encoding switch
    {
        ValueEncoding.Plain => "PLAIN",
        ValueEncoding.Rle => "RLE",
        ValueEncoding.RleDictionary => "RLE_DICTIONARY",
        ValueEncoding.ByteStreamSplit => "BYTE_STREAM_SPLIT",
        _ => throw new ArgumentException($"{encoding} is never written"),
    };
}
