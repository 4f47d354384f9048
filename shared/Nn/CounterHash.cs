using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Nn;

/// <summary>
/// Random bits as a function of a seed and a counter: any element's can be had by itself, in any order and by any thread, twice
/// if need be. The mixing is the end of MurmurHash3.
/// </summary>
public static class CounterHash
{
    private const uint Spread = 0x9E3779B9;
    private const uint First = 0x85EBCA6B;
    private const uint Second = 0xC2B2AE35;

    /// <summary>32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(uint seed, uint counter)
    {
        uint h = (counter * Spread) ^ seed;
        h = (h ^ (h >> 16)) * First;
        h = (h ^ (h >> 13)) * Second;
        return h ^ (h >> 16);
    }

    /// <summary>The same for sixteen counters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Of(uint seed, Vector512<uint> counters)
    {
        Vector512<uint> h = (counters * Vector512.Create(Spread)) ^ Vector512.Create(seed);
        h = (h ^ (h >>> 16)) * Vector512.Create(First);
        h = (h ^ (h >>> 13)) * Vector512.Create(Second);
        return h ^ (h >>> 16);
    }

    /// <summary>A number in [0, 1) of 24 bits.</summary>
    public static float Share(uint seed, uint counter) => (Of(seed, counter) >> 8) * (1f / (1 << 24));
}
