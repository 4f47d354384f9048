using System.Security.Cryptography;
using Pipeline.Parquet;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests.Tables;

/// <summary>A table tells how it came to be, and the telling is the same for the same inputs and settings.</summary>
public sealed class ProvenanceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_chain_holds_every_stage_once_and_in_order()
    {
        string recordings = Commit("recordings.parquet", SampleRows.Recordings, Provenance.After("ingest-audio", "0.1.0", [new("root", "gtzan")]));
        TableInput recordingsInput = TableInput.Of("recordings", recordings);
        string labels = Commit("labels.parquet", SampleRows.Labels, Provenance.After("unify-labels", "0.1.0", [new("policy", "agree")], recordingsInput));
        string splits = Commit("splits.parquet", SampleRows.Splits, Provenance.After("split", "0.1.0", [], recordingsInput, TableInput.Of("labels", labels)));

        Provenance chain = TableReader<SplitRow>.Open(splits).Provenance;
        Assert.Equal(["ingest-audio", "unify-labels", "split"], chain.Entries.Select(e => e.Stage));
        Assert.Equal(["recordings", "labels"], chain.Entries[2].Inputs.Select(i => i.Name));
        Assert.Equal([KeyValuePair.Create("policy", "agree")], chain.Entries[1].Settings);
    }

    [Fact]
    public void An_input_is_known_by_the_hash_of_its_bytes()
    {
        string path = Commit("labels.parquet", SampleRows.Labels, Provenance.Empty);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), TableInput.Of("labels", path).Sha256);
    }

    [Fact]
    public void Any_file_can_be_an_input()
    {
        string path = folder.Write("CD1.cls", "# a comment\n");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), TableInput.Of("tagtraum", path).Sha256);
    }

    [Fact]
    public void Text_of_any_kind_survives_the_footer()
    {
        const string Odd = "a \"quoted\" \\ path/ä/日本/\U0001F3B5 <&> \n\t";
        string path = Commit("l.parquet", SampleRows.Labels, Provenance.After("stage", "0.1.0", [new("option", Odd)]));
        Assert.Equal(Odd, TableReader<Label>.Open(path).Provenance.Entries[0].Settings[0].Value);
    }

    [Fact]
    public void The_footer_holds_no_path_of_this_machine()
    {
        string first = Commit("a/labels.parquet", SampleRows.Labels, Provenance.Empty);
        string path = Commit("b/labels.parquet", SampleRows.Labels, Provenance.After("stage", "0.1.0", [], TableInput.Of("labels", first)));
        using ParquetFile file = ParquetFile.Open(path);
        Assert.DoesNotContain(file.Metadata.KeyValues, kv => kv.Value!.Contains(folder.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void A_footer_that_is_no_provenance_is_refused_by_name()
    {
        string path = folder["x.parquet"];
        using (FileStream stream = File.Create(path))
        using (var writer = new ParquetWriter(stream, Label.Contract.Columns))
        {
            writer.SetKeyValue(TableKeys.Provenance, "made by hand");
            writer.Finish();
        }

        string message = Assert.Throws<TableException>(() => TableReader<Label>.Open(path)).Message;
        Assert.StartsWith($"{path}: its pipeline.provenance is not a provenance", message, StringComparison.Ordinal);
    }

    private string Commit<T>(string name, T[] rows, Provenance provenance) where T : ITableRow<T>
    {
        using TableWriter<T> writer = TableWriter<T>.Create(folder[name], provenance);
        Array.ForEach(rows, writer.Write);
        writer.Commit();
        return folder[name];
    }
}
