using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pipeline.Parquet.Encodings;

/// <summary>PLAIN values of a fixed size, little-endian: a copy.</summary>
internal sealed class PlainDecoder<T> : ValueDecoder<T> where T : unmanaged
{
    private ReadOnlyMemory<byte> data;
    private int position;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        this.data = data;
        position = 0;
    }

    public override void Read(Span<T> destination)
    {
        int bytes = destination.Length * Unsafe.SizeOf<T>();
        if (bytes > data.Length - position)
        {
            throw TooShort();
        }

        data.Span.Slice(position, bytes).CopyTo(MemoryMarshal.AsBytes(destination));
        position += bytes;
    }
}
