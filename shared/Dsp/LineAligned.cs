using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pipeline.Dsp;

/// <summary>Numbers that begin with a line of the cache and stay there: vectors are then loaded in one go.</summary>
internal sealed class LineAligned
{
    private const int LineBytes = 64;

    private readonly float[] room;
    private readonly int origin;

    /// <summary>Zeros.</summary>
    public unsafe LineAligned(int length)
    {
        room = GC.AllocateArray<float>(length + LineBytes / sizeof(float), pinned: true);
        nuint past = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(room)) % LineBytes;
        origin = past == 0 ? 0 : (int)(LineBytes - past) / sizeof(float);
        Length = length;
    }

    /// <summary>How many numbers.</summary>
    public int Length { get; }

    /// <summary>The numbers.</summary>
    public Span<float> Values => room.AsSpan(origin, Length);

    /// <summary>The first of them, for those who load without checks.</summary>
    public ref float First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(room), origin);
}
