using System.Buffers.Binary;

namespace Pipeline.Hdf5.Reading;

/// <summary>A shape, out of a dataspace message.</summary>
/// <param name="Shape">The dimensions; none for a scalar.</param>
/// <param name="MaxShape">The most that they may become; -1 for any size.</param>
/// <param name="IsNull">Whether there is no value at all.</param>
internal readonly record struct Dataspace(long[] Shape, long[] MaxShape, bool IsNull)
{
    private const int MaxRank = 32;

    public static Dataspace Read(FileSource source, ReadOnlySpan<byte> bytes)
    {
        int version = bytes.Length < 4 ? 0 : bytes[0];
        if (version is not (1 or 2))
        {
            throw source.Fault($"dataspace version {version} is not supported");
        }

        int rank = bytes[1], at = version == 1 ? 8 : 4;
        bool hasMax = (bytes[2] & 1) != 0;
        if (rank > MaxRank || at + 8 * rank * (hasMax ? 2 : 1) > bytes.Length)
        {
            throw source.Fault($"a dataspace of {rank} dimensions is cut short: the file is damaged");
        }

        var shape = new long[rank];
        for (int i = 0; i < rank; i++, at += 8)
        {
            shape[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
            if (shape[i] < 0)
            {
                throw source.Fault($"a dimension of {(ulong)shape[i]} is more than there can be: the file is damaged");
            }
        }

        long[] max = shape;
        if (hasMax)
        {
            max = new long[rank];
            for (int i = 0; i < rank; i++, at += 8)
            {
                max[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
            }
        }

        return new(shape, max, version == 2 && bytes[3] == 2);
    }

    /// <summary>The product of some numbers, or null where it is beyond <paramref name="most"/>.</summary>
    public static long? Product(long first, ReadOnlySpan<long> factors, long most)
    {
        // A zero makes any product zero, however large the others are.
        if (first == 0 || factors.Contains(0))
        {
            return 0;
        }

        long product = first;
        foreach (long factor in factors)
        {
            if (product > most / factor)
            {
                return null;
            }

            product *= factor;
        }

        return product <= most ? product : null;
    }
}
