using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pipeline.Parquet.Encodings;

/// <summary>BYTE_STREAM_SPLIT values of a fixed size.</summary>
internal sealed class ByteStreamSplitDecoder<T> : ValueDecoder<T> where T : unmanaged
{
    private ReadOnlyMemory<byte> data;
    private int total;
    private int next;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        if (data.Length % Unsafe.SizeOf<T>() != 0)
        {
            throw new ParquetException($"a page of {data.Length} bytes cannot be split into values of {Unsafe.SizeOf<T>()} bytes");
        }

        this.data = data;
        total = data.Length / Unsafe.SizeOf<T>();
        next = 0;
    }

    public override void Read(Span<T> destination)
    {
        if (destination.Length > total - next)
        {
            throw TooShort();
        }

        ByteStreamSplit.Decode(data.Span, Unsafe.SizeOf<T>(), total, next, MemoryMarshal.AsBytes(destination));
        next += destination.Length;
    }
}
