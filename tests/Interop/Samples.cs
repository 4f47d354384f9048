using Pipeline.Native;
using Pipeline.Parquet;
using Pipeline.Tests.Parquet;

namespace Pipeline.Tests.Interop;

/// <summary>Every type and shape of column, every codec, and the edges of each.</summary>
internal static class Samples
{
    private static readonly ParquetWriterOptions Plain = new() { Codec = CompressionCodec.Uncompressed };

    private static readonly CompressionCodec[] Codecs = NativeLibraries.IsAvailable("zstd")
        ? [CompressionCodec.Uncompressed, CompressionCodec.Snappy, CompressionCodec.Gzip, CompressionCodec.Brotli, CompressionCodec.Zstd]
        : [CompressionCodec.Uncompressed, CompressionCodec.Snappy, CompressionCodec.Gzip, CompressionCodec.Brotli];

    public static IEnumerable<Sample> All() =>
    [
        .. Shapes(),
        .. OfCodecs(),
        .. Edges(),
        .. Texts(),
        .. Sizes(),
        .. Anything(),
    ];

    /// <summary>Each type x optional x list x optional elements, in a file of its own type.</summary>
    private static IEnumerable<Sample> Shapes()
    {
        foreach (ColumnType type in Enum.GetValues<ColumnType>())
        {
            ParquetColumn[] columns = ShapesOf(type);
            SampleTable table = SampleTable.Random(new Random((int)type), columns, 500);
            yield return new Sample($"shapes-{type.ToString().ToLowerInvariant()}", table, Plain, HasStatistics: HasShortBounds(type));
            yield return new Sample(
                $"shapes-{type.ToString().ToLowerInvariant()}-in-small-pages", table, Plain with { PageBytes = 64, SplitFloats = false }, HasStatistics: HasShortBounds(type));
        }
    }

    private static IEnumerable<Sample> OfCodecs()
    {
        ParquetColumn[] columns = [.. Enum.GetValues<ColumnType>().SelectMany(ShapesOf)];
        for (int i = 0; i < Codecs.Length; i++)
        {
            SampleTable table = SampleTable.Random(new Random(100 + i), columns, 300);
            yield return new Sample($"codec-{Codecs[i].ToString().ToLowerInvariant()}", table, Plain with { Codec = Codecs[i] }, HasStatistics: false);
            yield return new Sample(
                $"codec-{Codecs[i].ToString().ToLowerInvariant()}-without-checksums",
                table,
                Plain with { Codec = Codecs[i], Checksums = false, RowGroupRows = 70 },
                RowGroups: 5,
                HasStatistics: false);
        }
    }

    private static IEnumerable<Sample> Edges()
    {
        ParquetColumn[] columns = [.. Enum.GetValues<ColumnType>().SelectMany(ShapesOf)];
        yield return new Sample("no-rows", new SampleTable(columns, []), Plain, RowGroups: 0);

        ParquetColumn[] optional = [.. columns.Where(c => c.IsOptional)];
        yield return new Sample("all-null", new SampleTable(optional, Repeat(new object?[optional.Length], 1000)), Plain, RowGroups: 1);

        ParquetColumn[] lists = [.. columns.Where(c => c.IsList)];
        yield return new Sample("empty-lists", new SampleTable(lists, Repeat(lists.Select(_ => Array.Empty<object?>()).ToArray(), 1000)), Plain);
        ParquetColumn[] withNulls = [.. lists.Where(c => c.HasOptionalElements)];
        yield return new Sample("lists-of-nulls", new SampleTable(withNulls, Repeat(withNulls.Select(_ => new object?[3]).ToArray(), 1000)), Plain);

        yield return new Sample("numbers", new SampleTable(
            [new("i", ColumnType.Int32), new("l", ColumnType.Int64), new("b", ColumnType.Bool)],
            [[int.MinValue, long.MinValue, false], [int.MaxValue, long.MaxValue, true], [0, 0L, false], [-1, -1L, true]]), Plain);

        // A row group for each case of the statistics: zeros of either sign, infinities, a NaN among others, NaN alone.
        double[][] groups =
        [
            [-0.0, -0.0], [0.0, 0.0], [-0.0, 1], [-1, 0.0], [double.NegativeInfinity, double.PositiveInfinity], [1, double.NaN], [double.NaN, double.NaN], [double.Epsilon, double.MaxValue],
        ];
        foreach (bool isSplit in new[] { true, false })
        {
            ValueEncoding[] encodings = [isSplit ? ValueEncoding.ByteStreamSplit : ValueEncoding.Plain];
            yield return new Sample(
                isSplit ? "floats-split" : "floats-plain",
                new SampleTable(
                    [new("d", ColumnType.Double), new("f", ColumnType.Float), new("n", ColumnType.Double, true)],
                    [.. groups.SelectMany(g => g).Select(d => new object?[] { d, (float)d, d > 0 ? null : d })]),
                Plain with { RowGroupRows = 2, SplitFloats = isSplit },
                new() { ["d"] = encodings, ["f"] = encodings, ["n"] = [.. encodings, ValueEncoding.Rle] },
                RowGroups: groups.Length,
                HasStatistics: false);
        }
    }

    private static IEnumerable<Sample> Texts()
    {
        // Every code point, 64 to a row; every length of bytes up to 300.
        object?[][] points = [.. Enumerable.Range(0, 0x110000 / 64)
            .Where(i => i is < 0xD800 / 64 or >= 0xE000 / 64)
            .Select(i => new object?[] { string.Concat(Enumerable.Range(i * 64, 64).Select(char.ConvertFromUtf32)) })];
        yield return new Sample("code-points", new SampleTable([new("text", ColumnType.String)], points), Plain);

        object?[][] lengths = [.. Enumerable.Range(0, 300).Select(i => new object?[] { Enumerable.Range(0, i).Select(k => (byte)(i + k)).ToArray() })];
        yield return new Sample("lengths-of-bytes", new SampleTable([new("bytes", ColumnType.Bytes)], lengths), Plain);

        object?[][] longTexts = [[new string('x', 3_000_000)], [""], [new string('y', 1_048_576)], [new string('z', 1_048_577)]];
        yield return new Sample("long-text", new SampleTable([new("text", ColumnType.String)], longTexts), Plain, HasStatistics: false);

        object?[][] genres = [.. Enumerable.Range(0, 20_000).Select(i => new object?[] { (i % 7) switch { 0 => null, 1 => "", var g => $"genre {g}" } })];
        var repetitive = new SampleTable([new("genre", ColumnType.String, true)], genres);
        yield return new Sample(
            "dictionary", repetitive, Plain with { PageBytes = 5000 }, new() { ["genre"] = [ValueEncoding.Plain, ValueEncoding.Rle, ValueEncoding.RleDictionary] });
        yield return new Sample("no-dictionary", repetitive, Plain with { UseDictionaries = false }, new() { ["genre"] = [ValueEncoding.Plain, ValueEncoding.Rle] });

        // Past a megabyte of different texts the dictionary is given up within the column.
        object?[][] many = [.. Enumerable.Range(0, 80_000).Select(i => new object?[] { $"{i / 2,40}" })];
        yield return new Sample(
            "dictionary-given-up", new SampleTable([new("text", ColumnType.String)], many), Plain with { PageBytes = 10_000 },
            new() { ["text"] = [ValueEncoding.Plain, ValueEncoding.RleDictionary] }, RowGroups: 1);

        // Nulls first: a page without any value, then a dictionary.
        object?[][] late = [.. Enumerable.Range(0, 1_100_000).Select(i => new object?[] { i < 1_060_000 ? null : "late" })];
        yield return new Sample("nulls-before-a-dictionary", new SampleTable([new("text", ColumnType.String, true)], late), Plain);
    }

    private static IEnumerable<Sample> Sizes()
    {
        object?[] list = [.. Enumerable.Range(0, 200_000).Select(i => (object)(i * 0.5f))];
        foreach (CompressionCodec codec in Codecs)
        {
            yield return new Sample(
                $"long-list-{codec.ToString().ToLowerInvariant()}",
                new SampleTable([new("id", ColumnType.Int32), new("values", ColumnType.Float, IsList: true)], [[1, list], [2, list[..1]], [3, list]]),
                Plain with { Codec = codec });
        }

        yield return new Sample(
            "long-list-in-many-pages",
            new SampleTable([new("values", ColumnType.Float, IsList: true)], [[list[..3]], [list[..20_000]], [list[..16]]]),
            Plain with { PageBytes = 256 });
        object?[] flags = [.. Enumerable.Range(0, 50_000).Select(i => (object)(i % 3 == 0))];
        yield return new Sample(
            "long-list-of-flags-in-many-pages", new SampleTable([new("values", ColumnType.Bool, IsList: true)], [[flags[..9]], [flags], [flags[..1]]]), Plain with { PageBytes = 100 });
    }

    /// <summary>Random tables of the kind that RoundTripTests writes.</summary>
    private static IEnumerable<Sample> Anything()
    {
        for (int i = 0; i < 40; i++)
        {
            var random = new Random(1000 + i);
            SampleTable table = SampleTable.Random(random, [.. SampleTable.Random(random).Columns.Select((c, k) => c with { Name = $"c{k}" })], 200);
            yield return new Sample(
                $"random-{i:00}",
                table,
                Plain with
                {
                    Codec = Codecs[i % Codecs.Length],
                    PageBytes = i % 3 == 0 ? 1 : 500,
                    RowGroupRows = i % 4 == 0 ? 37 : 1000,
                    SplitFloats = i % 2 == 0,
                    UseDictionaries = i % 5 != 0,
                },
                HasStatistics: false);
        }
    }

    private static ParquetColumn[] ShapesOf(ColumnType type)
    {
        string name = type.ToString().ToLowerInvariant();
        return
        [
            new(name, type),
            new($"{name}_optional", type, true),
            new($"{name}_list", type, IsList: true),
            new($"{name}_optional_list", type, true, true),
            new($"{name}_list_of_optional", type, false, true, true),
            new($"{name}_optional_list_of_optional", type, true, true, true),
        ];
    }

    // Random text is sometimes long, and NaN has no bounds: compare.mjs asks for what can be there.
    private static bool HasShortBounds(ColumnType type) => type is ColumnType.Bool or ColumnType.Int32 or ColumnType.Int64;

    private static object?[][] Repeat(object?[] row, int rows) => [.. Enumerable.Repeat(row, rows)];
}
