using Pipeline.Hdf5;

namespace Pipeline.Msd;

/// <summary>Compares a file with the layout of the Million Song Dataset's own.</summary>
public static class MsdLayoutCheck
{
    /// <summary>
    /// Everything in which a file differs, one sentence each; none where it has the layout of a song file, an aggregate or a summary.
    /// What a file has besides does not matter, nor does it matter how its data are packed, as long as they can be read.
    /// </summary>
    public static IReadOnlyList<string> Compare(Hdf5File file)
    {
        var findings = new List<string>();
        foreach ((string path, _) in MsdLayout.Groups)
        {
            if (file.Find(path) is not Hdf5Group)
            {
                findings.Add($"group {path} is missing");
            }
        }

        var rows = new Dictionary<string, long>();
        foreach (MsdTable table in MsdLayout.Tables)
        {
            Compare(file, table, rows, findings);
        }

        // A summary has no arrays at all.
        bool isSummary = MsdLayout.Arrays.All(a => file.Find(a.Path) is null) && rows.Values.Any(r => r > 0);
        foreach (MsdArray array in MsdLayout.Arrays.Where(_ => !isSummary))
        {
            Compare(file, array, findings);
        }

        if (rows.Values.Distinct().Count() > 1)
        {
            findings.Add($"the tables have different numbers of songs: {string.Join(", ", rows.Select(r => $"{r.Key} {r.Value}"))}");
        }
        else if (rows.Count > 0 && rows.Values.First() == 0)
        {
            findings.Add("the tables have no rows: there is no song in the file");
        }

        return findings;
    }

    private static void Compare(Hdf5File file, MsdTable table, Dictionary<string, long> rows, List<string> findings)
    {
        if (Find(file, table.Path, findings) is not { } dataset)
        {
            return;
        }

        if (dataset.Type.Class != Hdf5Class.Compound || dataset.Shape.Length != 1)
        {
            findings.Add($"{table.Path} is {dataset.Type} in {dataset.Shape.Length} dimensions, a table was expected");
            return;
        }

        rows.Add(table.Path, dataset.RowCount);
        foreach (Hdf5Member expected in table.Type.Members)
        {
            Hdf5Member? found = dataset.Type.Members.FirstOrDefault(m => m.Name == expected.Name);
            if (found is null)
            {
                findings.Add($"{table.Path} has no member {expected.Name} ({expected.Type} was expected)");
            }
            else if (found.Type.Class != expected.Type.Class || found.Type.Size != expected.Type.Size)
            {
                findings.Add($"{table.Path} has {expected.Name} as {found.Type}, {expected.Type} was expected");
            }
        }
    }

    private static void Compare(Hdf5File file, MsdArray array, List<string> findings)
    {
        if (Find(file, array.Path, findings) is not { } dataset)
        {
            return;
        }

        if (dataset.Type.Class != array.Type.Class || dataset.Type.Size != array.Type.Size)
        {
            findings.Add($"{array.Path} is {dataset.Type}, {array.Type} was expected");
        }

        bool isShapeRight = array.Columns == 0 ? dataset.Shape.Length == 1 : dataset.Shape is [_, var columns] && columns == array.Columns;
        if (!isShapeRight)
        {
            findings.Add($"{array.Path} has the shape {string.Join(" x ", dataset.Shape)}, {(array.Columns == 0 ? "n" : $"n x {array.Columns}")} was expected");
        }
    }

    private static Hdf5Dataset? Find(Hdf5File file, string path, List<string> findings)
    {
        var dataset = file.Find(path) as Hdf5Dataset;
        if (dataset is null)
        {
            findings.Add($"dataset {path} is missing");
        }
        else if (dataset.Obstacle is { } obstacle)
        {
            findings.Add($"{path} cannot be read: {obstacle}");
        }

        return dataset;
    }
}
