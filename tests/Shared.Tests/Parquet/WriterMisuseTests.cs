using Pipeline.Parquet;
using Xunit;

namespace Pipeline.Tests.Parquet;

/// <summary>A writer that was used wrongly, or whose disk was full, refuses to make a file of what is left.</summary>
public sealed class WriterMisuseTests
{
    [Fact]
    public void After_a_failed_write_the_file_cannot_be_completed()
    {
        var output = new FailingStream { FailsAfter = 2_000 };
        using var writer = new ParquetWriter(output, [new("a", ColumnType.Int64)], new() { RowGroupBytes = 4_000, PageBytes = 400, Codec = CompressionCodec.Uncompressed });
        Assert.Throws<IOException>(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                writer.Column<long>("a").Append(i);
                writer.EndRow();
            }
        });
        output.FailsAfter = long.MaxValue;
        Assert.Contains("cannot be completed", Assert.Throws<InvalidOperationException>(writer.Finish).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_value_has_not_taken_the_row()
    {
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(stream, [new("bytes", ColumnType.Bytes), new("texts", ColumnType.String, IsList: true), new("floats", ColumnType.Float, IsList: true)]);
        Assert.Throws<InvalidOperationException>(() => writer.Bytes("bytes").Append("text"));
        Assert.Throws<InvalidOperationException>(() => writer.Bytes("texts").AppendList(["x", null, "y"]));
        Assert.Throws<InvalidOperationException>(() => writer.Bytes("texts").AppendList([[0x41], [0xFF]]));
        Assert.Throws<InvalidOperationException>(() => writer.Column<float>("floats").AppendList(new float?[] { 1, null }));
        writer.Bytes("bytes").Append([1, 2]);
        writer.Bytes("texts").AppendList(["z"]);
        writer.Column<float>("floats").AppendList([3]);
        writer.EndRow();
        writer.Finish();
        using var temporary = new TemporaryFile(stream.ToArray());
        using ParquetFile file = ParquetFile.Open(temporary.Path);
        object?[] row = Assert.Single(file.ReadRecords());
        Assert.Equal(new byte[] { 1, 2 }, row[0]);
        Assert.Equal(new object?[] { "z" }, row[1]);
        Assert.Equal(new object?[] { 3f }, row[2]);
    }

    [Fact]
    public void A_refused_end_of_row_does_not_count()
    {
        using var writer = new ParquetWriter(new MemoryStream(), [new("a", ColumnType.Int32)]);
        Assert.Throws<InvalidOperationException>(writer.EndRow);
        Assert.Equal(0, writer.RowCount);
        writer.Column<int>("a").Append(1);
        writer.EndRow();
        writer.Finish();
        Assert.Equal(1, writer.RowCount);
        Assert.Throws<InvalidOperationException>(() => writer.SetKeyValue("late", "text"));
    }

    [Fact]
    public void A_null_array_is_a_null_list()
    {
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(stream, [new("a", ColumnType.Float, IsOptional: true, IsList: true)]);
        writer.Column<float>("a").AppendList((float[]?)null);
        writer.EndRow();
        writer.Finish();
        using var temporary = new TemporaryFile(stream.ToArray());
        using ParquetFile file = ParquetFile.Open(temporary.Path);
        Assert.Null(Assert.Single(file.ReadRecords())[0]);
    }

    [Fact]
    public void Many_columns_close_a_row_group_as_one_does()
    {
        ParquetColumn[] columns = [.. Enumerable.Range(0, 100).Select(i => new ParquetColumn($"c{i}", ColumnType.Float))];
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(stream, columns, new() { RowGroupBytes = 400_000 });
        for (int i = 0; i < 3_000; i++)
        {
            foreach (ColumnWriter column in writer.Columns)
            {
                ((ColumnWriter<float>)column).Append(i);
            }

            writer.EndRow();
        }

        writer.Finish();
        using var temporary = new TemporaryFile(stream.ToArray());
        using ParquetFile file = ParquetFile.Open(temporary.Path);
        Assert.Equal([1000, 1000, 1000], file.Metadata.RowGroups.Select(g => g.RowCount));
    }

    [Fact]
    public void A_long_list_of_different_texts_is_divided_between_pages()
    {
        using var stream = new MemoryStream();
        using var writer = new ParquetWriter(stream, [new("a", ColumnType.String, IsList: true)], new() { PageBytes = 1 << 16 });
        string[] texts = [.. Enumerable.Range(0, 300_000).Select(i => $"text number {i}")];
        writer.Bytes("a").AppendList(texts);
        writer.EndRow();
        writer.Finish();
        using var temporary = new TemporaryFile(stream.ToArray());
        using ParquetFile file = ParquetFile.Open(temporary.Path);
        Assert.Equal(texts, (object?[])Assert.Single(file.ReadRecords())[0]!);
        Assert.InRange(PageCounts.Of(stream.ToArray(), "a"), 4, 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void Pages_of_no_or_of_any_size_are_refused(int bytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParquetWriter(Stream.Null, [new("a", ColumnType.Int32)], new() { PageBytes = bytes }));

    private sealed class FailingStream : MemoryStream
    {
        public long FailsAfter { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > FailsAfter)
            {
                throw new IOException("No space left on device");
            }

            base.Write(buffer, offset, count);
        }
    }
}
