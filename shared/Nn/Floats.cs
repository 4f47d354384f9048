using System.Runtime.InteropServices;

namespace Pipeline.Nn;

/// <summary>
/// Floats outside of the collected heap, at an address that is a multiple of 64 bytes, zero at first. What the system gives is zero
/// already, and no memory is taken before it is touched: a network may be made before it is known whether the file has such weights.
/// </summary>
internal sealed unsafe class Floats : IDisposable
{
    private const int LineBytes = 64;

    private readonly nuint bytes;
    private float* room;
    private float* first;

    /// <summary>Takes room for so many.</summary>
    /// <exception cref="OutOfMemoryException">There is no such room.</exception>
    public Floats(long length)
    {
        Length = length;
        bytes = checked((nuint)Math.Max(length, 1) * sizeof(float) + LineBytes);
        room = (float*)NativeMemory.AllocZeroed(bytes);
        first = (float*)(((nuint)room + LineBytes - 1) / LineBytes * LineBytes);
        GC.AddMemoryPressure((long)bytes);
    }

    /// <summary>Frees what was not disposed of.</summary>
    ~Floats() => Free();

    /// <summary>How many there are.</summary>
    public long Length { get; }

    /// <summary>The first of them.</summary>
    public float* First
    {
        get
        {
            ObjectDisposedException.ThrowIf(first is null, this);
            return first;
        }
    }

    /// <summary>All of them; where there are more than a span can hold, use <see cref="First"/>.</summary>
    public Span<float> Span => new(First, checked((int)Length));

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (first is not null)
        {
            NativeMemory.Free(room);
            room = first = null;
            GC.RemoveMemoryPressure((long)bytes);
        }
    }
}
