using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pipeline.Audio.Files;

/// <summary>
/// A part of a file as a file of its own, for the native decoders to read from by callback. They so read the very file that was identified,
/// whatever characters its path has, and never see a tag in front of the sound.
/// </summary>
internal sealed class ByteWindow
{
    private readonly ByteSource source;
    private readonly long start;
    private readonly byte[] buffer = new byte[1 << 15];
    private long bufferStart;
    private int bufferCount;
    private AudioException? fault;

    public ByteWindow(ByteSource source, long start, long length)
    {
        this.source = source;
        this.start = start;
        Length = Math.Max(0, Math.Min(length, source.Length - start));
    }

    /// <summary>Bytes of the part.</summary>
    public long Length { get; }

    /// <summary>Where the next byte is read, from the part's start.</summary>
    public long Position { get; private set; }

    public static ByteWindow Of(nint handle) => Unsafe.As<ByteWindow>(GCHandle.FromIntPtr(handle).Target!);

    /// <summary>Reads bytes for native code, which no exception may pass through: a fault is kept for <see cref="ThrowIfFaulty"/>.</summary>
    public unsafe long Read(void* to, long count)
    {
        try
        {
            return Read(new Span<byte>(to, (int)Math.Clamp(count, 0, int.MaxValue)));
        }
        catch (AudioException e)
        {
            fault = e;
            return 0;
        }
    }

    /// <summary>Moves to a place, counted from the start (0), from here (1) or from the end (2); -1 where there is no such place.</summary>
    public long Seek(long offset, int whence)
    {
        long origin = whence switch
        {
            0 => 0,
            1 => Position,
            2 => Length,
            _ => -1,
        };
        // Offsets come out of damaged files too: their sum may overflow.
        if (origin < 0 || offset < -origin || offset > long.MaxValue - origin)
        {
            return -1;
        }

        Position = origin + offset;
        return Position;
    }

    /// <summary>Bytes at a place, without moving there.</summary>
    public int Peek(long offset, Span<byte> bytes) =>
        offset >= 0 && offset < Length ? source.Read(start + offset, bytes[..(int)Math.Min(bytes.Length, Length - offset)]) : 0;

    public void ThrowIfFaulty()
    {
        if (fault is not null)
        {
            throw new AudioException(fault.Path, fault.Reason, fault);
        }
    }

    private int Read(Span<byte> bytes)
    {
        int count = 0;
        while (count < bytes.Length)
        {
            long ahead = Position - bufferStart;
            if (ahead < 0 || ahead >= bufferCount)
            {
                bufferStart = Position;
                bufferCount = Peek(Position, buffer);
                ahead = 0;
                if (bufferCount == 0)
                {
                    break;
                }
            }

            int part = (int)Math.Min(bufferCount - ahead, bytes.Length - count);
            buffer.AsSpan((int)ahead, part).CopyTo(bytes[count..]);
            count += part;
            Position += part;
        }

        return count;
    }
}
