using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Datasets;

/// <summary>What was found out about a file of a dataset, whatever its kind.</summary>
public class FoundFile
{
    /// <summary>The file.</summary>
    public required ClassFile Item { get; init; }

    /// <summary>What the manifest says of it, where there is one that names it.</summary>
    public ManifestEntry? Manifest { get; init; }

    /// <summary>Hash of the file; null where it cannot be opened.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What is wrong with it.</summary>
    public List<Fault> Faults { get; } = [];

    /// <summary>The gravest fault, or null.</summary>
    public string? Fault => Faults.MinBy(f => FaultNames.Rank(f.Name))?.Name;

    /// <summary>All that is wrong, the gravest first, or null.</summary>
    public string? FaultDetail => Faults.Count == 0 ? null : string.Join("; ", Faults.OrderBy(f => FaultNames.Rank(f.Name)));

    /// <summary>Notes the faults that the manifest knows.</summary>
    public void AddKnownFaults()
    {
        foreach (string fault in Manifest?.Faults ?? [])
        {
            Faults.Add(new Fault(fault, Manifest!.Of is not null && fault is FaultNames.Repetition or FaultNames.SameRecording ? $"of {Manifest.Of}" : null));
        }
    }

    /// <summary>Why a file cannot be opened, without the place of its tree: a table must not depend on where that is.</summary>
    public static string Reason(Exception e, ClassFile item) => e switch
    {
        FileNotFoundException => "there is no such file: a link that leads nowhere",
        UnauthorizedAccessException => "it may not be read: see its permissions",
        _ => e.Message.Replace(Path.GetFullPath(item.File), item.Path, StringComparison.Ordinal),
    };

    /// <summary>The hash of the names and contents of all files, in order.</summary>
    public static string HashOf(IEnumerable<FoundFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (FoundFile file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Item.Path}\n{file.Sha256}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
