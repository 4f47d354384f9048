using System.Numerics;

namespace Pipeline.Hdf5.Filters;

/// <summary>
/// Decodes one alphabet of deflate: indexed by the next bits of the stream, with further tables behind for codes longer than the index. An entry has, from its
/// lowest bit: 8 bits for how many bits to take; 5 for how many extra bits follow; three flags; 16 for the value.
/// </summary>
internal sealed class HuffmanTable
{
    /// <summary>The value is a byte.</summary>
    public const uint Literal = 0x8000;

    /// <summary>None of literal, length, distance: the end of the block, a further table, or no code at all.</summary>
    public const uint Exceptional = 0x4000;

    /// <summary>With <see cref="Exceptional"/>: the value is where a further table starts, which the extra bits index.</summary>
    public const uint Further = 0x2000;

    private const int MaxLength = 15;

    private readonly uint[] symbols;
    private readonly int bits;
    private readonly ushort[] sorted;

    /// <summary>Prepares for an alphabet.</summary>
    /// <param name="symbols">The entry of each symbol, without the number of bits to take.</param>
    /// <param name="bits">The bits of the index.</param>
    public HuffmanTable(uint[] symbols, int bits)
    {
        this.symbols = symbols;
        this.bits = bits;
        sorted = new ushort[symbols.Length];

        // A further table is as large as the longest code behind it, and there are at most half as many as symbols.
        Entries = new uint[(1 << bits) + (symbols.Length / 2 + 1) * (1 << (MaxLength - bits))];
    }

    /// <summary>The table.</summary>
    public uint[] Entries { get; }

    /// <summary>Makes the table for a set of codes; false where they cannot be.</summary>
    /// <param name="lengths">The length of each symbol's code, 0 for symbols that have none.</param>
    public bool Build(ReadOnlySpan<byte> lengths)
    {
        Span<int> counts = stackalloc int[MaxLength + 1], starts = stackalloc int[MaxLength + 1];
        counts.Clear();
        foreach (byte length in lengths)
        {
            counts[length]++;
        }

        int used = 0, place = 0;
        for (int length = 1; length <= MaxLength; length++)
        {
            starts[length] = place;
            place += counts[length];
            used = (used << 1) + counts[length];
        }

        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] > 0)
            {
                sorted[starts[lengths[symbol]]++] = (ushort)symbol;
            }
        }

        if (used != 1 << MaxLength)
        {
            // Codes that leave room are allowed where there is no more than one, of one bit.
            if (place > 1 || (place == 1 && counts[1] == 0))
            {
                return false;
            }

            Array.Fill(Entries, Exceptional | 1u << 16 | 1u, 0, 1 << bits); // a value tells it from the end of a block
            for (int i = 0; place == 1 && i < 1 << bits; i += 2)
            {
                Entries[i] = symbols[sorted[0]] | 1;
            }

            return true;
        }

        Fill(counts);
        return true;
    }

    // In the order of codes. A code is held with its first bit lowest, as it comes out of the stream.
    private void Fill(Span<int> counts)
    {
        uint[] table = Entries;
        int next = 0, code = 0, length = 1;
        for (; counts[length] == 0; length++)
        {
        }

        // Of codes of up to some length the table repeats after as many bits: it is doubled where the length grows.
        int end = 1 << length, left = counts[length];
        while (length <= bits)
        {
            do
            {
                table[code] = symbols[sorted[next++]] | (uint)length;
                if (code == end - 1)
                {
                    for (; length < bits; length++, end <<= 1)
                    {
                        Array.Copy(table, 0, table, end, end);
                    }

                    return;
                }

                code = Successor(code, length);
            }
            while (--left > 0);

            do
            {
                if (++length <= bits)
                {
                    Array.Copy(table, 0, table, end, end);
                    end <<= 1;
                }
            }
            while ((left = counts[length]) == 0);
        }

        int prefix = -1, start = 0, mask = (1 << bits) - 1;
        end = 1 << bits;
        while (true)
        {
            if ((code & mask) != prefix)
            {
                // As many bits as the codes with this prefix fill.
                prefix = code & mask;
                start = end;
                int more = length - bits, room = left;
                for (; room < 1 << more; room = (room << 1) + counts[bits + more])
                {
                    more++;
                }

                end = start + (1 << more);
                table[prefix] = (uint)start << 16 | Exceptional | Further | (uint)more << 8 | (uint)bits;
            }

            uint entry = symbols[sorted[next++]] | (uint)(length - bits);
            for (int i = start + (code >> bits); i < end; i += 1 << (length - bits))
            {
                table[i] = entry;
            }

            if (code == (1 << length) - 1)
            {
                return;
            }

            code = Successor(code, length);
            for (left--; left == 0; left = counts[++length])
            {
            }
        }
    }

    // Adds one to a number whose highest bit is held lowest.
    private static int Successor(int code, int length)
    {
        int bit = 1 << BitOperations.Log2((uint)(code ^ ((1 << length) - 1)));
        return (code & (bit - 1)) | bit;
    }
}
