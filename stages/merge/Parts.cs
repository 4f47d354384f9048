using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Stages.Merging;

/// <summary>The parts of a table, in order, and the history that the table has.</summary>
internal sealed class Parts
{
    private Parts(IReadOnlyList<Part> all, Provenance provenance)
    {
        All = all;
        Provenance = provenance;
    }

    /// <summary>The parts, in the order of their rows.</summary>
    public IReadOnlyList<Part> All { get; }

    /// <summary>The history of the whole.</summary>
    public Provenance Provenance { get; }

    /// <summary>Name of the table.</summary>
    public string TableName => All[0].Table.Name;

    /// <summary>Whether they are the work of one stage, divided; otherwise they are tables that are whole.</summary>
    public bool AreOfOneRun => All[0].Shard is not null;

    /// <summary>The rows of all parts.</summary>
    public long RowCount => All.Sum(p => p.RowCount);

    /// <summary>Reads all footers, and sees to it that the parts belong together and are complete.</summary>
    /// <param name="paths">Files, and folders of files.</param>
    /// <exception cref="StageException">They do not, or are not.</exception>
    public static Parts Open(IEnumerable<string> paths)
    {
        Part[] parts = [.. paths.SelectMany(TableFiles.Of).Select(Part.Open)];
        Part first = parts[0];
        if (parts.FirstOrDefault(p => p.Table != first.Table) is { } other)
        {
            throw new StageException($"{first.Path} is a '{first.Table.Name}' table and {other.Path} a '{other.Table.Name}' table: name the parts of one table");
        }

        if (parts.FirstOrDefault(p => p.Shard is null != first.Shard is null) is { } odd)
        {
            (Part part, Part whole) = first.Shard is null ? (odd, first) : (first, odd);
            throw new StageException($"{part.Path} is part {part.Shard} and {whole.Path} is no part: name all parts of one run, or tables that are whole");
        }

        if (first.Shard is null)
        {
            return new Parts(parts, Provenance.Combine(parts.Select(p => p.Provenance)));
        }

        foreach (Part part in parts)
        {
            CheckSameRun(first, part);
        }

        Array.Sort(parts, (a, b) => a.Shard!.Value.Index.CompareTo(b.Shard!.Value.Index));
        CheckComplete(parts);
        return new Parts(parts, WholeHistory(parts));
    }

    private static void CheckSameRun(Part first, Part part)
    {
        (ProvenanceEntry a, ProvenanceEntry b) = (first.Maker, part.Maker);
        string? difference =
            a.Stage != b.Stage ? $"were made by {a.Stage} and by {b.Stage}: name the parts of one stage"
            : a.Version != b.Version ? $"were made by {a.Stage} {a.Version} and {b.Version}: make all parts with one version"
            : first.Shard!.Value.Count != part.Shard!.Value.Count ? $"are parts {first.Shard} and {part.Shard}: make all parts with the same number of them"
            : DifferentSetting(a, b) is { } name ? $"were made with different settings --{name}: make all parts with the same"
            : DifferentInput(a, b) is { } input ? $"were made of different inputs, --{input}: make all parts of the same"
            : null;
        if (difference is not null)
        {
            throw new StageException($"{first.Path} and {part.Path} {difference}");
        }
    }

    private static string? DifferentSetting(ProvenanceEntry a, ProvenanceEntry b)
    {
        IEnumerable<KeyValuePair<string, string>> Others(ProvenanceEntry entry) => entry.Settings.Where(s => s.Key != Part.ShardSetting);
        return Others(a).Except(Others(b)).Concat(Others(b).Except(Others(a))).Select(s => s.Key).FirstOrDefault();
    }

    // Files that were divided over the parts differ from part to part, and say so by their kind of hash.
    private static string? DifferentInput(ProvenanceEntry a, ProvenanceEntry b)
    {
        for (int i = 0; i < Math.Max(a.Inputs.Count, b.Inputs.Count); i++)
        {
            (TableInput? of, TableInput? with) = (a.Inputs.ElementAtOrDefault(i), b.Inputs.ElementAtOrDefault(i));
            if (of?.Name != with?.Name || of!.Sha256 != with!.Sha256 && !(TreeHash.IsSum(of.Sha256) && TreeHash.IsSum(with.Sha256)))
            {
                return (of ?? with)!.Name;
            }
        }

        return null;
    }

    private static void CheckComplete(Part[] parts)
    {
        for (int i = 1; i < parts.Length; i++)
        {
            if (parts[i].Shard == parts[i - 1].Shard)
            {
                throw new StageException($"{parts[i - 1].Path} and {parts[i].Path} are both part {parts[i].Shard}: name each part once");
            }
        }

        int count = parts[0].Shard!.Value.Count;
        if (parts.Length < count)
        {
            int missing = parts.TakeWhile((p, i) => p.Shard!.Value.Index == i).Count();
            string more = (count - parts.Length - 1) switch { 0 => "", 1 => $", and so is 1 more of the {count}", int n => $", and so are {n} more of the {count}" };
            throw new StageException($"part {new Shard(missing, count)} is missing{more}: make it with {parts[0].Maker.Stage} --shard {new Shard(missing, count)}, and name all parts");
        }
    }

    private static Provenance WholeHistory(Part[] parts)
    {
        ProvenanceEntry maker = parts[0].Maker;
        return parts[0].Provenance.EndingWith(maker with
        {
            Settings = [.. maker.Settings.Select(s => s.Key == Part.ShardSetting ? KeyValuePair.Create(s.Key, Shard.All.ToString()) : s)],
            Inputs =
            [
                .. maker.Inputs.Select((input, i) => TreeHash.IsSum(input.Sha256)
                    ? new TableInput(input.Name, TreeHash.Sum(parts.Select(p => p.Maker.Inputs[i].Sha256)))
                    : input),
            ],
        });
    }
}
