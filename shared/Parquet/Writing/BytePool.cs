using System.Runtime.InteropServices;

namespace Pipeline.Parquet.Writing;

/// <summary>Different values, numbered in the order in which they first came: a dictionary in the making, already in PLAIN form.</summary>
internal sealed class BytePool
{
    private readonly ByteBuffer plain = new();
    private readonly List<int> offsets = [];   // of each value's length in the plain form
    private int[] table = new int[64];         // open addressing: number of a value + 1, or 0
    private bool isStale;

    /// <summary>Number of values.</summary>
    public int Count => offsets.Count;

    /// <summary>Bytes of the plain form.</summary>
    public int Bytes => isStale ? 0 : plain.Length;

    /// <summary>All values, each with its length before it.</summary>
    public ReadOnlySpan<byte> Plain => plain.Written;

    /// <summary>A value by its number.</summary>
    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            ReadOnlySpan<byte> at = plain.Written[offsets[number]..];
            return at.Slice(4, MemoryMarshal.Read<int>(at));
        }
    }

    /// <summary>The value's number; it gets one if it has none.</summary>
    public int Add(ReadOnlySpan<byte> value, out bool isNew)
    {
        Refresh();
        if (offsets.Count * 2 >= table.Length)
        {
            Rehash();
        }

        int slot = Slot(value);
        isNew = table[slot] == 0;
        if (isNew)
        {
            offsets.Add(plain.Length);
            plain.PutWithLength(value);
            table[slot] = offsets.Count;
        }

        return table[slot] - 1;
    }

    /// <summary>Forgets all values at the next <see cref="Add"/>: until then what was given out stays valid.</summary>
    public void ForgetLater() => isStale = true;

    private void Refresh()
    {
        if (isStale)
        {
            plain.Clear();
            offsets.Clear();
            Array.Clear(table);
            isStale = false;
        }
    }

    private void Rehash()
    {
        table = new int[table.Length * 2];
        for (int i = 0; i < offsets.Count; i++)
        {
            table[Slot(this[i])] = i + 1;
        }
    }

    private int Slot(ReadOnlySpan<byte> value)
    {
        uint mask = (uint)table.Length - 1;
        for (uint slot = Hash(value) & mask; ; slot = (slot + 1) & mask)
        {
            if (table[slot] == 0 || this[table[slot] - 1].SequenceEqual(value))
            {
                return (int)slot;
            }
        }
    }

    // FNV-1a, eight bytes at a time. The numbers do not depend on it: same input, same bytes.
    private static uint Hash(ReadOnlySpan<byte> value)
    {
        ulong hash = 14695981039346656037;
        while (value.Length >= 8)
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(value)) * 1099511628211;
            hash ^= hash >> 29;
            value = value[8..];
        }

        foreach (byte b in value)
        {
            hash = (hash ^ b) * 1099511628211;
        }

        return (uint)(hash ^ hash >> 32);
    }
}
