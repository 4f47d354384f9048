using System.Text;

namespace Pipeline.Stages.Splitting;

/// <summary>Many short texts in one block of UTF-8: a string of its own costs several times as much.</summary>
internal sealed class TextStore
{
    private readonly List<int> ends = [];
    private byte[] bytes = new byte[1 << 12];

    /// <summary>How many there are.</summary>
    public int Count => ends.Count;

    private int Used => ends.Count == 0 ? 0 : ends[^1];

    /// <summary>A text, by its number.</summary>
    public string this[int index] => Encoding.UTF8.GetString(Span(index));

    /// <summary>Adds a text.</summary>
    public void Add(string text)
    {
        int most = Used + Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(most, bytes.Length * 2));
        }

        ends.Add(Used + Encoding.UTF8.GetBytes(text, bytes.AsSpan(Used)));
    }

    /// <summary>Below 0 where the first text comes before the second one by the order of their bytes.</summary>
    public int Compare(int a, int b) => Span(a).SequenceCompareTo(Span(b));

    private ReadOnlySpan<byte> Span(int index)
    {
        int start = index == 0 ? 0 : ends[index - 1];
        return bytes.AsSpan(start, ends[index] - start);
    }
}
