namespace Pipeline.Tables;

/// <summary>
/// Keys that have come before, for tables of any length: ten bytes a key where their number is known, whatever the keys' length.
/// It holds 64 bits of each, so that two keys of a million are taken for one with a chance of 1 to 37 million, of a hundred
/// million with one of 1 to 3,700.
/// </summary>
/// <param name="expected">How many there will be; of more, some bytes each are spent on growing.</param>
public sealed class KeySet(long expected = 0)
{
    // Of 10 places 8 are taken: fewer free ones make long searches.
    private ulong[] places = new ulong[Math.Max(16, expected / 8 * 10 + 10)]; // 0 is free
    private long count;

    /// <summary>Adds a key; false where it has come before.</summary>
    public bool Add(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (count >= places.LongLength / 10 * 8)
        {
            Grow();
        }

        ulong hash = Hash(key);
        long place = Find(hash, out bool isNew);
        if (isNew)
        {
            places[place] = hash;
            count++;
        }

        return isNew;
    }

    private void Grow()
    {
        ulong[] before = places;
        places = new ulong[before.LongLength / 2 * 3];
        foreach (ulong hash in before)
        {
            if (hash != 0)
            {
                places[Find(hash, out _)] = hash;
            }
        }
    }

    private long Find(ulong hash, out bool isNew)
    {
        long place = (long)Math.BigMul(hash, (ulong)places.LongLength, out _);
        while (places[place] != 0 && places[place] != hash)
        {
            place = place + 1 == places.LongLength ? 0 : place + 1;
        }

        isNew = places[place] == 0;
        return place;
    }

    // FNV-1a, and the end of MurmurHash3, which brings what differs at a key's end to the upper bits, which choose the place.
    internal static ulong Hash(string key)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in key)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        hash ^= hash >> 33;
        return hash == 0 ? 1 : hash;
    }
}
