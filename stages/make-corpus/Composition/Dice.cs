using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>
/// Random numbers that are the same in every version of .NET and on every machine (xoshiro256++, seeded by SplitMix64).
/// Dice for a smaller question are thrown from a <see cref="Child(string, int)"/>, so that asking more of one thing never changes another.
/// </summary>
internal sealed class Dice
{
    private readonly ulong seed;
    private State state;

    /// <param name="seed">Any number; equal seeds give equal throws.</param>
    public Dice(ulong seed)
    {
        this.seed = seed;
        ulong mixed = seed;
        state = new State(SplitMix(ref mixed), SplitMix(ref mixed), SplitMix(ref mixed), SplitMix(ref mixed));
    }

    /// <summary>Dice of their own for a named question. They do not depend on what was thrown here before.</summary>
    public Dice Child(string question, int number = 0)
    {
        // FNV-1a: string.GetHashCode differs from one run to the next.
        ulong hash = 14695981039346656037UL;
        foreach (char letter in question)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        ulong named = seed ^ hash;
        ulong mixed = SplitMix(ref named) + (ulong)number;
        return new Dice(SplitMix(ref mixed));
    }

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bits() => state.Next();

    /// <summary>From 0 to below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Share() => Share(Bits());

    /// <summary>From <paramref name="low"/> to below <paramref name="high"/>.</summary>
    public double Between(double low, double high) => low + (high - low) * Share();

    /// <summary>A whole number from 0 to below <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Share() * count);

    /// <summary>True in this share of cases.</summary>
    public bool Chance(double share) => Share() < share;

    /// <summary>One of several, each as likely.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Normally distributed around 0, within three deviations.</summary>
    public double Gauss(double deviation)
    {
        // A copy of the state stays in registers.
        State local = state;
        double sum = 0;
        for (int i = 0; i < 12; i++)
        {
            sum += Share(local.Next());
        }

        state = local;
        return Math.Clamp(sum - 6, -3, 3) * deviation;
    }

    /// <summary>White noise, from -1 to below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Noise() => Noise(Bits());

    /// <summary>Fills with what <see cref="Noise()"/> would give.</summary>
    public void Noise(Span<float> samples)
    {
        State local = state;
        foreach (ref float sample in samples)
        {
            sample = Noise(local.Next());
        }

        state = local;
    }

    private static double Share(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    private static float Noise(ulong bits) => (int)(bits >> 32) * (1f / 2147483648f);

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private struct State(ulong a, ulong b, ulong c, ulong d)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Next()
        {
            ulong result = BitOperations.RotateLeft(a + d, 23) + a;
            ulong t = b << 17;
            c ^= a;
            d ^= b;
            b ^= c;
            a ^= d;
            c ^= t;
            d = BitOperations.RotateLeft(d, 45);
            return result;
        }
    }
}
