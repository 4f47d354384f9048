using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Native;
using Pipeline.Parquet;
using Xunit;

namespace Pipeline.Tests.Parquet;

/// <summary>What is written comes back, whatever the columns, rows and options.</summary>
public class RoundTripTests
{
    /// <summary>As documented: a list longer than so many pages is divided between pages.</summary>
    private const int PagesPerList = 16;

    /// <summary>As documented: longer bounds of text are left out.</summary>
    private const int MaxBoundBytes = 1024;

    private static readonly CompressionCodec[] Codecs = NativeLibraries.IsAvailable("zstd")
        ? [CompressionCodec.Uncompressed, CompressionCodec.Snappy, CompressionCodec.Gzip, CompressionCodec.Brotli, CompressionCodec.Zstd]
        : [CompressionCodec.Uncompressed, CompressionCodec.Snappy, CompressionCodec.Gzip, CompressionCodec.Brotli];

    /// <summary>The default: small, so that the file is quickly looked at, and without libraries that may be missing.</summary>
    private static readonly ParquetWriterOptions Plain = new() { Codec = CompressionCodec.Uncompressed };

    [Fact]
    public void Any_table_with_any_options_comes_back_to_the_bit() => Check(400, seed =>
    {
        var random = new Random(seed);
        SampleTable table = SampleTable.Random(random);
        ParquetWriterOptions options = RandomOptions(random);
        byte[] bytes = table.Write(options);
        Assert.True(bytes.AsSpan().SequenceEqual(table.Write(options)), "the same table gave other bytes the second time");

        using var temporary = new TemporaryFile(bytes);
        using ParquetFile file = ParquetFile.Open(temporary.Path);
        CompareSchema(table, file);
        Compare(table, ReadBack.Records(file));
        Compare(table, ReadBack.Batches(file, () => random.Next(3) switch { 0 => 1, 1 => random.Next(1, 40), _ => 0 }, Names(table)));
        Compare(table, ReadBack.Batches(file, () => int.MaxValue, Names(table)));
        CompareStatistics(table, file);
        Assert.All(file.Metadata.RowGroups, g => Assert.InRange(g.RowCount, 1, options.RowGroupRows));
    });

    [Fact]
    public void A_list_of_200_000_floats_comes_back() => RoundTrip(new SampleTable(
        [new("values", ColumnType.Float, IsList: true)], [[Floats(200_000)], [Floats(0)], [Floats(3)], [Floats(200_000)]]));

    [Theory, InlineData(false), InlineData(true)]
    public void A_list_of_many_pages_comes_back(bool hasOptionalElements)
    {
        var table = new SampleTable(
            [new("before", ColumnType.Int32), new("values", ColumnType.Float, IsList: true, HasOptionalElements: hasOptionalElements)],
            [[1, Floats(5)], [2, Floats(40_000)], [3, Floats(1)], [4, Floats(16)], [5, Floats(17)]]);
        ParquetWriterOptions options = Plain with { PageBytes = 64 };
        RoundTrip(table, options);
        if (!hasOptionalElements)
        {
            int floatsPerPiece = options.PageBytes * PagesPerList / sizeof(float);
            Assert.InRange(PageCounts.Of(table.Write(options), "values"), 40_000 / floatsPerPiece, 3 + 40_000 / floatsPerPiece);
        }
    }

    [Theory, InlineData(ColumnType.Bool), InlineData(ColumnType.Int64), InlineData(ColumnType.String), InlineData(ColumnType.Bytes)]
    public void A_long_list_of_any_type_comes_back(ColumnType type)
    {
        var random = new Random(7);
        object?[] list = [.. Enumerable.Range(0, 50_000).Select(_ => SampleTable.Value(random, type))];
        RoundTrip(new SampleTable([new("values", type, IsList: true)], [[Array.Empty<object?>()], [list], [list[..10]]]), Plain with { PageBytes = 100 });
    }

    [Fact]
    public void Rows_are_divided_into_row_groups_by_number()
    {
        SampleTable table = SampleTable.Random(new Random(1), [new("a", ColumnType.Int64, true), new("b", ColumnType.String, IsList: true)], 250);
        ParquetFile file = RoundTrip(table, Plain with { RowGroupRows = 100 });
        Assert.Equal([100, 100, 50], file.Metadata.RowGroups.Select(g => g.RowCount));
        Assert.Equal(250, file.Metadata.RowCount);
    }

    [Fact]
    public void A_great_many_equal_values_that_compress_to_nothing_are_no_attack()
    {
        using var temporary = new TemporaryFile();
        using (FileStream stream = File.Create(temporary.Path))
        using (var writer = new ParquetWriter(stream, [new("silence", ColumnType.Bool, IsList: true)]))
        {
            for (int i = 0; i < 20; i++)
            {
                writer.Column<bool>("silence").AppendList(new bool[1_000_000]);
                writer.EndRow();
            }

            writer.Finish();
        }

        using ParquetFile file = ParquetFile.Open(temporary.Path);
        Assert.InRange(file.Length, 1, 20_000);
        using RowBatches batches = file.Read("silence");
        Assert.True(batches.Next(20));
        Assert.Equal(20_000_000, batches[0].Slots);
    }

    [Fact]
    public void Row_groups_can_be_read_by_themselves_and_side_by_side()
    {
        SampleTable table = SampleTable.Random(new Random(2), [new("a", ColumnType.Int64), new("b", ColumnType.String)], 350);
        using var temporary = new TemporaryFile(table.Write(Plain with { RowGroupRows = 100 }));
        using ParquetFile file = ParquetFile.Open(temporary.Path);
        var sums = new (long Rows, long Sum)[4];
        Parallel.For(0, 4, g => sums[g] = Sum(file.Read(["a"], g..(g + 1))));
        Assert.Equal([100, 100, 100, 50], sums.Select(s => s.Rows));
        Assert.Equal(Sum(file.Read("a")), (350, sums.Aggregate(0L, (total, s) => unchecked(total + s.Sum))));
        Assert.Equal(Sum(file.Read(["a"], 1..^1)), (200, unchecked(sums[1].Sum + sums[2].Sum)));
        Assert.Equal((0, 0), Sum(file.Read(["a"], 4..)));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(["a"], 3..6));

        static (long Rows, long Sum) Sum(RowBatches batches)
        {
            (long rows, long sum) = (0, 0);
            using (batches)
            {
                while (batches.Next(7))
                {
                    foreach (long value in batches.Column<long>("a").Values)
                    {
                        sum = unchecked(sum + value);
                    }

                    rows += batches.Count;
                }
            }

            return (rows, sum);
        }
    }

    [Fact]
    public void Rows_are_divided_into_row_groups_by_size()
    {
        object?[][] rows = [.. Enumerable.Range(0, 3000).Select(i => new object?[] { (long)i })];
        ParquetFile file = RoundTrip(new SampleTable([new("a", ColumnType.Int64)], rows), Plain with { RowGroupBytes = 8000, PageBytes = 100 });
        Assert.Equal(3, file.Metadata.RowGroups.Count);
        Assert.All(file.Metadata.RowGroups.SkipLast(1), g => Assert.InRange(g.RowCount * sizeof(long), 8000, 8200));
    }

    [Fact]
    public void The_number_of_threads_changes_no_byte()
    {
        ParquetColumn[] columns =
        [
            new("floats", ColumnType.Float, IsList: true), new("text", ColumnType.String, IsOptional: true),
            new("key", ColumnType.String), new("flags", ColumnType.Bool, IsOptional: true, IsList: true, HasOptionalElements: true),
        ];
        var random = new Random(3);
        object?[][] rows =
        [
            .. Enumerable.Range(0, 20_000).Select(i => new object?[]
            {
                Enumerable.Range(0, i % 50).Select(_ => (object?)random.NextSingle()).ToArray(), i % 3 == 0 ? null : $"genre {random.Next(12)}",
                $"key {i * 7919 % 20_000}", Enumerable.Range(0, i % 4).Select(k => k == 1 ? null : (object?)(random.Next(2) == 0)).ToArray(),
            }),
        ];
        var table = new SampleTable(columns, rows);
        var options = new ParquetWriterOptions { PageBytes = 40_000, RowGroupBytes = 700_000, Codec = CompressionCodec.Snappy };
        byte[] one = table.Write(options with { Threads = 1 });
        Assert.Equal(one, table.Write(options with { Threads = 2 }));
        Assert.Equal(one, table.Write(options with { Threads = 9 }));
        RoundTrip(table, options);
    }

    [Fact]
    public void A_writer_that_is_given_up_waits_for_its_threads()
    {
        for (int i = 0; i < 20; i++)
        {
            using var writer = new ParquetWriter(Stream.Null, [new("values", ColumnType.Float, IsList: true)], new() { Threads = 4 });
            writer.Column<float>("values").AppendList(new float[2_000_000]);
            writer.EndRow();
            writer.Column<float>("values").AppendList(new float[2_000_000]);
            writer.EndRow();
        }
    }

    [Fact]
    public void A_dictionary_that_grows_too_large_is_given_up_within_the_column()
    {
        // 40 bytes a text: past a megabyte after some 26,000 different ones.
        object?[][] rows = [.. Enumerable.Range(0, 60_000).Select(i => new object?[] { $"{i / 2,40}" })];
        var table = new SampleTable([new("text", ColumnType.String)], rows);
        ParquetFile file = RoundTrip(table, Plain with { RowGroupRows = 60_000, PageBytes = 10_000 });
        ColumnChunkMetadata chunk = Assert.Single(file.Metadata.RowGroups).Columns[0];
        Assert.Contains(ValueEncoding.RleDictionary, chunk.Encodings);
        Assert.Contains(ValueEncoding.Plain, chunk.Encodings);
        Assert.InRange(chunk.UncompressedSize, 1 << 20, 60_000 * 44);

        // The next row group starts with a dictionary of its own.
        file = RoundTrip(table, Plain with { RowGroupRows = 30_000, PageBytes = 10_000 });
        Assert.All(file.Metadata.RowGroups, g => Assert.Contains(ValueEncoding.RleDictionary, g.Columns[0].Encodings));
    }

    [Fact]
    public void Repetitive_text_takes_a_byte_or_less_each()
    {
        object?[][] rows = [.. Enumerable.Range(0, 10_000).Select(i => new object?[] { i % 3 == 0 ? "classical" : "electronic" })];
        var table = new SampleTable([new("genre", ColumnType.String)], rows);
        Assert.InRange(table.Write(Plain).Length, 0, 10_000);
        Assert.InRange(table.Write(Plain with { UseDictionaries = false }).Length, 100_000, 150_000);
    }

    [Fact]
    public void Text_after_a_page_of_nulls_still_gets_a_dictionary()
    {
        object?[][] rows = [.. Enumerable.Range(0, 1_100_000).Select(i => new object?[] { i < 1_060_000 ? null : "electronic" })];
        ParquetFile file = RoundTrip(new SampleTable([new("genre", ColumnType.String, true)], rows), Plain);
        Assert.InRange(file.Length, 0, 10_000);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_column_of_nulls_comes_back(bool isList)
    {
        ParquetColumn[] columns = [.. Enum.GetValues<ColumnType>().Select(t => new ParquetColumn(t.ToString(), t, true, isList, isList))];
        object?[] nulls = new object?[columns.Length];
        ParquetFile file = RoundTrip(new SampleTable(columns, [.. Enumerable.Repeat(nulls, 20_000)]));
        Assert.All(file.Metadata.RowGroups[0].Columns, c =>
        {
            Assert.Equal(20_000, c.Statistics!.NullCount);
            Assert.Null(c.Statistics.Min);
        });
    }

    [Fact]
    public void A_table_without_rows_comes_back()
    {
        ParquetFile file = RoundTrip(new SampleTable([new("a", ColumnType.Float), new("b", ColumnType.String, true, true, true)], []));
        Assert.Empty(file.Metadata.RowGroups);
    }

    [Fact]
    public void Key_values_and_the_name_of_the_writer_are_left_in_the_footer()
    {
        using var stream = new MemoryStream();
        using (var writer = new ParquetWriter(stream, [new("a", ColumnType.Int32)], Plain with { CreatedBy = "a test" }))
        {
            writer.SetKeyValue("first", "old");
            writer.SetKeyValue("second", "\0日本");
            writer.SetKeyValue("first", "new");
            writer.Finish();
        }

        using var temporary = new TemporaryFile(stream.ToArray());
        using ParquetFile file = ParquetFile.Open(temporary.Path);
        Assert.Equal("new", file.Metadata["first"]);
        Assert.Equal("\0日本", file.Metadata["second"]);
        Assert.Equal(2, file.Metadata.KeyValues.Count);
        Assert.Null(file.Metadata["third"]);
        Assert.Equal("a test", file.Metadata.CreatedBy);
    }

    [Fact]
    public void Reading_some_columns_does_not_touch_the_bytes_of_the_others()
    {
        SampleTable table = SampleTable.Random(
            new Random(3), [new("a", ColumnType.Int64), new("b", ColumnType.String, IsList: true), new("c", ColumnType.Double)], 5000);
        byte[] bytes = table.Write(Plain);
        long[] sizes;
        using (var whole = new TemporaryFile(bytes))
        using (ParquetFile file = ParquetFile.Open(whole.Path))
        {
            sizes = [.. Assert.Single(file.Metadata.RowGroups).Columns.Select(c => c.CompressedSize)];
        }

        bytes.AsSpan(4 + (int)sizes[0], (int)sizes[1]).Fill(0xEE);
        using var damaged = new TemporaryFile(bytes);
        using ParquetFile rest = ParquetFile.Open(damaged.Path);
        Compare(Select(table, 0, 2), ReadBack.Batches(rest, () => 0, "a", "c"));
        Compare(Select(table, 2, 0), [.. rest.ReadRecords(["c", "a"])]);
        var e = Assert.Throws<ParquetException>(() => rest.ReadRecords(["b"]).Count());
        Assert.Equal("b.list.element", e.Column);
        Assert.Equal(damaged.Path, e.File);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_flipped_bit_of_a_page_is_noticed_where_there_are_checksums(bool checksums)
    {
        object?[][] rows = [.. Enumerable.Range(0, 100).Select(i => new object?[] { i })];
        byte[] bytes = new SampleTable([new("a", ColumnType.Int32)], rows).Write(Plain with { Checksums = checksums });
        int end;
        using (var whole = new TemporaryFile(bytes))
        using (ParquetFile file = ParquetFile.Open(whole.Path))
        {
            end = 4 + (int)Assert.Single(file.Metadata.RowGroups).Columns[0].CompressedSize;
        }

        for (int at = end - 400; at < end; at++)
        {
            bytes[at] ^= 16;
            using var temporary = new TemporaryFile(bytes);
            using ParquetFile file = ParquetFile.Open(temporary.Path);
            if (checksums)
            {
                Assert.Contains("checksum", Assert.Throws<ParquetException>(() => file.ReadRecords().Count()).Message);
            }
            else
            {
                Assert.Equal(100, file.ReadRecords().Count());
            }

            bytes[at] ^= 16;
        }
    }

    [Fact]
    public void Columns_are_found_by_name_and_refused_by_name()
    {
        using var temporary = new TemporaryFile(new SampleTable([new("a", ColumnType.Int32), new("b", ColumnType.String)], [[1, "x"]]).Write(Plain));
        using ParquetFile file = ParquetFile.Open(temporary.Path);
        Assert.Equal($"{temporary.Path}: there is no column 'c'; there are: a, b", Assert.Throws<ParquetException>(() => file.Read("c")).Message);
        Assert.Throws<ParquetException>(() => file.ReadRecords(["c"]));
        using RowBatches rows = file.Read("a", "b");
        Assert.Contains("column a", Assert.Throws<ParquetException>(() => rows.Column<long>("a")).Message);
        Assert.Contains("column b", Assert.Throws<ParquetException>(() => rows.Column<int>("b")).Message);
        Assert.Contains("column a", Assert.Throws<ParquetException>(() => rows.Bytes("a")).Message);
        using RowBatches some = file.Read("a");
        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => some.Bytes("b")).Message);
    }

    [Fact]
    public void A_column_asked_for_twice_is_read_twice()
    {
        var table = new SampleTable([new("a", ColumnType.Int32), new("b", ColumnType.String, IsList: true)], [[1, List("x")], [2, List("y", "z")]]);
        using var temporary = new TemporaryFile(table.Write(Plain));
        using ParquetFile file = ParquetFile.Open(temporary.Path);
        Compare(Select(table, 1, 0, 1), ReadBack.Batches(file, () => 1, "b", "a", "b"));
        Compare(Select(table, 1, 0, 1), [.. file.ReadRecords(["b", "a", "b"])]);
    }

    [Fact]
    public void A_file_that_was_not_finished_is_refused_as_cut_short()
    {
        foreach (int rows in new[] { 0, 1, 1000 })
        {
            using var stream = new MemoryStream();
            using (var writer = new ParquetWriter(stream, [new("a", ColumnType.Int32)], Plain with { RowGroupRows = 10 }))
            {
                for (int i = 0; i < rows; i++)
                {
                    SampleTable.Append(writer.Columns[0], i);
                    writer.EndRow();
                }
            }

            using var temporary = new TemporaryFile(stream.ToArray());
            var e = Assert.Throws<ParquetException>(() => ParquetFile.Open(temporary.Path));
            Assert.Contains("cut short", e.Message);
            Assert.StartsWith(temporary.Path, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Finishing_twice_writes_once()
    {
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(stream, [new("a", ColumnType.Int32)], Plain);
        writer.Column<int>("a").Append(1);
        writer.EndRow();
        writer.Finish();
        byte[] once = stream.ToArray();
        writer.Finish();
        Assert.Equal(once, stream.ToArray());
    }

    [Fact]
    public void A_row_after_the_end_is_refused()
    {
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(stream, [new("a", ColumnType.Int32)], Plain);
        writer.Finish();
        byte[] before = stream.ToArray();
        writer.Column<int>("a").Append(1);
        Assert.Throws<InvalidOperationException>(writer.EndRow);
        Assert.Equal(before, stream.ToArray());
    }

    [Fact]
    public void Misuse_of_a_column_is_refused_by_its_name()
    {
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(
            stream,
            [new("number", ColumnType.Int32), new("list", ColumnType.Float, IsList: true), new("bytes", ColumnType.Bytes), new("texts", ColumnType.String, IsList: true)],
            Plain);
        Refused("number", () => writer.Column<int>("number").AppendNull());
        Refused("number", () => writer.Column<int>("number").Append((int?)null));
        Refused("number", () => writer.Column<int>("number").AppendList(new int[1]));
        Refused("list", () => writer.Column<float>("list").Append(1f));
        Refused("list", () => writer.Column<float>("list").AppendNull());
        Refused("bytes", () => writer.Bytes("bytes").AppendList(new byte[]?[1]));
        Refused("bytes", () => writer.Bytes("bytes").Append((string?)null));
        Refused("texts", () => writer.Bytes("texts").Append("text"));
        Refused("number", writer.Finish, () => writer.Column<int>("number").Append(1));

        Assert.Contains("'number' is int32", Assert.Throws<ArgumentException>(() => writer.Column<long>("number")).Message);
        Assert.Contains("'bytes' is bytes", Assert.Throws<ArgumentException>(() => writer.Column<int>("bytes")).Message);
        Assert.Contains("'list' is list<float>", Assert.Throws<ArgumentException>(() => writer.Bytes("list")).Message);
        Assert.Contains("'missing'", Assert.Throws<ArgumentException>(() => writer.Bytes("missing")).Message);
    }

    [Fact]
    public void Values_that_a_column_cannot_hold_are_refused_by_its_name()
    {
        Refused("c", ColumnType.Float, w => ((ColumnWriter<float>)w).AppendList(new float?[] { 1, null }), isList: true);
        Refused("c", ColumnType.String, w => ((ByteColumnWriter)w).AppendList(["a", null]), isList: true);
        Refused("c", ColumnType.Bytes, w => ((ByteColumnWriter)w).Append("text"));
        Refused("c", ColumnType.Bytes, w => ((ByteColumnWriter)w).AppendList(["text"]), isList: true);
    }

    [Fact]
    public void A_row_that_lacks_a_value_or_has_two_is_refused_by_the_columns_name()
    {
        foreach (int values in new[] { 0, 2 })
        {
            using var writer = new ParquetWriter(new MemoryStream(), [new("a", ColumnType.Int32), new("b", ColumnType.Int32)], Plain);
            writer.Column<int>("a").Append(1);
            for (int i = 0; i < values; i++)
            {
                writer.Column<int>("b").Append(1);
            }

            Refused("b", writer.EndRow);
        }
    }

    [Fact]
    public void A_table_that_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new ParquetWriter(new MemoryStream(), []));
        var e = Assert.Throws<ArgumentException>(() => new ParquetWriter(new MemoryStream(), [new("a", ColumnType.Int32), new("a", ColumnType.Float)]));
        Assert.Contains("'a'", e.Message);
        Assert.Throws<ArgumentException>(() => new ParquetWriter(new MemoryStream(), [new("a", ColumnType.Int32)], Plain with { Codec = CompressionCodec.Lz4Raw }));
    }

    private static void Check(int cases, Action<int> property) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            try
            {
                property(seed);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"with the seed {seed}: {e.Message}", e);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(20_250_101, 3));

    private static ParquetWriterOptions RandomOptions(Random random) => new()
    {
        Codec = Codecs[random.Next(Codecs.Length)],
        SplitFloats = random.Next(2) == 0,
        UseDictionaries = random.Next(2) == 0,
        Checksums = random.Next(2) == 0,
        PageBytes = random.Next(4) switch { 0 => 1, 1 => 64, 2 => 1000, _ => 1 << 20 },
        RowGroupBytes = random.Next(3) switch { 0 => 1000, 1 => 20_000, _ => 64 << 20 },
        RowGroupRows = random.Next(3) switch { 0 => random.Next(1, 50), 1 => 1000, _ => 1 << 22 },
    };

    private static ParquetFile RoundTrip(SampleTable table, ParquetWriterOptions? options = null)
    {
        using var temporary = new TemporaryFile(table.Write(options ?? Plain));
        using ParquetFile file = ParquetFile.Open(temporary.Path);
        CompareSchema(table, file);
        Compare(table, ReadBack.Records(file));
        Compare(table, ReadBack.Batches(file, () => 0, Names(table)));
        Compare(table, ReadBack.Batches(file, () => 3, Names(table)));
        CompareStatistics(table, file);
        return file; // closed: for its metadata
    }

    private static void CompareSchema(SampleTable table, ParquetFile file)
    {
        Assert.Equal(Names(table), file.Schema.Fields.Select(f => f.Name));
        Assert.Equal(table.Columns.Select(c => c.TypeName), file.Schema.Fields.Select(f => f.TypeName));
        Assert.Equal(table.Rows.Length, file.Metadata.RowCount);
    }

    private static void Compare(SampleTable table, List<object?[]> rows)
    {
        Assert.Equal(table.Rows.Length, rows.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            for (int c = 0; c < table.Columns.Length; c++)
            {
                if (!Values.AreSame(table.Rows[i][c], rows[i][c]))
                {
                    Assert.Fail($"row {i}, column {c} ({table.Columns[c]}): {Values.Show(table.Rows[i][c])} was written, {Values.Show(rows[i][c])} read");
                }
            }
        }
    }

    private static void CompareStatistics(SampleTable table, ParquetFile file)
    {
        int start = 0;
        foreach (RowGroupMetadata group in file.Metadata.RowGroups)
        {
            ReadOnlySpan<object?[]> rows = table.Rows.AsSpan(start, (int)group.RowCount);
            start += rows.Length;
            for (int c = 0; c < table.Columns.Length; c++)
            {
                CompareStatistics(table.Columns[c], [.. rows.ToArray().Select(r => r[c])], group.Columns[c]);
            }
        }
    }

    private static void CompareStatistics(ParquetColumn column, object?[] cells, ColumnChunkMetadata chunk)
    {
        // A list that is null or empty counts as a null, as other writers count it.
        object?[] entries = [.. cells.SelectMany(c => c is object?[] list ? list.Length == 0 ? [null] : list : [c])];
        Assert.Equal(entries.Length, chunk.ValueCount);
        Assert.Equal(entries.Count(e => e is null), chunk.Statistics!.NullCount);
        (byte[]? min, byte[]? max) = Bounds(column.Type, [.. entries.OfType<object>()]);
        Assert.Equal(min, chunk.Statistics.Min?.ToArray());
        Assert.Equal(max, chunk.Statistics.Max?.ToArray());
    }

    private static (byte[]? Min, byte[]? Max) Bounds(ColumnType type, object[] values)
    {
        if (values.Length == 0 || values.Any(v => v is float.NaN or double.NaN))
        {
            return default;
        }

        switch (type)
        {
            case ColumnType.Bool: return ([(byte)(values.All(v => (bool)v) ? 1 : 0)], [(byte)(values.Any(v => (bool)v) ? 1 : 0)]);
            case ColumnType.Int32: return (BitConverter.GetBytes(values.Min(v => (int)v)), BitConverter.GetBytes(values.Max(v => (int)v)));
            case ColumnType.Int64: return (BitConverter.GetBytes(values.Min(v => (long)v)), BitConverter.GetBytes(values.Max(v => (long)v)));
            case ColumnType.Float:
                float low = values.Min(v => (float)v), high = values.Max(v => (float)v);
                return (BitConverter.GetBytes(low == 0 ? -0.0f : low), BitConverter.GetBytes(high == 0 ? 0.0f : high));
            case ColumnType.Double:
                double least = values.Min(v => (double)v), most = values.Max(v => (double)v);
                return (BitConverter.GetBytes(least == 0 ? -0.0 : least), BitConverter.GetBytes(most == 0 ? 0.0 : most));
            default:
                byte[][] sorted = [.. values.Select(v => v as byte[] ?? Encoding.UTF8.GetBytes((string)v))];
                Array.Sort(sorted, (a, b) => a.AsSpan().SequenceCompareTo(b));
                return sorted[0].Length > MaxBoundBytes || sorted[^1].Length > MaxBoundBytes ? default : (sorted[0], sorted[^1]);
        }
    }

    private static SampleTable Select(SampleTable table, params int[] columns) =>
        new([.. columns.Select(c => table.Columns[c])], [.. table.Rows.Select(r => columns.Select(c => r[c]).ToArray())]);

    private static string[] Names(SampleTable table) => [.. table.Columns.Select(c => c.Name)];

    private static object?[] Floats(int count) => [.. Enumerable.Range(0, count).Select(i => (object)(i * 0.25f - 3))];

    private static object?[] List(params object?[] elements) => elements;

    private static void Refused(string column, ColumnType type, Action<ColumnWriter> append, bool isList = false)
    {
        using var writer = new ParquetWriter(new MemoryStream(), [new(column, type, IsList: isList)], Plain);
        Refused(column, () => append(writer.Columns[0]));
    }

    private static void Refused(string column, Action misuse, Action? before = null)
    {
        before?.Invoke();
        string message = Assert.Throws<InvalidOperationException>(misuse).Message;
        Assert.Contains($"'{column}'", message);
        Assert.DoesNotContain('\n', message);
    }
}
