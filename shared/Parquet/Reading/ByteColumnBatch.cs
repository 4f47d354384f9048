using Pipeline.Parquet.Encodings;

namespace Pipeline.Parquet;

/// <summary>Some rows of one column of byte arrays or text.</summary>
public sealed class ByteColumnBatch : ColumnBatch<ByteRange>
{
    private readonly ByteArena arena;

    // Text out of the dictionary is made once: a million rows of ten genres are ten strings.
    private readonly Dictionary<int, string> dictionaryText = [];

    internal ByteColumnBatch(ColumnDescriptor column, ByteArena arena)
        : base(column) => this.arena = arena;

    /// <summary>The bytes of a slot; empty where it is null.</summary>
    public ReadOnlySpan<byte> Bytes(int slot) => arena[ValueArray[slot]];

    /// <summary>The text of a slot. Bytes that are not UTF-8 come out as U+FFFD.</summary>
    public string Text(int slot)
    {
        ByteRange range = ValueArray[slot];
        if (range.Length == 0)
        {
            return "";
        }

        if (range.Offset >= arena.DictionaryLength)
        {
            return System.Text.Encoding.UTF8.GetString(arena[range]);
        }

        if (!dictionaryText.TryGetValue(range.Offset, out string? text))
        {
            text = System.Text.Encoding.UTF8.GetString(arena[range]);
            dictionaryText.Add(range.Offset, text);
        }

        return text;
    }

    internal void ForgetDictionary() => dictionaryText.Clear();
}
