using System.Runtime.InteropServices;

namespace Pipeline.Stages.Splitting;

/// <summary>128 bits that stand for a text: two texts of a million have the same with a chance of one in 10^26.</summary>
/// <param name="High">One half.</param>
/// <param name="Low">The other.</param>
internal readonly record struct Fingerprint(ulong High, ulong Low)
{
    /// <summary>The fingerprint of a text; texts of two kinds never have the same.</summary>
    public static Fingerprint Of(LinkKind kind, string text)
    {
        ReadOnlySpan<char> letters = text;
        ulong start = ((ulong)kind << 32) + (ulong)letters.Length;
        ulong high = Mixed(start ^ 0x9E3779B97F4A7C15UL);
        ulong low = Mixed(start ^ 0xC2B2AE3D27D4EB4FUL);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<char, ulong>(letters);
        foreach (ulong word in words)
        {
            high = Mixed(high ^ word);
            low = Mixed(low ^ word);
        }

        ulong rest = 0;
        foreach (char letter in letters[(words.Length * 4)..])
        {
            rest = (rest << 16) | letter;
        }

        return new Fingerprint(Mixed(high ^ rest), Mixed(low ^ rest));
    }

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Low;

    // The end of MurmurHash3, which is one to one.
    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCDUL;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return value ^ (value >> 33);
    }
}
