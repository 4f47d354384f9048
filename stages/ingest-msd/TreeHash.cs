using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Stages.MsdIngestion;

/// <summary>The hash of a tree of files: of their names and contents, in order.</summary>
internal sealed class TreeHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(SongBatch batch)
    {
        if (batch.Sha256 is { } content)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(batch.Name + "\n"));
            hash.AppendData(content);
        }
    }

    /// <summary>The hash, 64 hexadecimal digits in lower case.</summary>
    public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();
}
