namespace Pipeline.Tests.Parquet;

/// <summary>Damages files in the ways in which disks, networks and attackers do. The same numbers give the same damage.</summary>
internal static class Mutations
{
    /// <summary>The file with one to four faults; <paramref name="other"/> is what it may be spliced with.</summary>
    public static byte[] Mutate(Random random, byte[] file, byte[] other)
    {
        var bytes = new List<byte>(file);
        for (int faults = random.Next(1, 5); faults > 0; faults--)
        {
            Mutate(random, bytes, other);
        }

        return [.. bytes];
    }

    private static void Mutate(Random random, List<byte> bytes, byte[] other)
    {
        if (bytes.Count < 16)
        {
            bytes.AddRange(other);
        }

        // Often in the footer, which a tail of four length bytes and the magic ends.
        int at = random.Next(3) == 0 ? bytes.Count - 9 - random.Next(Math.Min(bytes.Count - 9, 400)) : random.Next(bytes.Count);
        int length = Math.Min(random.Next(1, random.Next(4) == 0 ? 200 : 9), bytes.Count - at);
        switch (random.Next(13))
        {
            case 0 or 1 or 2:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 3:
                Fill(0);
                break;
            case 4:
                Fill(255);
                break;
            case 5:
                for (int i = 0; i < length; i++)
                {
                    bytes[at + i] = (byte)random.Next(256);
                }

                break;
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 7:
                bytes.InsertRange(at, Enumerable.Range(0, length).Select(_ => (byte)random.Next(256)));
                break;
            case 8:
                bytes.RemoveRange(at, length);
                break;
            case 9:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 10:
                int from = random.Next(bytes.Count - length + 1);
                for (int i = 0; i < length; i++)
                {
                    (bytes[at + i], bytes[from + i]) = (bytes[from + i], bytes[at + i]);
                }

                break;
            case 11:
                // The head of this file before the tail of the other, at the same distance from the end or anywhere.
                int tail = random.Next(2) == 0 ? Math.Min(other.Length, bytes.Count - at) : random.Next(other.Length + 1);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(other.Length - tail));
                break;
            default:
                // A number as metadata and lengths are written, in place of what stands there; it may grow the file.
                byte[] number = Varint(Extreme(random));
                bytes.RemoveRange(at, Math.Min(length, number.Length));
                bytes.InsertRange(at, number);
                break;
        }

        void Fill(byte value)
        {
            for (int i = 0; i < length; i++)
            {
                bytes[at + i] = value;
            }
        }
    }

    private static ulong Extreme(Random random) => random.Next(6) switch
    {
        0 => (ulong)random.Next(64),
        1 => uint.MaxValue - (ulong)random.Next(4),
        2 => ulong.MaxValue - (ulong)random.Next(4),
        3 => 1ul << random.Next(64),
        4 => (ulong)random.Next(1 << 21),
        _ => (ulong)random.NextInt64(),
    };

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
