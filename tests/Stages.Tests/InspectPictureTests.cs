using System.Xml.Linq;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>inspect --picture: a row of features as it may come from any program.</summary>
public sealed class InspectPictureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("logmel", 2, 3, 0f)]
    [InlineData("power", 2, 3, 1e9f)] // where all values are the same, the scale has no width
    [InlineData("power", 1, 2, float.MaxValue)]
    [InlineData("segments", 28, 4, 0f)] // segments of no length
    public void A_row_of_one_value_throughout_is_drawn(string representation, int channels, int frames, float value)
    {
        Write(new FeatureRow("a#0", "a", "toy", "train", "jazz", representation, 0, 0, 1, channels, frames, [.. Enumerable.Repeat(value, channels * frames)]));
        CommandResult result = Command.Stage("inspect", folder["f.parquet"], "--picture", "0");
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal("svg", XDocument.Parse(result.Output).Root!.Name.LocalName);
        Assert.All(result.Output.Split('\n').Where(l => !l.Contains("base64", StringComparison.Ordinal)), l => Assert.DoesNotContain("NaN", l, StringComparison.Ordinal));
    }

    [Fact]
    public void A_row_that_breaks_the_contract_is_named()
    {
        var row = new FeatureRow("a#0", "a", "toy", "train", "jazz", "logmel", 0, 0, 1, 2, 3, new float[5]);
        using (var table = TableWriter<Unchecked<FeatureRow>>.Create(folder["f.parquet"], Provenance.Empty))
        {
            table.Write(new Unchecked<FeatureRow>(row));
            table.Commit();
        }

        StageRun.Fail(1, "f.parquet, row 0: column 'values' holds 5 values, 2 x 3 were expected", "inspect", folder["f.parquet"], "--picture", "0");
        StageRun.Fail(1, "has 1 row, counted from 0: there is no row 1", "inspect", folder["f.parquet"], "--picture", "1");
        StageRun.Fail(2, "--out needs a name that ends in .svg, not 'row.png'", "inspect", folder["f.parquet"], "--picture", "0", "--out", "row.png");
    }

    private void Write(FeatureRow row)
    {
        using var table = TableWriter<FeatureRow>.Create(folder["f.parquet"], Provenance.Empty);
        table.Write(row);
        table.Commit();
    }
}
