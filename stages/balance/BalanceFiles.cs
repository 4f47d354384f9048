using Pipeline.Cli;
using Pipeline.Tables;

namespace Pipeline.Stages.Balancing;

/// <summary>What the stage reads and writes.</summary>
/// <param name="Recordings">Tables of recordings.</param>
/// <param name="Labels">Table of labels.</param>
/// <param name="Splits">Table of splits.</param>
/// <param name="Recipe">Recipe, or null.</param>
/// <param name="Output">Table of examples to write.</param>
/// <param name="Picture">Picture to write, or null.</param>
/// <param name="Report">Report to write, or null.</param>
internal sealed record BalanceFiles(IReadOnlyList<string> Recordings, string Labels, string Splits, string? Recipe, string Output, string? Picture, string? Report)
{
    /// <summary>Sees to it that nothing is read twice, and nothing written over what is read, or over what is no file.</summary>
    public void KeepApart()
    {
        string[] inputs = [.. Recordings, Labels, Splits, .. Recipe is null ? [] : new[] { Recipe }];
        string[] outputs = [Output, .. Picture is null ? [] : new[] { Picture }, .. Report is null ? [] : new[] { Report }];
        foreach (string output in outputs)
        {
            TableFiles.KeepApart(output, inputs);
        }

        foreach (string beside in outputs.Skip(1))
        {
            WholeFile.Check(beside);
        }
    }

    /// <summary>What the table is made of, for its provenance. The recipe's settings stand there by themselves.</summary>
    public IReadOnlyList<TableInput> Inputs() =>
        [.. Recordings.Select(r => TableInput.Of("recordings", r)), TableInput.Of("labels", Labels), TableInput.Of("splits", Splits)];

    /// <summary>Writes the report and the picture, where they are asked for.</summary>
    public void WriteBeside(Report report, Plan plan)
    {
        if (Picture is not null)
        {
            WholeFile.Write(Picture, file => file.Write(PlanPicture.Draw(plan).ToSvg()));
        }

        if (Report is not null)
        {
            report.Write(Report);
        }
    }
}
