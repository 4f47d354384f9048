using System.Text.Json;
using Pipeline.Parquet;
using Xunit;

namespace Pipeline.Tests.Parquet;

/// <summary>
/// The format's own conformance files, against what two independent readers made of them
/// (tests/golden/parquet-corpus.json, whose maker is tests/Interop/corpus.mjs).
/// </summary>
[Collection(nameof(AloneCollection))]
public class CorpusTests
{
    private const string Corpus = "parquet-testing";
    private const string NeedsMemory = "data/large_string_map.brotli.parquet";
    private const long NeededMemory = 12L << 30;

    private static readonly Dictionary<string, JsonElement> Golden = ReadGolden();

    public static TheoryData<string> ToRead => [.. Golden.Keys.Where(f => !IsRefused(f) && f != NeedsMemory)];

    public static TheoryData<string> ToRefuse => [.. Golden.Keys.Where(IsRefused)];

    [Theory, MemberData(nameof(ToRead))]
    public void A_file_reads_as_independent_readers_read_it(string name) => Compare(name);

    [Fact]
    public void A_file_of_values_of_a_gigabyte_reads_as_independent_readers_read_it()
    {
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        Assert.SkipUnless(memory > NeededMemory, $"needs {NeededMemory >> 30} GiB of memory, {memory >> 30} are there");
        Compare(NeedsMemory);
        GC.Collect();
    }

    [Theory, MemberData(nameof(ToRefuse))]
    public void A_damaged_file_is_refused_by_a_sentence_that_names_it(string name)
    {
        string path = PathOf(name);
        var e = Assert.Throws<ParquetException>(() =>
        {
            using ParquetFile file = ParquetFile.Open(path);
            foreach (object?[] _ in file.ReadRecords())
            {
            }
        });
        Assert.StartsWith(path + ": ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory, MemberData(nameof(ToRead))]
    public void Batches_hold_as_many_values_as_the_footer_says(string name)
    {
        using ParquetFile file = ParquetFile.Open(PathOf(name));
        foreach (ColumnDescriptor column in file.Schema.Columns.Where(c => c.MaxRepetition <= 1))
        {
            using RowBatches batches = file.Read(column.Path);
            long rows = 0, slots = 0;
            while (batches.Next(100))
            {
                rows += batches.Count;
                slots += batches[0].Slots;
                Assert.Equal(batches.Count, batches[0].Rows);
            }

            Assert.Equal(file.Metadata.RowCount, rows);
            long entries = file.Metadata.RowGroups.Sum(g => g.Columns[column.Index].ValueCount);
            Assert.InRange(slots, column.MaxRepetition == 0 ? entries : 0, entries);
        }
    }

    private static void Compare(string name)
    {
        JsonElement golden = Golden[name];
        using ParquetFile file = ParquetFile.Open(PathOf(name));
        JsonElement[] columns = [.. golden.GetProperty("columns").EnumerateArray()];
        Assert.Equal(columns.Select(c => Text(c, "name")), file.Schema.Fields.Select(f => f.Name));
        Assert.Equal(columns.Select(c => Text(c, "type")), file.Schema.Fields.Select(CanonicalRecords.TypeName));
        Assert.Equal(golden.GetProperty("rows").GetInt64(), file.Metadata.RowCount);

        CanonicalRecords.Hashes found = CanonicalRecords.Hash(file);
        Assert.Equal(file.Metadata.RowCount, found.Rows);
        for (int i = 0; i < columns.Length; i++)
        {
            Assert.True(Text(columns[i], "sha256") == found.Columns[i], $"column {Text(columns[i], "name")} reads differently");
        }

        Assert.Equal(Text(golden, "sha256"), found.Sha256);
    }

    private static bool IsRefused(string name)
    {
        JsonElement golden = Golden[name];
        return Text(golden, "expect") == "refused"
            || (golden.TryGetProperty("withChecksums", out JsonElement checks) && checks.GetString() == "refused");
    }

    private static string PathOf(string name)
    {
        string? folder = Repository.Data(Corpus);
        Assert.SkipWhen(folder is null, $"'../shared/data/{Corpus}' is not there: it is not part of the repository");
        string path = Path.Combine(folder!, name);
        Assert.SkipUnless(File.Exists(path), $"'{name}' is not in '../shared/data/{Corpus}'");
        return path;
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static Dictionary<string, JsonElement> ReadGolden()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Repository.Find("tests", "golden", "parquet-corpus.json")));
        return document.RootElement.GetProperty("files").EnumerateArray().ToDictionary(f => Text(f, "path"), f => f.Clone());
    }
}
