using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pipeline.Parquet.Writing;

/// <summary>A growing run of bytes that is reused.</summary>
internal sealed class ByteBuffer
{
    private byte[] bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>What has been appended from a position on, to be changed in place.</summary>
    public Span<byte> Since(int position) => bytes.AsSpan(position, Length - position);

    /// <summary>Appends room that the caller fills.</summary>
    public Span<byte> Room(int count)
    {
        int needed = checked(Length + count);
        if (needed > bytes.Length)
        {
            byte[] larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, Math.Max(needed, bytes.Length * 2L)));
            Written.CopyTo(larger);
            bytes = larger;
        }

        Length = needed;
        return bytes.AsSpan(needed - count, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(byte value)
    {
        byte[] room = bytes;
        int at = Length;
        if ((uint)at < (uint)room.Length)
        {
            room[at] = value;
            Length = at + 1;
        }
        else
        {
            Room(1)[0] = value;
        }
    }

    public void Put(ReadOnlySpan<byte> values) => values.CopyTo(Room(values.Length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put<T>(T value) where T : unmanaged
    {
        byte[] room = bytes;
        int at = Length;
        if (at <= room.Length - Unsafe.SizeOf<T>())
        {
            Unsafe.WriteUnaligned(ref room[at], value);
            Length = at + Unsafe.SizeOf<T>();
        }
        else
        {
            MemoryMarshal.Write(Room(Unsafe.SizeOf<T>()), value);
        }
    }

    /// <summary>Appends a value of PLAIN: its length in four bytes, and its bytes.</summary>
    public void PutWithLength(ReadOnlySpan<byte> value)
    {
        Span<byte> room = Room(checked(sizeof(int) + value.Length));
        MemoryMarshal.Write(room, value.Length);
        value.CopyTo(room[sizeof(int)..]);
    }

    public void PutVarint(ulong value)
    {
        while (value >= 0x80)
        {
            Put((byte)(value | 0x80));
            value >>= 7;
        }

        Put((byte)value);
    }

    /// <summary>The byte written last, to set further bits of.</summary>
    public ref byte Last => ref bytes[Length - 1];
}
