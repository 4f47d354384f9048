using System.Runtime.CompilerServices;
using Pipeline.Parquet.Writing;

namespace Pipeline.Parquet.Encodings;

/// <summary>Writes the hybrid of runs and bit-packed groups: eight or more equal values become a run, others groups of eight.</summary>
internal sealed class RleEncoder
{
    private const int MaxLiterals = 4096;

    private readonly ByteBuffer output;
    private readonly uint[] literals = new uint[MaxLiterals + 8];
    private int width;
    private int literalCount;
    private uint value;
    private long run;

    public RleEncoder(ByteBuffer output, int bitWidth)
    {
        this.output = output;
        width = bitWidth;
    }

    /// <summary>Sets the width for what follows.</summary>
    public void Start(int bitWidth)
    {
        width = bitWidth;
        literalCount = 0;
        run = 0;
    }

    /// <summary>Adds a value a number of times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint next, long count = 1)
    {
        if (next != value && count > 0)
        {
            EndRun();
            value = next;
        }

        run += count;
    }

    /// <summary>Adds values one after the other.</summary>
    public void Add(ReadOnlySpan<int> values)
    {
        foreach (int next in values)
        {
            Add((uint)next);
        }
    }

    /// <summary>Adds levels one after the other.</summary>
    public void Add(ReadOnlySpan<byte> levels)
    {
        while (!levels.IsEmpty)
        {
            byte next = levels[0];
            int count = 1;
            while (count < levels.Length && count < 8 && levels[count] == next)
            {
                count++;
            }

            // The levels of a list go on like this for long: then they are looked through many at a time.
            if (count == 8)
            {
                int more = levels[count..].IndexOfAnyExcept(next);
                count = more < 0 ? levels.Length : count + more;
            }

            Add(next, count);
            levels = levels[count..];
        }
    }

    /// <summary>Writes what is pending.</summary>
    public void Finish()
    {
        EndRun();
        WriteLiterals();
    }

    private void EndRun()
    {
        if (run == 1 && literalCount < MaxLiterals)
        {
            literals[literalCount++] = value;
            run = 0;
            return;
        }

        // Groups are whole: the run first fills the last one up.
        if (run >= 8)
        {
            while (literalCount % 8 != 0)
            {
                literals[literalCount++] = value;
                run--;
            }
        }

        if (run >= 8)
        {
            WriteLiterals();
            output.PutVarint((ulong)run << 1);
            for (int bits = 0; bits < width; bits += 8)
            {
                output.Put((byte)(value >> bits));
            }
        }
        else
        {
            for (; run > 0; run--)
            {
                literals[literalCount++] = value;
            }

            if (literalCount >= MaxLiterals)
            {
                WriteFullGroups();
            }
        }

        run = 0;
    }

    /// <summary>Writes the groups that are full and keeps the rest.</summary>
    private void WriteFullGroups()
    {
        int full = literalCount / 8 * 8, rest = literalCount - full;
        literalCount = full;
        Span<uint> tail = stackalloc uint[8];
        literals.AsSpan(full, rest).CopyTo(tail);
        WriteLiterals();
        tail[..rest].CopyTo(literals);
        literalCount = rest;
    }

    private void WriteLiterals()
    {
        if (literalCount == 0)
        {
            return;
        }

        int groups = (literalCount + 7) / 8;
        literals.AsSpan(literalCount, groups * 8 - literalCount).Clear();
        output.PutVarint((ulong)groups << 1 | 1);
        Span<byte> packed = output.Room(groups * width);
        ulong pending = 0;
        int bits = 0, at = 0;
        foreach (uint literal in literals.AsSpan(0, groups * 8))
        {
            pending |= (ulong)literal << bits;
            for (bits += width; bits >= 8; bits -= 8)
            {
                packed[at++] = (byte)pending;
                pending >>= 8;
            }
        }

        literalCount = 0;
    }
}
