using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Pipeline.Parquet.Encodings;

/// <summary>RLE booleans: a length, then runs and groups of one bit.</summary>
internal sealed class RleBooleanDecoder : ValueDecoder<bool>
{
    private readonly RleDecoder runs = new();

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        if (data.Length < 4)
        {
            throw TooShort();
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(data.Span);
        if (length < 0 || length > data.Length - 4)
        {
            throw new ParquetException($"a page announces {length} bytes of booleans and holds {data.Length - 4}");
        }

        runs.Start(data.Slice(4, length), 1);
    }

    // One-bit runs give only 0 and 1, which are the bytes of false and true.
    public override void Read(Span<bool> destination) => runs.Read(MemoryMarshal.AsBytes(destination));
}
