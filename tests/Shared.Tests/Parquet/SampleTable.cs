using System.Text;
using Pipeline.Parquet;

namespace Pipeline.Tests.Parquet;

/// <summary>A table in memory, as it is meant: what a file of it must read as.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">By row and column: null, a bool, int, long, float, double, string or byte[], or an object?[] of them.</param>
internal sealed record SampleTable(ParquetColumn[] Columns, object?[][] Rows)
{
    private static readonly string[] Words = ["", "rock", "jazz", "hip-hop", "Björk", "\0", "日本", "🎵", "a\tb\nc", "\uFFFD", "classical music of the 19th century"];

    /// <summary>A table of any columns and rows: the same numbers give the same table.</summary>
    public static SampleTable Random(Random random)
    {
        var columns = new ParquetColumn[random.Next(1, 7)];
        for (int i = 0; i < columns.Length; i++)
        {
            bool isList = random.Next(2) == 0;
            columns[i] = new ParquetColumn(
                $"{(char)('a' + i)}{Words[random.Next(Words.Length)]}", (ColumnType)random.Next(7), random.Next(2) == 0, isList, isList && random.Next(2) == 0);
        }

        return Random(random, columns, random.Next(8) switch { 0 => 0, 1 => 1, 2 => random.Next(300, 3000), _ => random.Next(2, 100) });
    }

    /// <summary>Random rows of given columns.</summary>
    public static SampleTable Random(Random random, ParquetColumn[] columns, int rows)
    {
        var table = new object?[rows][];
        for (int i = 0; i < rows; i++)
        {
            table[i] = new object?[columns.Length];
        }

        for (int c = 0; c < columns.Length; c++)
        {
            ParquetColumn column = columns[c];
            double nulls = random.Next(4) switch { 0 => 0, 1 => 1, _ => random.NextDouble() };
            int longest = random.Next(6) switch { 0 => 0, 1 => 300, _ => 8 };
            object[] repeated = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Value(random, column.Type))];
            bool isRepetitive = random.Next(2) == 0;
            for (int i = 0; i < rows; i++)
            {
                table[i][c] = column.IsOptional && random.NextDouble() < nulls ? null
                    : !column.IsList ? Element()
                    : Enumerable.Range(0, random.Next(longest + 1))
                        .Select(_ => column.HasOptionalElements && random.NextDouble() < nulls ? null : Element()).ToArray();
            }

            object Element() => isRepetitive ? repeated[random.Next(repeated.Length)] : Value(random, column.Type);
        }

        return new SampleTable(columns, table);
    }

    /// <summary>A random value, often an extreme one.</summary>
    public static object Value(Random random, ColumnType type) => type switch
    {
        ColumnType.Bool => random.Next(2) == 0,
        ColumnType.Int32 => random.Next(6) switch { 0 => int.MinValue, 1 => int.MaxValue, 2 => random.Next(-3, 4), _ => (int)random.NextInt64() },
        ColumnType.Int64 => random.Next(6) switch { 0 => long.MinValue, 1 => long.MaxValue, 2 => random.Next(-3, 4), _ => random.NextInt64(long.MinValue, long.MaxValue) },
        ColumnType.Float => random.Next(24) switch
        {
            0 => float.NaN,
            1 => float.PositiveInfinity,
            2 => float.NegativeInfinity,
            3 => -0.0f,
            4 => 0.0f,
            5 => float.Epsilon,
            6 => float.MinValue,
            7 => BitConverter.Int32BitsToSingle((int)random.NextInt64()),
            _ => random.NextSingle() - 0.5f,
        },
        ColumnType.Double => random.Next(24) switch
        {
            0 => double.NaN,
            1 => double.PositiveInfinity,
            2 => double.NegativeInfinity,
            3 => -0.0,
            4 => 0.0,
            5 => double.Epsilon,
            6 => double.MaxValue,
            7 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
            _ => random.NextDouble() - 0.5,
        },
        ColumnType.String => Text(random),
        _ => Bytes(random),
    };

    /// <summary>The file of the table.</summary>
    public byte[] Write(ParquetWriterOptions options)
    {
        using var stream = new MemoryStream();
        WriteTo(stream, options);
        return stream.ToArray();
    }

    /// <summary>Writes the table as a file.</summary>
    public void WriteTo(Stream stream, ParquetWriterOptions options, params IEnumerable<KeyValuePair<string, string>> keyValues)
    {
        using var writer = new ParquetWriter(stream, Columns, options);
        foreach (object?[] row in Rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                Append(writer.Columns[i], row[i]);
            }

            writer.EndRow();
        }

        foreach ((string key, string value) in keyValues)
        {
            writer.SetKeyValue(key, value);
        }

        writer.Finish();
    }

    /// <summary>Gives a value of a row to a column's writer.</summary>
    public static void Append(ColumnWriter writer, object? value)
    {
        switch (writer)
        {
            case ColumnWriter<bool> w: Append(w, value); break;
            case ColumnWriter<int> w: Append(w, value); break;
            case ColumnWriter<long> w: Append(w, value); break;
            case ColumnWriter<float> w: Append(w, value); break;
            case ColumnWriter<double> w: Append(w, value); break;
            case ByteColumnWriter w when w.Column.Type == ColumnType.String: AppendText(w, value); break;
            case ByteColumnWriter w: AppendBytes(w, value); break;
            default: throw new ArgumentException($"no such writer: {writer.GetType()}");
        }
    }

    private static void Append<T>(ColumnWriter<T> writer, object? value) where T : unmanaged
    {
        if (value is object?[] list)
        {
            if (writer.Column.HasOptionalElements)
            {
                writer.AppendList(Array.ConvertAll(list, e => (T?)e));
            }
            else
            {
                writer.AppendList(Array.ConvertAll(list, e => (T)e!));
            }
        }
        else
        {
            writer.Append((T?)value);
        }
    }

    private static void AppendText(ByteColumnWriter writer, object? value)
    {
        if (value is object?[] list)
        {
            writer.AppendList(Array.ConvertAll(list, e => (string?)e));
        }
        else
        {
            writer.Append((string?)value);
        }
    }

    private static void AppendBytes(ByteColumnWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.AppendNull(); break;
            case byte[] bytes: writer.Append(bytes); break;
            default: writer.AppendList(Array.ConvertAll((object?[])value, e => (byte[]?)e)); break;
        }
    }

    private static string Text(Random random)
    {
        if (random.Next(3) == 0)
        {
            return Words[random.Next(Words.Length)];
        }

        int length = random.Next(40) == 0 ? random.Next(3000) : random.Next(20);
        var text = new StringBuilder();
        for (int i = 0; i < length; i++)
        {
            // Any code point: every value but the surrogates, which are none.
            int point = random.Next(4) switch { 0 => random.Next(0x80), 1 => random.Next(0x110000 - 0x800), _ => 'a' + random.Next(26) };
            text.Append(new Rune(point < 0xD800 ? point : point + 0x800));
        }

        return text.ToString();
    }

    private static byte[] Bytes(Random random)
    {
        byte[] bytes = new byte[random.Next(40) == 0 ? random.Next(5000) : random.Next(12)];
        random.NextBytes(bytes);
        return bytes;
    }
}
