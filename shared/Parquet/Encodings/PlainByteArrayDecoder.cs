using System.Buffers.Binary;

namespace Pipeline.Parquet.Encodings;

/// <summary>PLAIN byte arrays: a 4-byte length and the bytes, each.</summary>
internal sealed class PlainByteArrayDecoder(ByteArena arena) : ValueDecoder<ByteRange>
{
    private ReadOnlyMemory<byte> data;
    private int position;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        this.data = data;
        position = 0;
    }

    public override void Read(Span<ByteRange> destination)
    {
        ReadOnlySpan<byte> source = data.Span;
        for (int i = 0; i < destination.Length; i++)
        {
            if (source.Length - position < 4)
            {
                throw TooShort();
            }

            int length = BinaryPrimitives.ReadInt32LittleEndian(source[position..]);
            position += 4;
            if (length < 0 || length > source.Length - position)
            {
                throw new ParquetException($"a value announces {length} bytes, {source.Length - position} are left in its page");
            }

            destination[i] = arena.Append(source.Slice(position, length));
            position += length;
        }
    }
}
