using Pipeline.Parquet;
using Xunit;

namespace Pipeline.Tests.Parquet;

public sealed class NullsTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(1.0)]
    public void NullsStandWhereTheyWereInColumnsOfEveryType(double share)
    {
        const int count = 20_000;
        var random = new Random(3);
        (bool? B, int? I, long? L, float? F, double? D, string? Few, string? Many)[] rows = [.. Enumerable.Range(0, count).Select(i => (
            Or(i % 3 == 0), Or(i), Or(i * 7L), Or(i / 2f), Or(i / 3.0), Is() ? null : "genre " + i % 300, Is() ? null : $"key {i * 7919L:D12}"))];
        using (FileStream stream = File.Create(path))
        using (var writer = new ParquetWriter(stream,
            [
                new("b", ColumnType.Bool, IsOptional: true), new("i", ColumnType.Int32, IsOptional: true), new("l", ColumnType.Int64, IsOptional: true),
                new("f", ColumnType.Float, IsOptional: true), new("d", ColumnType.Double, IsOptional: true),
                new("few", ColumnType.String, IsOptional: true), new("many", ColumnType.String, IsOptional: true),
            ], new ParquetWriterOptions { PageBytes = 5000, RowGroupRows = 7000 }))
        {
            foreach ((bool? b, int? i, long? l, float? f, double? d, string? few, string? many) in rows)
            {
                writer.Column<bool>("b").Append(b);
                writer.Column<int>("i").Append(i);
                writer.Column<long>("l").Append(l);
                writer.Column<float>("f").Append(f);
                writer.Column<double>("d").Append(d);
                writer.Bytes("few").Append(few);
                writer.Bytes("many").Append(many);
                writer.EndRow();
            }

            writer.Finish();
        }

        using ParquetFile file = ParquetFile.Open(path);
        using RowBatches batches = file.Read("b", "i", "l", "f", "d", "few", "many");
        int at = 0;
        while (batches.Next(at % 1000 + 1))
        {
            for (int k = 0; k < batches.Count; k++, at++)
            {
                (bool? B, int? I, long? L, float? F, double? D, string? Few, string? Many) read = (
                    Value<bool>(0, k), Value<int>(1, k), Value<long>(2, k), Value<float>(3, k), Value<double>(4, k), Text(5, k), Text(6, k));
                Assert.Equal(rows[at], read);
            }
        }

        Assert.Equal(count, at);

        bool Is() => random.NextDouble() < share;
        T? Or<T>(T value) where T : struct => Is() ? null : value;
        T? Value<T>(int column, int row) where T : unmanaged
        {
            var batch = (ColumnBatch<T>)batches[column];
            if (batch.IsNull(row))
            {
                Assert.Equal(default, batch.Values[row]); // as promised: the slot of a null holds the default
                return null;
            }

            return batch.Values[row];
        }

        string? Text(int column, int row)
        {
            var batch = (ByteColumnBatch)batches[column];
            if (batch.IsNull(row))
            {
                Assert.Equal(default, batch.Values[row]);
                return null;
            }

            return batch.Text(row);
        }
    }
}
