using System.Buffers.Binary;

namespace Pipeline.Pictures.Png;

/// <summary>
/// CRC-32 of gzip and IEEE 802.3, the checksum of a chunk: eight bytes at a time with tables, which is several times as fast as
/// what is checked is unpacked.
/// </summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;

    // Entry [256 k + b]: what a byte b contributes to the register once k further bytes have passed.
    private static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint[] table = Table;
        uint register = uint.MaxValue;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ register;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            register = table[1792 + (byte)low] ^ table[1536 + (byte)(low >> 8)] ^ table[1280 + (byte)(low >> 16)] ^ table[1024 + (low >> 24)]
                ^ table[768 + (byte)high] ^ table[512 + (byte)(high >> 8)] ^ table[256 + (byte)(high >> 16)] ^ table[high >> 24];
        }

        foreach (byte b in bytes)
        {
            register = register >> 8 ^ table[(byte)(register ^ b)];
        }

        return ~register;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[Slices * 256];
        for (int b = 0; b < 256; b++)
        {
            uint register = (uint)b;
            for (int bit = 0; bit < 8; bit++)
            {
                register = register >> 1 ^ (register & 1) * Polynomial;
            }

            table[b] = register;
        }

        for (int i = 256; i < table.Length; i++)
        {
            table[i] = table[i - 256] >> 8 ^ table[(byte)table[i - 256]];
        }

        return table;
    }
}
