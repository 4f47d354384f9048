using System.Security.Cryptography;
using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>An input of a stage, as its output's provenance names it.</summary>
/// <param name="name">The option that named it, such as <c>examples</c>: a path would differ from machine to machine.</param>
/// <param name="sha256">
/// Hash of its content; of a folder, of its files' contents one after the other. Of a tree whose files are divided over parts
/// (<c>--shard</c>), <c>sum:</c> and the sum of its files' hashes: those of the parts add up to that of the tree. Whatever has
/// no such prefix was read by each part, and is the same for all of them.
/// </param>
public sealed class TableInput(string name, string sha256)
{
    /// <summary>The option that named it.</summary>
    public string Name { get; } = name;

    /// <summary>Hash of its content.</summary>
    public string Sha256 { get; } = sha256;

    /// <summary>Where the input's own chain comes from.</summary>
    internal Provenance Chain { get; private init; } = Provenance.Empty;

    /// <summary>Takes the hash of a file that is no table, such as a model's, and whose provenance stands in it.</summary>
    public static TableInput Of(string name, string path, Provenance chain) => new(name, Of(name, path).Sha256) { Chain = chain };

    /// <summary>Takes the hash of a file or a folder of parts, and its provenance where it is a table.</summary>
    public static TableInput Of(string name, string path)
    {
        IReadOnlyList<string> files = TableFiles.Of(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 20];
        var chains = new List<Provenance>();
        foreach (string file in files)
        {
            using (FileStream stream = File.OpenRead(file))
            {
                for (int read; (read = stream.Read(buffer)) > 0;)
                {
                    hash.AppendData(buffer, 0, read);
                }
            }

            if (ParquetFile.LooksLike(file))
            {
                using ParquetFile table = ParquetFile.Open(file);
                chains.Add(Provenance.Of(table));
            }
        }

        return new TableInput(name, Convert.ToHexStringLower(hash.GetHashAndReset())) { Chain = Provenance.Combine(chains) };
    }
}
