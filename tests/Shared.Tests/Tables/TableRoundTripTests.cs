using System.Text.Json;
using Pipeline.Parquet;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests.Tables;

/// <summary>What a typed writer wrote, a typed reader gives back.</summary>
public sealed class TableRoundTripTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Recordings_come_back_as_written() => ComeBack(SampleRows.Recordings);

    [Fact]
    public void Segments_come_back_as_written() => ComeBack(SampleRows.Segments);

    [Fact]
    public void Labels_come_back_as_written() => ComeBack(SampleRows.Labels);

    [Fact]
    public void Splits_come_back_as_written() => ComeBack(SampleRows.Splits);

    [Fact]
    public void Examples_come_back_as_written() => ComeBack(SampleRows.Examples);

    [Fact]
    public void Features_come_back_as_written() => ComeBack(SampleRows.Features);

    [Fact]
    public void Predictions_come_back_as_written() => ComeBack(SampleRows.Predictions);

    [Fact]
    public void A_table_without_rows_is_a_table()
    {
        ComeBack<Label>([]);
        Assert.Equal(0, TableReader<Label>.Open(folder["table.parquet"]).RowCount);
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes()
    {
        Write("a.parquet", SampleRows.Labels);
        Write("b.parquet", SampleRows.Labels);
        Assert.Equal(File.ReadAllBytes(folder["a.parquet"]), File.ReadAllBytes(folder["b.parquet"]));
    }

    [Fact]
    public void Rows_can_be_read_twice()
    {
        Write("a.parquet", SampleRows.Labels);
        TableReader<Label> reader = TableReader<Label>.Open(folder["a.parquet"]);
        Assert.Equal(reader.Read(TestContext.Current.CancellationToken), reader.Read(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_list_belongs_to_its_row_and_outlives_the_next_one()
    {
        Write("f.parquet", SampleRows.Features);
        FeatureRow[] rows = [.. TableReader<FeatureRow>.Open(folder["f.parquet"]).Read(TestContext.Current.CancellationToken)];
        Assert.Equal([-80, -40.5f, 0, 1, 2, 3], rows[0].Values);
        Assert.Equal([0.25f], rows[1].Values);
    }

    [Fact]
    public void Reading_stops_when_it_is_cancelled()
    {
        Write("a.parquet", SampleRows.Labels);
        Assert.Throws<OperationCanceledException>(() => TableReader<Label>.Open(folder["a.parquet"]).Read(new CancellationToken(true)).Count());
    }

    private void ComeBack<T>(T[] rows) where T : ITableRow<T>
    {
        Write("table.parquet", rows);
        TableReader<T> reader = TableReader<T>.Open(folder["table.parquet"]);
        Assert.Equal(rows.Length, reader.RowCount);
        Assert.Equal(Text(rows), Text(reader.Read(TestContext.Current.CancellationToken)));

        using ParquetFile file = ParquetFile.Open(folder["table.parquet"]);
        Assert.Equal(T.Contract.Name, file.Metadata[TableKeys.Table]);
        Assert.Empty(T.Contract.CompareColumns(file.Metadata));
        Assert.Equal(T.Contract.Columns.Select(c => $"{c.Name} {c.TypeName}"), file.Schema.Fields.Select(f => $"{f.Name} {f.TypeName}"));
    }

    private void Write<T>(string name, T[] rows) where T : ITableRow<T>
    {
        using TableWriter<T> writer = TableWriter<T>.Create(folder[name], Provenance.Empty);
        foreach (T row in rows)
        {
            writer.Write(row);
        }

        writer.Commit();
    }

    // Records compare their arrays by reference: their text compares the contents.
    private static string[] Text<T>(IEnumerable<T> rows) => [.. rows.Select(r => JsonSerializer.Serialize(r))];
}
