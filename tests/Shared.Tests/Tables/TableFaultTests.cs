using Pipeline.Parquet;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests.Tables;

/// <summary>What is wrong with a table is said in one sentence, when it is opened or when the row comes.</summary>
public sealed class TableFaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string FilePath => folder["t.parquet"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal($"there is no file or folder '{FilePath}'", Assert.Throws<TableException>(() => TableReader<Label>.Open(FilePath)).Message);

    [Fact]
    public void A_file_that_is_no_Parquet_file_is_named()
    {
        File.WriteAllText(FilePath, "<html>404 Not Found</html>");
        var e = Assert.Throws<ParquetException>(() => TableReader<Label>.Open(FilePath));
        Assert.StartsWith($"{FilePath}: not a Parquet file", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_table_is_called_by_its_name()
    {
        Commit(SampleRows.Splits);
        Assert.Equal($"{FilePath}: it is a 'splits' table, 'labels' was expected", Assert.Throws<TableException>(() => TableReader<Label>.Open(FilePath)).Message);
    }

    [Fact]
    public void A_table_of_a_later_version_is_refused()
    {
        WriteForeign([new("recording_id", ColumnType.String)], w => w.SetKeyValue(TableKeys.Version, "99"), w => w.Bytes("recording_id").Append("a"));
        Assert.Contains("version 99 of 'splits'", Assert.Throws<TableException>(() => TableReader<SplitRow>.Open(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_another_type_is_named_with_both_types()
    {
        WriteForeign(
            [new("recording_id", ColumnType.String), new("group", ColumnType.String), new("split", ColumnType.String), new("fold", ColumnType.Int64)],
            null,
            w =>
            {
                w.Bytes("recording_id").Append("a");
                w.Bytes("group").Append("g");
                w.Bytes("split").Append("train");
                w.Column<long>("fold").Append(0);
            });
        Assert.Equal($"{FilePath}: column 'fold' is int64, int32 was expected", Assert.Throws<TableException>(() => TableReader<SplitRow>.Open(FilePath)).Message);
    }

    [Fact]
    public void The_first_of_several_findings_is_told_and_the_rest_counted()
    {
        WriteForeign([new("recording_id", ColumnType.String)], null, w => w.Bytes("recording_id").Append("a"));
        string message = Assert.Throws<TableException>(() => TableReader<SplitRow>.Open(FilePath)).Message;
        Assert.Equal($"{FilePath}: column 'group' is missing (string was expected) (and 2 more: inspect --contract splits tells all)", message);
    }

    [Fact]
    public void A_foreign_table_may_reorder_add_and_leave_out_and_declare_everything_optional()
    {
        WriteForeign(
            [
                new("rule", ColumnType.String, IsOptional: true), new("genre", ColumnType.String, IsOptional: true), new("agreement", ColumnType.String, IsOptional: true),
                new("extra", ColumnType.Double), new("recording_id", ColumnType.String, IsOptional: true), new("folder", ColumnType.String, IsOptional: true),
            ],
            null,
            w =>
            {
                w.Bytes("rule").Append("mine");
                w.Bytes("genre").Append("jazz");
                w.Bytes("agreement").Append("only-one");
                w.Column<double>("extra").Append(1);
                w.Bytes("recording_id").Append("x/1");
                w.Bytes("folder").Append((string?)null);
            });
        Assert.Equal(
            [new Label("x/1", "jazz", null, null, null, null, null, "only-one", "mine")],
            TableReader<Label>.Open(FilePath).Read(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_null_where_the_contract_has_none_is_named_with_its_row()
    {
        WriteForeign(
            [new("recording_id", ColumnType.String, IsOptional: true), new("group", ColumnType.String), new("split", ColumnType.String), new("fold", ColumnType.Int32)],
            null,
            w =>
            {
                w.Bytes("recording_id").Append(w.RowCount == 1 ? null : "a");
                w.Bytes("group").Append("g");
                w.Bytes("split").Append("train");
                w.Column<int>("fold").Append(0);
            },
            rows: 3);
        TableReader<SplitRow> reader = TableReader<SplitRow>.Open(FilePath);
        var e = Assert.Throws<TableException>(() => reader.Read(TestContext.Current.CancellationToken).Count());
        Assert.Equal($"{FilePath}: row 1: column 'recording_id' is null, which 'splits' does not allow", e.Message);
    }

    [Fact]
    public void A_null_within_a_list_is_named_with_its_row()
    {
        WriteForeign(
            [
                .. Prediction.Contract.Columns.Take(5),
                new("probabilities", ColumnType.Float, IsList: true, HasOptionalElements: true),
            ],
            null,
            w =>
            {
                w.Bytes("example_id").Append("e");
                w.Bytes("recording_id").Append("r");
                w.Bytes("split").Append("test");
                w.Bytes("genre").Append("jazz");
                w.Bytes("genres").AppendList(["jazz", "rock"]);
                w.Column<float>("probabilities").AppendList(new float?[] { 1, null });
            });
        var e = Assert.Throws<TableException>(() => TableReader<Prediction>.Open(FilePath).Read(TestContext.Current.CancellationToken).Count());
        Assert.Contains("row 0: column 'probabilities' holds a null within its list", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 3, 5, "column 'values' holds 5 values, 2 x 3 were expected")]
    [InlineData(0, 3, 0, "column 'channels' is 0, it must be 1 or more")]
    public void A_row_that_breaks_the_contract_is_not_written(int channels, int frames, int values, string fault)
    {
        using TableWriter<FeatureRow> writer = TableWriter<FeatureRow>.Create(FilePath, Provenance.Empty);
        FeatureRow row = SampleRows.Features[0] with { Channels = channels, Frames = frames, Values = new float[values] };
        Assert.Equal($"{FilePath}: row 0: {fault}", Assert.Throws<TableException>(() => writer.Write(row)).Message);
    }

    [Fact]
    public void Features_are_finite()
    {
        FeatureRow row = SampleRows.Features[1] with { Values = [float.NaN] };
        Assert.Equal("column 'values' holds NaN at 0", row.FindFault());
    }

    [Fact]
    public void A_split_has_one_of_three_names() =>
        Assert.Equal("column 'split' is 'validation', it must be one of train, valid, test", (SampleRows.Splits[0] with { Split = "validation" }).FindFault());

    [Fact]
    public void A_file_has_its_name_only_after_commit_and_nothing_stays_without()
    {
        using (TableWriter<Label> writer = TableWriter<Label>.Create(FilePath, Provenance.Empty))
        {
            writer.Write(SampleRows.Labels[0]);
            Assert.False(File.Exists(FilePath));
            Assert.True(File.Exists(FilePath + ".part"));
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_writer_that_gives_up_leaves_the_old_table_alone()
    {
        Commit(SampleRows.Labels);
        byte[] before = File.ReadAllBytes(FilePath);
        using (TableWriter<Label> writer = TableWriter<Label>.Create(FilePath, Provenance.Empty))
        {
            writer.Write(SampleRows.Labels[1]);
        }

        Assert.Equal(before, File.ReadAllBytes(FilePath));
    }

    private void Commit<T>(T[] rows) where T : ITableRow<T>
    {
        using TableWriter<T> writer = TableWriter<T>.Create(FilePath, Provenance.Empty);
        Array.ForEach(rows, writer.Write);
        writer.Commit();
    }

    private void WriteForeign(ParquetColumn[] columns, Action<ParquetWriter>? setUp, Action<ParquetWriter> row, int rows = 1)
    {
        using FileStream stream = File.Create(FilePath);
        using var writer = new ParquetWriter(stream, columns);
        setUp?.Invoke(writer);
        for (int i = 0; i < rows; i++)
        {
            row(writer);
            writer.EndRow();
        }

        writer.Finish();
    }
}
