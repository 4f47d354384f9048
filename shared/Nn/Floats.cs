using System.Runtime.InteropServices;

namespace Pipeline.Nn;

/// <summary>Floats outside of the collected heap, at an address that is a multiple of 64 bytes, zero at first.</summary>
internal sealed unsafe class Floats : IDisposable
{
    private const int LineBytes = 64;

    private float* first;

    /// <summary>Takes room for so many.</summary>
    /// <exception cref="OutOfMemoryException">There is no such room.</exception>
    public Floats(long length)
    {
        Length = length;
        nuint bytes = checked((nuint)Math.Max(length, 1) * sizeof(float) + LineBytes - 1) / LineBytes * LineBytes;
        first = (float*)NativeMemory.AlignedAlloc(bytes, LineBytes);
        NativeMemory.Clear(first, bytes);
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
            NativeMemory.AlignedFree(first);
            first = null;
            GC.RemoveMemoryPressure(Math.Max(Length, 1) * sizeof(float));
        }
    }
}
