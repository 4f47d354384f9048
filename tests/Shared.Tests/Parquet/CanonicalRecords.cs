using System.Security.Cryptography;
using System.Text;
using Pipeline.Parquet;

namespace Pipeline.Tests.Parquet;

/// <summary>A file in canonical text as <see cref="ParquetFile.ReadRecords"/> reads it, and its columns' canonical types.</summary>
internal static class CanonicalRecords
{
    /// <summary>Hashes of a file's text.</summary>
    /// <param name="Rows">Number of rows.</param>
    /// <param name="Sha256">Of all lines.</param>
    /// <param name="Columns">Of each column's cells, each ended by a line feed.</param>
    public sealed record Hashes(long Rows, string Sha256, IReadOnlyList<string> Columns);

    public static Hashes Hash(ParquetFile file)
    {
        IReadOnlyList<SchemaNode> fields = file.Schema.Fields;
        using IncrementalHash whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IncrementalHash[] columns = [.. fields.Select(_ => IncrementalHash.CreateHash(HashAlgorithmName.SHA256))];
        var cell = new StringBuilder();
        long rows = 0;
        foreach (object?[] row in file.ReadRecords())
        {
            for (int i = 0; i < row.Length; i++)
            {
                cell.Clear();
                Append(cell, row[i], fields[i]);
                byte[] text = Encoding.UTF8.GetBytes(cell.ToString());
                whole.AppendData(text);
                whole.AppendData(i == row.Length - 1 ? "\n"u8 : "\t"u8);
                columns[i].AppendData(text);
                columns[i].AppendData("\n"u8);
            }

            rows++;
        }

        return new Hashes(rows, Hex(whole), [.. columns.Select(Hex)]);
    }

    /// <summary>The type as the contract writes it.</summary>
    public static string TypeName(SchemaNode node)
    {
        if (node.Repetition == Repetition.Repeated)
        {
            return $"list<{BareTypeName(node)}>";
        }

        return BareTypeName(node) + (node.Repetition == Repetition.Optional ? "?" : "");
    }

    private static string BareTypeName(SchemaNode node)
    {
        if (node.ListElement is { } element)
        {
            return $"list<{(element.Repetition == Repetition.Repeated ? BareTypeName(element) : TypeName(element))}>";
        }

        if (node.MapEntry is { } entry)
        {
            return $"map<{TypeName(entry.Children[0])};{(entry.Children.Count > 1 ? TypeName(entry.Children[1]) : "null?")}>";
        }

        return node.IsLeaf ? LeafTypeName(node) : $"struct<{string.Join(';', node.Children.Select(c => Escape(c.Name) + ':' + TypeName(c)))}>";
    }

    private static string LeafTypeName(SchemaNode node) => (node.Logical.Kind, node.Type) switch
    {
        (LogicalKind.Unknown, _) => "null",
        (LogicalKind.Decimal, _) => $"decimal({node.Logical.Precision},{node.Logical.Scale})",
        (LogicalKind.Timestamp, _) or (_, PhysicalType.Int96) => "timestamp",
        (LogicalKind.Date or LogicalKind.Time or LogicalKind.Uuid or LogicalKind.Float16 or LogicalKind.Json or LogicalKind.Enum or LogicalKind.String, _) =>
            node.Logical.Kind.ToString().ToLowerInvariant(),
        (LogicalKind.Integer, _) => (node.Logical.IsSigned ? "int" : "uint") + node.Logical.BitWidth,
        (_, PhysicalType.Boolean) => "bool",
        (_, PhysicalType.ByteArray) => "bytes",
        (_, PhysicalType.FixedLengthByteArray) => $"bytes({node.TypeLength})",
        _ => node.Type.ToString()!.ToLowerInvariant(),
    };

    private static void Append(StringBuilder to, object? value, SchemaNode node)
    {
        switch (value)
        {
            case object?[] list:
                SchemaNode element = node.ListElement ?? node;
                Join(to, '[', ']', list, v => Append(to, v, element));
                break;

            case ParquetMap map:
                SchemaNode entry = node.MapEntry!;
                Join(to, '<', '>', map.Entries, pair =>
                {
                    Append(to, pair.Key, entry.Children[0]);
                    to.Append('=');
                    Append(to, pair.Value, entry.Children[^1]);
                });
                break;

            case ParquetStruct group:
                int field = 0;
                Join(to, '{', '}', group.Values, v =>
                {
                    to.Append(Escape(group.Name(field))).Append('=');
                    Append(to, v, node.Children[field++]);
                });
                break;

            case byte[] bytes when node.Logical.IsText:
                CanonicalText.AppendText(to, bytes);
                break;

            case not null when node.Logical.Kind == LogicalKind.Unknown:
                to.Append(CanonicalText.Null);
                break;

            default:
                CanonicalText.Append(to, value);
                break;
        }
    }

    private static void Join<T>(StringBuilder to, char open, char close, IReadOnlyList<T> items, Action<T> append)
    {
        to.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                to.Append(',');
            }

            append(items[i]);
        }

        to.Append(close);
    }

    private static string Escape(string name)
    {
        var escaped = new StringBuilder();
        foreach (char c in name)
        {
            _ = "\\\t\n\r=,{}".Contains(c) ? escaped.Append($"\\{(int)c:x2}") : escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
