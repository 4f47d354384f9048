using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Pipeline.Pictures.Png;

namespace Pipeline.Tests.Pictures;

/// <summary>PNG files put together chunk by chunk, so that any part can be wrong.</summary>
internal static class PngFile
{
    public static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static string Folder => Repository.Find("tests", "golden", "pictures");

    /// <summary>The names of the golden files, without their ending.</summary>
    public static string[] Golden { get; } = [.. Directory.GetFiles(Folder, "*.png").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    public static string GoldenPath(string name) => Path.Combine(Folder, name + ".png");

    public static byte[] Join(params IEnumerable<byte[]> parts) => [.. Signature, .. parts.SelectMany(p => p)];

    public static byte[] Chunk(string kind, params byte[] content)
    {
        byte[] chunk = [.. new byte[4], .. Encoding.ASCII.GetBytes(kind), .. content, .. new byte[4]];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(chunk.AsSpan(4, content.Length + 4)));
        return chunk;
    }

    public static byte[] Header(uint width, uint height, byte depth = 8, byte colour = 0, byte interlacing = 0)
    {
        byte[] content = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(content, width);
        BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(4), height);
        (content[8], content[9], content[12]) = (depth, colour, interlacing);
        return Chunk("IHDR", content);
    }

    public static byte[] Data(params byte[] rows) => Chunk("IDAT", Pack(rows));

    public static byte[] End() => Chunk("IEND");

    public static byte[] Pack(byte[] rows)
    {
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            stream.Write(rows);
        }

        return packed.ToArray();
    }
}
