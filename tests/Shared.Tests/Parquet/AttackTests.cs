using System.Diagnostics;
using System.Text;
using Pipeline.Native;
using Pipeline.Parquet;
using Pipeline.Parquet.Codecs;
using Pipeline.Parquet.Metadata;
using Xunit;
using static Pipeline.Tests.Parquet.ForgedFile;

namespace Pipeline.Tests.Parquet;

/// <summary>Files made to take a reader's memory, time or stack.</summary>
[Collection(nameof(AloneCollection))]
public class AttackTests
{
    private const long Megabyte = 1 << 20;

    private static readonly SampleTable Small = new([new("a", ColumnType.Int32)], [[1], [2]]);
    private static readonly byte[] Honest = Small.Write(new ParquetWriterOptions { Codec = CompressionCodec.Uncompressed });

    public static TheoryData<CompressionCodec> Bombs => [CompressionCodec.Gzip, CompressionCodec.Brotli, CompressionCodec.Zstd];

    public static TheoryData<CompressionCodec> Codecs =>
    [
        CompressionCodec.Snappy, CompressionCodec.Gzip, CompressionCodec.Brotli, CompressionCodec.Lz4, CompressionCodec.Zstd, CompressionCodec.Lz4Raw,
    ];

    [Theory, InlineData(int.MaxValue), InlineData(int.MinValue), InlineData(-1), InlineData(0), InlineData(1 << 20)]
    public void A_footer_length_that_cannot_be(int length)
    {
        byte[] bytes = [.. Honest[..^8], .. BitConverter.GetBytes(length), .. "PAR1"u8];
        Refused(bytes, "footer");
    }

    [Theory, InlineData(int.MaxValue), InlineData(-1), InlineData(2)]
    public void A_group_that_announces_more_fields_than_there_are(int children) =>
        Refused(OfSchema(2, w =>
        {
            Element(w, "schema", null, children: children);
            Element(w, "a", PhysicalType.Int32);
        }), "fields");

    [Fact]
    public void A_schema_nested_10_000_deep() =>
        Refused(OfSchema(10_002, w =>
        {
            Element(w, "schema", null, children: 1);
            for (int i = 0; i < 10_000; i++)
            {
                Element(w, "g", null, Repetition.Optional, 1);
            }

            Element(w, "a", PhysicalType.Int32);
        }), "nested");

    [Fact]
    public void Unknown_metadata_nested_10_000_deep()
    {
        var footer = new ThriftWriter();
        for (int i = 0; i < 10_000; i++)
        {
            footer.BeginStruct(15);
        }

        Refused(OfFooter(footer.Written), "nested");
        Refused(OfFooter([0xF9, .. Enumerable.Repeat((byte)0x19, 10_000)]), "nested");
    }

    [Fact]
    public void Unknown_metadata_of_2_to_the_31_items()
    {
        byte[] count = [0xFF, 0xFF, 0xFF, 0xFF, 0x07];
        Refused(OfFooter([0xF0 | (int)ThriftType.List, 0xF3, .. count]), "too soon");
        Refused(OfFooter([0xF0 | (int)ThriftType.Map, .. count, 0x33]), "too soon");
        Refused(OfFooter([0xF0 | (int)ThriftType.Binary, .. count]), "too soon");
    }

    [Fact]
    public void A_long_name_that_is_part_of_many_paths()
    {
        // A megabyte once in the file would be a megabyte in the path of each of 3000 leaves.
        const int Leaves = 3000;
        Refused(OfSchema(2 + Leaves, w =>
        {
            Element(w, "schema", null, children: 1);
            Element(w, new string('x', 1 << 20), null, Repetition.Optional, Leaves);
            for (int i = 0; i < Leaves; i++)
            {
                Element(w, "a", PhysicalType.Int32);
            }
        }), "name", most: 100 * Megabyte);
    }

    [Fact]
    public void A_page_of_2_to_the_31_values()
    {
        byte[] body = new byte[8];
        Refused(new ForgedFile { Rows = int.MaxValue }.With(PhysicalType.Int32, int.MaxValue, [Data(int.MaxValue, ValueEncoding.Plain, body)]), "values");
        Refused(new ForgedFile { Rows = 1 << 26 }.With(PhysicalType.Int32, 1 << 26, [Data(1 << 26, ValueEncoding.Plain, body)]), "ends");
    }

    [Fact]
    public void A_page_of_2_to_the_31_bytes()
    {
        byte[] body = new byte[8];
        Refused(Rows(2, Data(2, ValueEncoding.Plain, body) with { CompressedSize = int.MaxValue }), "bytes");
        Refused(Rows(2, Data(2, ValueEncoding.Plain, body) with { UncompressedSize = int.MaxValue }), "bytes");
        Refused(Rows(2, Data(2, ValueEncoding.Plain, body) with { CompressedSize = -1 }), "negative");
    }

    [Theory, MemberData(nameof(Codecs))]
    public void A_compressed_page_that_announces_2_to_the_31_bytes(CompressionCodec codec)
    {
        NeedZstd(codec);
        byte[] body = codec is CompressionCodec.Lz4 or CompressionCodec.Lz4Raw ? [0x10, 1] : Compress(codec, new byte[8]);
        Refused(Rows(2, Data(2, ValueEncoding.Plain, body) with { UncompressedSize = int.MaxValue }, codec), "");
    }

    [Theory, MemberData(nameof(Bombs))]
    public void A_page_that_expands_far_beyond_what_it_announces(CompressionCodec codec)
    {
        NeedZstd(codec);
        byte[] body = Compress(codec, new byte[200 * Megabyte]);
        Refused(Rows(2, Data(2, ValueEncoding.Plain, body) with { UncompressedSize = 8 }, codec), "");
    }

    [Theory, InlineData(0), InlineData(1)]
    public void A_list_whose_levels_expand_without_data(int definition)
    {
        const int Values = 1 << 26;
        byte[] body = [.. ForgedFile.Levels([2, 0, .. Run(1, Values - 1)[4..]]), .. Run(1 + definition, Values)];
        Refused(
            new ForgedFile { Rows = 1 }.With(PhysicalType.Int32, Values, [Data(Values, ValueEncoding.Plain, body)], isList: true),
            definition == 0 ? "expand" : "ends",
            most: 1500 * Megabyte);
    }

    [Fact]
    public void A_null_list_that_goes_on_in_the_next_page()
    {
        // Levels 0 and 1 of the definition are a list that is null or empty; the next page has a further element of it.
        Page[] pages =
        [
            Data(1, ValueEncoding.Plain, [.. Run(0, 1), .. Run(0, 1)]),
            Data(1, ValueEncoding.Plain, [.. Run(1, 1), .. Run(2, 1), 7, 0, 0, 0]),
        ];
        using var temporary = new TemporaryFile(new ForgedFile { Rows = 1 }.With(PhysicalType.Int32, 2, pages, isList: true).Build());
        List<ParquetException> faults = ReadEverything.Of(temporary.Path);
        Assert.Contains(faults, f => f.Message.Contains("goes on", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Message.Contains("disagree", StringComparison.Ordinal));
    }

    [Fact]
    public void Columns_of_one_list_that_disagree_on_its_rows()
    {
        // Two elements and one for the first field, one and two for the second.
        byte[] definition = Run(1, 3), values = new byte[12];
        ForgedFile file = new ForgedFile { Rows = 2 }
            .With(PhysicalType.Int32, 3, [Data(3, ValueEncoding.Plain, [.. ForgedFile.Levels(3, 0b010), .. definition, .. values])])
            .With(PhysicalType.Int32, 3, [Data(3, ValueEncoding.Plain, [.. ForgedFile.Levels(3, 0b100), .. definition, .. values])])
            .WithSchema(4, w =>
            {
                Element(w, "schema", null, children: 1);
                Element(w, "pairs", null, Repetition.Repeated, 2);
                Element(w, "a", PhysicalType.Int32);
                Element(w, "b", PhysicalType.Int32);
            });
        using var temporary = new TemporaryFile(file.Build());
        using ParquetFile opened = ParquetFile.Open(temporary.Path);
        Assert.Contains("disagree", Assert.Throws<ParquetException>(() => opened.ReadRecords().Count()).Message);
    }

    [Fact]
    public void Values_that_share_ever_longer_prefixes()
    {
        // Each value is a byte longer than the one before: a megabyte would stand for half a terabyte.
        const int Values = 1 << 20;
        byte[] body =
        [
            .. DeltaEncoder.Encode([.. Enumerable.Range(0, Values).Select(i => (long)i)]),
            .. DeltaEncoder.Encode([.. Enumerable.Repeat(1L, Values)]),
            .. new byte[Values],
        ];
        Refused(new ForgedFile { Rows = Values }.With(PhysicalType.ByteArray, Values, [Data(Values, ValueEncoding.DeltaByteArray, body)]), "expand", most: 2000 * Megabyte, seconds: 5);
    }

    [Theory, InlineData(ValueEncoding.DeltaLengthByteArray), InlineData(ValueEncoding.DeltaByteArray)]
    public void Lengths_that_expand_without_data(ValueEncoding encoding)
    {
        // Blocks of 65,536 equal lengths take three bytes each.
        const int Values = 1 << 26;
        var lengths = new List<byte>();
        DeltaEncoder.Varint(lengths, 1 << 16);
        DeltaEncoder.Varint(lengths, 1);
        DeltaEncoder.Varint(lengths, Values);
        lengths.Add(0);
        lengths.AddRange(new byte[2 * (Values >> 16)]);
        Refused(
            new ForgedFile { Rows = Values }.With(PhysicalType.ByteArray, Values, [Data(Values, encoding, [.. lengths, .. lengths])]), "expand", most: 200 * Megabyte);
    }

    [Fact]
    public void A_dictionary_of_2_to_the_30_entries()
    {
        byte[] body = new byte[100];
        foreach (PhysicalType type in new[] { PhysicalType.ByteArray, PhysicalType.Int32 })
        {
            Page page = new(PageType.Dictionary, 1 << 30, ValueEncoding.Plain, body);
            Refused(new ForgedFile { Rows = 2 }.With(type, 2, [page, Data(2, ValueEncoding.RleDictionary, [1, 4, 0])]), "dictionary");
        }
    }

    [Fact]
    public void A_row_group_of_2_to_the_60_rows()
    {
        const long Many = 1L << 60;
        Refused(new ForgedFile { Rows = Many }.With(PhysicalType.Int32, Many, [Data(2, ValueEncoding.Plain, new byte[8])]), "ends");
        Refused(new ForgedFile { Rows = Many }.With(PhysicalType.Int32, 2, [Data(2, ValueEncoding.Plain, new byte[8])]), "values");
        Refused(new ForgedFile { Rows = Many }.With(PhysicalType.Int32, Many, [Data(2, ValueEncoding.Plain, [.. Run(0, 2), .. Run(0, 2)])], isList: true), "ends");
        Refused(new ForgedFile { Rows = -1 }.With(PhysicalType.Int32, -1, []), "rows");
    }

    [Fact]
    public void A_table_without_columns_and_with_2_to_the_60_rows() =>
        Refused(new ForgedFile { Rows = 1L << 60, Schema = (1, w => Element(w, "schema", null)) }.Build(), "columns");

    [Fact]
    public void A_batch_of_all_rows_of_a_file_that_announces_2_to_the_60()
    {
        using var temporary = new TemporaryFile(new ForgedFile { Rows = 1L << 60 }.With(PhysicalType.Double, 1L << 60, [Data(2, ValueEncoding.Plain, new byte[16])]).Build());
        using ParquetFile file = ParquetFile.Open(temporary.Path);
        using RowBatches rows = file.Read("c0");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ParquetException>(() => rows.Next(int.MaxValue));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * Megabyte);
    }

    [Fact]
    public void A_page_header_without_an_end()
    {
        // 600 MB of it, all zeros, which take no room on the disk.
        using var temporary = new TemporaryFile();
        byte[] start = [.. "PAR1"u8, 0x15, 0x00, 0xF8, 0xFF, 0xFF, 0xFF, 0xFF, 0x07];
        const long Size = 600 * Megabyte;
        var footer = new ThriftWriter();
        byte[] honest = new ForgedFile { Rows = 2 }.With(PhysicalType.Int32, 2, []).Build();
        byte[] tail = honest[4..];
        int at = tail.AsSpan().IndexOf((byte[])[0x16, 0x00, 0x16, 0x00, 0x26, 0x08]); // sizes of 0 and the offset 4
        Assert.True(at > 0);
        List<byte> size = [];
        DeltaEncoder.Varint(size, (ulong)Size << 1);
        tail = [.. tail[..(at + 3)], .. size, .. tail[(at + 4)..]];
        BitConverter.TryWriteBytes(tail.AsSpan(tail.Length - 8), tail.Length - 8);
        using (FileStream stream = File.Create(temporary.Path))
        {
            stream.Write(start);
            stream.Position = 4 + Size;
            stream.Write(tail);
        }

        Refused(temporary.Path, "header", 200 * Megabyte, 5);
    }

    [Fact]
    public void An_annotation_that_takes_for_ever_to_print()
    {
        byte[] value = [.. BitConverter.GetBytes(1 << 20), .. Enumerable.Repeat((byte)0x55, 1 << 20)];
        byte[] bytes = OfSchema(2, w =>
        {
            Element(w, "schema", null, children: 1);
            int outer = w.BeginElement();
            w.Int32(1, (int)PhysicalType.ByteArray);
            w.Text(4, "c0");
            w.Int32(6, 5);
            w.Int32(7, int.MaxValue);
            w.Int32(8, int.MaxValue);
            w.EndStruct(outer);
        }, new ForgedFile { Rows = 1 }.With(PhysicalType.ByteArray, 1, [Data(1, ValueEncoding.Plain, value)]));
        Refused(bytes, "decimal");
    }

    [Fact]
    public void An_empty_file() => Refused([], "not a Parquet file: it has 0 bytes");

    [Fact]
    public void A_folder()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var e = Assert.Throws<ParquetException>(() => ParquetFile.Open(folder));
            Assert.Equal($"{folder}: it is a folder, not a file", e.Message);
            Assert.False(ParquetFile.LooksLike(folder));
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [Fact]
    public void A_pipe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/fd");
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);
        string path = $"/dev/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";
        var e = Assert.Throws<ParquetException>(() => ParquetFile.Open(path));
        Assert.StartsWith($"{path}: it is a stream", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there()
    {
        Assert.Throws<FileNotFoundException>(() => ParquetFile.Open("nowhere.parquet"));
        Assert.False(ParquetFile.LooksLike("nowhere.parquet"));
    }

    [Fact]
    public void A_text_or_a_web_page()
    {
        foreach (string text in new[] { "genre,values\nrock,0.1 0.2\njazz,0.3 0.4\n", "<!DOCTYPE html><html><body>404 Not Found</body></html>\n" })
        {
            Refused(Encoding.ASCII.GetBytes(text), "not a Parquet file");
        }
    }

    [Fact]
    public void An_encrypted_footer() => Refused([.. "PARE"u8, .. new byte[100], .. "PARE"u8], "encrypted");

    [Fact]
    public void A_file_looks_like_Parquet_by_its_first_bytes()
    {
        using var temporary = new TemporaryFile(Honest);
        Assert.True(ParquetFile.LooksLike(temporary.Path));
        using var other = new TemporaryFile("PAR"u8);
        Assert.False(ParquetFile.LooksLike(other.Path));
    }

    [Fact]
    public void The_files_forged_here_would_be_read_if_they_were_honest()
    {
        using var flat = new TemporaryFile(Rows(2, Data(2, ValueEncoding.Plain, [1, 0, 0, 0, 2, 0, 0, 0])).Build());
        Assert.Empty(ReadEverything.Of(flat.Path));
        using var list = new TemporaryFile(new ForgedFile { Rows = 1 }.With(
            PhysicalType.Int32, 3, [Data(3, ValueEncoding.Plain, [.. ForgedFile.Levels(2, 0, 4, 1), .. Run(1, 3)])], isList: true).Build());
        Assert.Empty(ReadEverything.Of(list.Path));
    }

    private static Page Data(int values, ValueEncoding encoding, byte[] body) => new(PageType.Data, values, encoding, body);

    private static ForgedFile Rows(int rows, Page page, CompressionCodec codec = CompressionCodec.Uncompressed) =>
        new ForgedFile { Rows = rows }.With(PhysicalType.Int32, rows, [page], codec: codec);

    private static byte[] OfSchema(int count, Action<ThriftWriter> write, ForgedFile? file = null)
    {
        if (file is not null)
        {
            return file.WithSchema(count, write).Build();
        }

        var footer = new ThriftWriter();
        footer.Int32(1, 1);
        footer.BeginList(2, ThriftType.Struct, count);
        write(footer);
        footer.Int64(3, 0);
        footer.BeginList(4, ThriftType.Struct, 0);
        footer.EndStruct(0);
        return OfFooter(footer.Written);
    }

    private static byte[] Compress(CompressionCodec codec, byte[] page)
    {
        using var compressor = new PageCompressor(codec);
        return compressor.Compress(page).ToArray();
    }

    private static void NeedZstd(CompressionCodec codec) =>
        Assert.SkipUnless(codec != CompressionCodec.Zstd || NativeLibraries.IsAvailable("zstd"), "libzstd is not installed");

    private static void Refused(ForgedFile file, string reason, long most = 64 * Megabyte, double seconds = 2) => Refused(file.Build(), reason, most, seconds);

    private static void Refused(byte[] bytes, string reason, long most = 64 * Megabyte, double seconds = 2)
    {
        using var temporary = new TemporaryFile(bytes);
        Refused(temporary.Path, reason, most, seconds);
    }

    private static void Refused(string path, string reason, long most, double seconds)
    {
        // A second try tells a slow file from a machine that was busy.
        if (Read(path, reason, most) > seconds)
        {
            Assert.InRange(Read(path, reason, most), 0, seconds);
        }
    }

    private static double Read(string path, string reason, long most)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        List<ParquetException> faults = ReadEverything.Of(path);
        double seconds = clock.Elapsed.TotalSeconds;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, most);
        Assert.NotEmpty(faults);
        Assert.All(faults, fault =>
        {
            Assert.StartsWith(path + ": ", fault.Message, StringComparison.Ordinal);
            Assert.Contains(reason, fault.Message);
            Assert.DoesNotContain(fault.Message, char.IsControl);
        });
        return seconds;
    }
}
