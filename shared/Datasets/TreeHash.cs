using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Datasets;

/// <summary>
/// The hash of a tree of files that several processes read, each a part of it: the sum of the hashes of each file's name and
/// content, mod 2^256, so that those of the parts add up to that of the whole. It notices every file that is missing, there
/// twice, renamed or changed by accident or neglect. It is no proof against somebody who makes up files for a given sum,
/// which is easier than for a hash of everything at once.
/// </summary>
public sealed class TreeHash
{
    private const string Prefix = "sum:";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly byte[] sum = new byte[SHA256.HashSizeInBytes]; // the highest byte first

    /// <summary>Whether a hash, as provenance holds it, adds up.</summary>
    public static bool IsSum(string text) =>
        text.Length == Prefix.Length + 2 * SHA256.HashSizeInBytes
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(HexDigits) < 0;

    /// <summary>The hash of what has these hashes, part for part.</summary>
    /// <exception cref="FormatException">One is no sum.</exception>
    public static string Sum(IEnumerable<string> parts)
    {
        var whole = new TreeHash();
        foreach (string part in parts)
        {
            whole.Add(Convert.FromHexString(part.AsSpan(Prefix.Length)));
        }

        return whole.ToString();
    }

    /// <summary>Adds a file.</summary>
    /// <param name="name">Its path relative to the tree's root.</param>
    /// <param name="content">The SHA-256 of its content.</param>
    public void Add(string name, ReadOnlySpan<byte> content) => Add(SHA256.HashData([.. Encoding.UTF8.GetBytes(name + "\n"), .. content]));

    /// <summary>As provenance holds it: <c>sum:</c> and 64 hexadecimal digits in lower case.</summary>
    public override string ToString() => Prefix + Convert.ToHexStringLower(sum);

    private void Add(byte[] addend)
    {
        int carry = 0;
        for (int i = sum.Length - 1; i >= 0; i--)
        {
            carry += sum[i] + addend[i];
            sum[i] = (byte)carry;
            carry >>= 8;
        }
    }
}
