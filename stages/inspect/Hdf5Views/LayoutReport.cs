using Pipeline.Cli;
using Pipeline.Msd;

namespace Pipeline.Stages.Inspection.Hdf5Views;

/// <summary>Whether an HDF5 file has the layout of the Million Song Dataset's files.</summary>
internal static class LayoutReport
{
    /// <summary>The layout's name, where others are names of tables.</summary>
    public const string Name = "msd";

    public static void Write(Hdf5View view, bool asJson)
    {
        IReadOnlyList<string> findings = MsdLayoutCheck.Compare(view.File);
        long songs = findings.Count == 0 ? view.File.Dataset(MsdLayout.Analysis).RowCount : 0;
        if (asJson)
        {
            Console.Out.WriteLine(JsonText.Document(json =>
            {
                json.WriteStartObject();
                json.WriteString("contract", Name);
                json.WriteBoolean("keeps", findings.Count == 0);
                json.WriteNumber("songs", songs);
                JsonText.PutAll(json, "shown", findings);
                json.WriteEndObject();
            }));
        }
        else if (findings.Count == 0)
        {
            Console.Out.WriteLine($"has the layout of the Million Song Dataset: {CellText.Plural(songs, "song")}");
        }
        else
        {
            foreach (string finding in findings)
            {
                Console.Out.WriteLine(finding);
            }
        }

        if (findings.Count > 0)
        {
            throw new StageException($"{view.Path} does not have the layout of the Million Song Dataset: {CellText.Plural(findings.Count, "finding")}");
        }
    }
}
