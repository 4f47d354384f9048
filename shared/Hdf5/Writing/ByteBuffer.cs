using System.Buffers.Binary;

namespace Pipeline.Hdf5.Writing;

/// <summary>Bytes that grow at their end; numbers go in with their least byte first.</summary>
internal sealed class ByteBuffer
{
    private byte[] bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public ByteBuffer Byte(int value)
    {
        Take(1)[0] = (byte)value;
        return this;
    }

    public ByteBuffer UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Take(2), checked((ushort)value));
        return this;
    }

    public ByteBuffer UInt32(long value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Take(4), checked((uint)value));
        return this;
    }

    public ByteBuffer Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);
        return this;
    }

    public ByteBuffer Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Take(value.Length));
        return this;
    }

    public ByteBuffer Zeros(int count)
    {
        Take(count).Clear();
        return this;
    }

    /// <summary>Zeros up to the next multiple of 8 bytes.</summary>
    public ByteBuffer Pad() => Zeros((8 - Length % 8) % 8);

    private Span<byte> Take(int count)
    {
        if (count > bytes.Length - Length)
        {
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(bytes.Length * 2L, (long)Length + count)));
        }

        Length += count;
        return bytes.AsSpan(Length - count, count);
    }
}
