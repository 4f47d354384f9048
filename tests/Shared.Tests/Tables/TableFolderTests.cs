using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests.Tables;

/// <summary>A folder of parts is one table, or says what it lacks.</summary>
public sealed class TableFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Parts_are_read_in_order()
    {
        WritePart("part-00001-of-00002.parquet", SampleRows.Labels[1]);
        WritePart("part-00000-of-00002.parquet", SampleRows.Labels[0]);
        TableReader<Label> reader = TableReader<Label>.Open(folder.Path);
        Assert.Equal(2, reader.RowCount);
        Assert.Equal(SampleRows.Labels, reader.Read(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Reading_from_a_row_on_gives_what_is_left()
    {
        Label[] rows = [.. Enumerable.Range(0, 20).Select(i => SampleRows.Labels[0] with { RecordingId = $"{i}" })];
        int[] ends = [0, 7, 7, 8, 20];
        for (int file = 0; file < ends.Length - 1; file++)
        {
            using var table = TableWriter<Label>.Create(folder[$"{file}.parquet"], Provenance.Empty, new() { RowGroupRows = 3 });
            foreach (Label row in rows[ends[file]..ends[file + 1]])
            {
                table.Write(row);
            }

            table.Commit();
        }

        TableReader<Label> reader = TableReader<Label>.Open(folder.Path);
        for (int start = 0; start <= 21; start++)
        {
            Assert.Equal(rows.Skip(start), reader.Read(start, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Part_names_count_from_0() => Assert.Equal("part-00003-of-00016.parquet", TableFiles.PartName(3, 16));

    [Fact]
    public void A_missing_part_is_named()
    {
        WritePart("part-00000-of-00003.parquet", SampleRows.Labels[0]);
        WritePart("part-00002-of-00003.parquet", SampleRows.Labels[1]);
        Assert.Equal($"the folder '{folder.Path}' lacks 'part-00001-of-00003.parquet'", Refusal());
    }

    [Fact]
    public void A_missing_last_part_is_named()
    {
        WritePart("part-00000-of-00002.parquet", SampleRows.Labels[0]);
        Assert.Equal($"the folder '{folder.Path}' lacks 'part-00001-of-00002.parquet'", Refusal());
    }

    [Fact]
    public void Parts_of_two_sets_are_refused()
    {
        WritePart("part-00000-of-00001.parquet", SampleRows.Labels[0]);
        WritePart("part-00000-of-00002.parquet", SampleRows.Labels[0]);
        Assert.Contains("parts of different sets (of 1, of 2)", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stranger_among_parts_is_named()
    {
        WritePart("part-00000-of-00001.parquet", SampleRows.Labels[0]);
        WritePart("old.parquet", SampleRows.Labels[0]);
        Assert.Contains("and also 'old.parquet'", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_no_table() => Assert.Equal($"the folder '{folder.Path}' holds no .parquet files", Refusal());

    [Fact]
    public void Unfinished_files_and_others_do_not_count()
    {
        WritePart("labels.parquet", SampleRows.Labels[0]);
        File.WriteAllText(folder["labels2.parquet.part"], "");
        File.WriteAllText(folder["notes.txt"], "");
        Assert.Single(TableReader<Label>.Open(folder.Path).Files);
    }

    private string Refusal() => Assert.Throws<TableException>(() => TableReader<Label>.Open(folder.Path)).Message;

    private void WritePart(string name, Label row)
    {
        using TableWriter<Label> writer = TableWriter<Label>.Create(folder[name], Provenance.Empty);
        writer.Write(row);
        writer.Commit();
    }
}
