using Pipeline.Parquet.Encodings;

namespace Pipeline.Parquet;

/// <summary>Some rows of one column of byte arrays or text.</summary>
public sealed class ByteColumnBatch : ColumnBatch<ByteRange>
{
    /// <summary>Bytes of a dictionary up to which its texts are found by their offset.</summary>
    private const int SmallDictionary = 1 << 15;

    private readonly ByteArena arena;

    // Text out of the dictionary is made once: a million rows of ten genres are ten strings.
    private readonly Dictionary<int, string> dictionaryText = [];
    private string?[] smallDictionaryText = []; // the same by offset, where there are few

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

        return arena.DictionaryLength <= SmallDictionary ? SmallDictionaryText(range) : DictionaryText(range);
    }

    internal void ForgetDictionary()
    {
        dictionaryText.Clear();
        smallDictionaryText = [];
    }

    private string SmallDictionaryText(ByteRange range)
    {
        string?[] texts = smallDictionaryText;
        if ((uint)range.Offset < (uint)texts.Length && texts[range.Offset] is { } known)
        {
            return known;
        }

        if (texts.Length == 0)
        {
            smallDictionaryText = new string?[arena.DictionaryLength];
        }

        return smallDictionaryText[range.Offset] = System.Text.Encoding.UTF8.GetString(arena[range]);
    }

    private string DictionaryText(ByteRange range)
    {
        if (!dictionaryText.TryGetValue(range.Offset, out string? text))
        {
            text = System.Text.Encoding.UTF8.GetString(arena[range]);
            dictionaryText.Add(range.Offset, text);
        }

        return text;
    }
}
