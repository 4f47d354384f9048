using System.Text;

namespace Pipeline.Stages.Evaluating;

/// <summary>
/// Keys numbered from 0 in the order in which they come, in one block of UTF-8 with a table of places: about 15 bytes of each
/// beside its letters.
/// </summary>
internal sealed class KeyStore
{
    private readonly List<int> ends = [];
    private byte[] bytes = new byte[1 << 12];
    private int[] places = new int[1 << 10]; // a key's number + 1; 0 is free

    /// <summary>How many there are.</summary>
    public int Count => ends.Count;

    /// <summary>A key, by its number.</summary>
    public string this[int index] => Encoding.UTF8.GetString(Span(index));

    /// <summary>A key's number; it is added where it is new.</summary>
    public int Add(string key)
    {
        int used = ends.Count == 0 ? 0 : ends[^1];
        int most = checked(used + Encoding.UTF8.GetMaxByteCount(key.Length));
        if (most > bytes.Length)
        {
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(most, 2L * bytes.Length)));
        }

        int end = used + Encoding.UTF8.GetBytes(key, bytes.AsSpan(used));
        int place = Place(bytes.AsSpan(used, end - used));
        if (places[place] == 0)
        {
            ends.Add(end);
            places[place] = ends.Count;
            if (4L * ends.Count > 3L * places.Length)
            {
                Grow();
            }

            return ends.Count - 1;
        }

        return places[place] - 1;
    }

    /// <summary>A key's number; -1 where it is not there.</summary>
    public int Find(string key) => places[Place(Encoding.UTF8.GetBytes(key))] - 1;

    private static uint Hash(ReadOnlySpan<byte> key)
    {
        // FNV-1a, and the end of MurmurHash3.
        uint hash = 2166136261;
        foreach (byte b in key)
        {
            hash = (hash ^ b) * 16777619;
        }

        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    // That of the key, or a free one.
    private int Place(ReadOnlySpan<byte> key)
    {
        int place = (int)(Hash(key) & (uint)(places.Length - 1));
        while (places[place] != 0 && !Span(places[place] - 1).SequenceEqual(key))
        {
            place = (place + 1) & (places.Length - 1);
        }

        return place;
    }

    private void Grow()
    {
        places = new int[2 * places.Length];
        for (int i = 0; i < ends.Count; i++)
        {
            places[Place(Span(i))] = i + 1;
        }
    }

    private ReadOnlySpan<byte> Span(int index)
    {
        int start = index == 0 ? 0 : ends[index - 1];
        return bytes.AsSpan(start, ends[index] - start);
    }
}
