using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Tables;

/// <summary>The files of a table: one file, or a folder of parts <c>part-00003-of-00016.parquet</c>.</summary>
public static partial class TableFiles
{
    /// <summary>The name of a part.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="count">How many there are.</param>
    public static string PartName(int index, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"part-{index:00000}-of-{count:00000}.parquet");

    /// <summary>The files of a table, in order.</summary>
    /// <exception cref="TableException">There is nothing there, or the folder's parts are not complete.</exception>
    public static IReadOnlyList<string> Of(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new TableException($"there is no file or folder '{path}'");
        }

        string[] files = Directory.GetFiles(path, "*.parquet");
        Array.Sort(files, StringComparer.Ordinal);
        if (files.Length == 0)
        {
            throw new TableException($"the folder '{path}' holds no .parquet files");
        }

        CheckParts(path, files);
        return files;
    }

    /// <summary>Sees to it that no table is read twice, and none is written over while it is read.</summary>
    /// <param name="output">The table to be written.</param>
    /// <param name="inputs">The tables to be read: files, or folders of parts.</param>
    /// <exception cref="TableException">A table is named twice.</exception>
    public static void KeepApart(string output, params IEnumerable<string> inputs)
    {
        var read = new HashSet<string>();
        foreach (string input in inputs)
        {
            foreach (string file in Of(input))
            {
                if (!read.Add(Path.GetFullPath(file)))
                {
                    throw new TableException($"{file} is named twice: name each table once");
                }
            }
        }

        if (read.Contains(Path.GetFullPath(output)))
        {
            throw new TableException($"{output} is read and cannot be written over: give the output another name");
        }
    }

    private static void CheckParts(string path, string[] files)
    {
        // Any .parquet files make a table; those that are named as parts must be all of one set.
        Match[] parts = [.. files.Select(f => PartPattern().Match(Path.GetFileName(f)))];
        if (parts.All(p => !p.Success))
        {
            return;
        }

        if (Array.FindIndex(parts, p => !p.Success) is >= 0 and int stranger)
        {
            throw new TableException($"the folder '{path}' holds parts of a table and also '{Path.GetFileName(files[stranger])}'");
        }

        string[] counts = [.. parts.Select(p => p.Groups[2].Value).Distinct()];
        if (counts.Length > 1)
        {
            throw new TableException($"the folder '{path}' holds parts of different sets (of {string.Join(", of ", counts.Select(c => c.TrimStart('0')))})");
        }

        int count = int.Parse(counts[0], CultureInfo.InvariantCulture);
        for (int i = 0; i < count; i++)
        {
            if (i >= files.Length || Path.GetFileName(files[i]) != PartName(i, count))
            {
                throw new TableException($"the folder '{path}' lacks '{PartName(i, count)}'");
            }
        }

        if (files.Length > count)
        {
            throw new TableException($"the folder '{path}' holds {files.Length} parts of {count}");
        }
    }

    [GeneratedRegex(@"^part-(\d{5})-of-(\d{5})\.parquet$", RegexOptions.CultureInvariant)]
    private static partial Regex PartPattern();
}
