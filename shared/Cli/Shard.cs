using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pipeline.Cli;

/// <summary>
/// One part of work divided over processes or machines: part <see cref="Index"/> of <see cref="Count"/>, counted from 0.
/// Each part is a stretch of the items, all of about the same length: one after the other they are the whole, in its order,
/// so that what is made of the parts can be put together again.
/// </summary>
/// <param name="Index">Which part, from 0 to <paramref name="Count"/> - 1.</param>
/// <param name="Count">How many parts, at least 1.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>The whole work.</summary>
    public static Shard All => new(0, 1);

    /// <summary>The first item of this part, counted from 0; the part before ends there.</summary>
    /// <param name="count">How many items all parts have together.</param>
    public long First(long count) => (long)((Int128)Index * count / Count);

    /// <summary>The item after the last of this part. A part may be empty, where there are fewer items than parts.</summary>
    /// <param name="count">How many items all parts have together.</param>
    public long End(long count) => (this with { Index = Index + 1 }).First(count);

    /// <summary>Reads <c>2/16</c>.</summary>
    /// <exception cref="FormatException">The text is not a part; the message is a sentence.</exception>
    public static Shard Parse(string text) =>
        TryParse(text, out Shard shard, out string? error) ? shard : throw new FormatException(error);

    /// <summary>Reads <c>2/16</c>; otherwise says in a sentence what is wrong.</summary>
    public static bool TryParse(string text, out Shard shard, [NotNullWhen(false)] out string? error)
    {
        shard = All;
        string[] parts = text.Split('/');
        if (parts.Length != 2 ||
            !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index) ||
            !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            error = $"a part is written I/N, such as 0/4, not '{text}'";
            return false;
        }
        if (count == 0 || index >= count)
        {
            error = count == 0 ? $"there is no part of nothing: '{text}'" : $"parts are counted from 0, so the last of {count} is {count - 1}/{count}, not '{text}'";
            return false;
        }
        shard = new Shard(index, count);
        error = null;
        return true;
    }

    /// <summary>As it is typed: <c>2/16</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
