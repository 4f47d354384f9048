using System.Buffers.Binary;
using System.Text;

namespace Pipeline.Tests.Audio;

/// <summary>Puts wav files together chunk by chunk, right and wrong ones.</summary>
internal static class WavBytes
{
    /// <summary>Sixteen 16-bit samples of one channel: 1000, 2000, ...</summary>
    public static byte[] Samples { get; } = [.. Enumerable.Range(1, 16).SelectMany(i => BitConverter.GetBytes((short)(1000 * i)))];

    /// <summary>The same as they are read.</summary>
    public static float[] Expected { get; } = [.. Enumerable.Range(1, 16).Select(i => 1000 * i / 32768f)];

    public static byte[] Riff(params byte[][] chunks) => Riff("RIFF", chunks);

    public static byte[] Riff(string magic, params byte[][] chunks)
    {
        byte[] body = [.. chunks.SelectMany(c => c)];
        return [.. Encoding.ASCII.GetBytes(magic), .. UInt32((uint)body.Length + 4), .. "WAVE"u8, .. body];
    }

    /// <summary>A chunk padded to an even length, whose header may lie.</summary>
    public static byte[] Chunk(string id, byte[] body, uint? size = null, bool pad = true) =>
        [.. Encoding.ASCII.GetBytes(id), .. UInt32(size ?? (uint)body.Length), .. body, .. body.Length % 2 == 1 && pad ? new byte[1] : []];

    public static byte[] Format(int tag = 1, int channels = 1, uint rate = 22050, int bits = 16, int? frameBytes = null) => Chunk("fmt ",
    [
        .. UInt16(tag), .. UInt16(channels), .. UInt32(rate), .. UInt32(rate * 2), .. UInt16(frameBytes ?? channels * bits / 8), .. UInt16(bits),
    ]);

    public static byte[] Data(uint? size = null) => Chunk("data", Samples, size);

    public static byte[] UInt32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] UInt16(int value) => [(byte)value, (byte)(value >> 8)];
}
