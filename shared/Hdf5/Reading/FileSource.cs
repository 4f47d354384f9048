using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Pipeline.Hdf5.Reading;

/// <summary>
/// Bytes of the file by address. A small file is read whole at the start, which is one system call; of a larger one, blocks are kept, each in the place that
/// its number gives it.
/// </summary>
/// <remarks>A span it gives is good until the next is asked for.</remarks>
internal sealed class FileSource : IDisposable
{
    private const int WholeFile = 1 << 20;
    private const int BlockSize = 1 << 16;
    private const int BlockCount = 16;

    private readonly SafeFileHandle handle;
    private readonly byte[]? whole;
    private readonly byte[]?[] blocks = [];
    private readonly long[] blockNumbers = [];
    private byte[] wide = [];
    private long origin;
    private bool disposed;

    public FileSource(string path)
    {
        Path = path;
        handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            Length = RandomAccess.GetLength(handle);
            if (Length <= WholeFile)
            {
                whole = ArrayPool<byte>.Shared.Rent((int)Length);
                ReadAt(0, whole.AsSpan(0, (int)Length));
            }
            else
            {
                blocks = new byte[]?[BlockCount];
                blockNumbers = new long[BlockCount];
                Array.Fill(blockNumbers, -1);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The file's path, as given.</summary>
    public string Path { get; }

    /// <summary>The file's length in bytes.</summary>
    public long Length { get; }

    /// <summary>Where address 0 lies, in bytes from the file's start: behind the user block, if there is one.</summary>
    public void SetOrigin(long value) => origin = value;

    /// <summary>The bytes at an address.</summary>
    /// <param name="address">The address, as written in the file.</param>
    /// <param name="count">How many bytes; all of them must be there.</param>
    public ReadOnlySpan<byte> Span(long address, long count)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        long start = address + origin;
        if (address < 0 || start < 0 || count < 0 || start > Length || count > Length - start)
        {
            throw Fault(address == -1
                ? "an address is missing where one is needed: the file is damaged"
                : $"{count} bytes at {start} lie outside of its {Length} bytes: the file is damaged or cut short");
        }

        if (whole is not null)
        {
            return whole.AsSpan((int)start, (int)count);
        }

        long number = start / BlockSize;
        int within = (int)(start % BlockSize);
        return within + count <= BlockSize ? Block(number).AsSpan(within, (int)count) : Wide(start, count);
    }

    public byte UInt8(long address) => Span(address, 1)[0];

    public ushort UInt16(long address) => BinaryPrimitives.ReadUInt16LittleEndian(Span(address, 2));

    public uint UInt32(long address) => BinaryPrimitives.ReadUInt32LittleEndian(Span(address, 4));

    public long Int64(long address) => BinaryPrimitives.ReadInt64LittleEndian(Span(address, 8));

    /// <summary>The exception that says what is wrong with this file.</summary>
    public Hdf5Exception Fault(string reason, Exception? cause = null) => new(Path, reason, cause);

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        handle.Dispose();
        GiveBack(whole);
        GiveBack(wide);
        foreach (byte[]? block in blocks)
        {
            GiveBack(block);
        }
    }

    private static void GiveBack(byte[]? buffer)
    {
        if (buffer is { Length: > 0 })
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private byte[] Block(long number)
    {
        int slot = (int)(number % BlockCount);
        byte[] block = blocks[slot] ??= ArrayPool<byte>.Shared.Rent(BlockSize);
        if (blockNumbers[slot] != number)
        {
            blockNumbers[slot] = -1; // in case that reading fails
            ReadAt(number * BlockSize, block.AsSpan(0, (int)Math.Min(BlockSize, Length - number * BlockSize)));
            blockNumbers[slot] = number;
        }

        return block;
    }

    private ReadOnlySpan<byte> Wide(long start, long count)
    {
        if (count > Array.MaxLength)
        {
            throw Fault($"a block of {count} bytes is more than can be read at once");
        }

        if (wide.Length < count)
        {
            GiveBack(wide);
            wide = [];
            wide = ArrayPool<byte>.Shared.Rent((int)count);
        }

        ReadAt(start, wide.AsSpan(0, (int)count));
        return wide.AsSpan(0, (int)count);
    }

    private void ReadAt(long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            int read = RandomAccess.Read(handle, destination, offset);
            if (read == 0)
            {
                throw Fault("the file became shorter while it was read");
            }

            offset += read;
            destination = destination[read..];
        }
    }
}
