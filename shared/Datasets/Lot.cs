namespace Pipeline.Datasets;

/// <summary>
/// Random numbers that follow from a seed and the name of what they are for, and from nothing else: neither the order of the
/// rows nor their number changes them. The same in every version of .NET and on every machine.
/// </summary>
public static class Lot
{
    /// <summary>64 bits.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="name">What the number is for, such as a recording's key.</param>
    public static ulong Draw(ulong seed, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ulong hash = Mixed(seed + 0x9E3779B97F4A7C15UL);
        foreach (char letter in name)
        {
            hash = (hash ^ letter) * 0x100000001B3UL; // FNV-1a
        }

        return Mixed(hash);
    }

    /// <summary>From 0 to below 1, evenly.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="name">What the number is for.</param>
    public static double Share(ulong seed, string name) => (Draw(seed, name) >> 11) * (1.0 / (1UL << 53));

    // The end of MurmurHash3: each bit of the input changes each bit of the output with a chance of one half.
    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCDUL;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return value ^ (value >> 33);
    }
}
