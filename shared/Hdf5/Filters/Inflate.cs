using System.IO.Compression;

namespace Pipeline.Hdf5.Filters;

/// <summary>Unpacks zlib streams (RFC 1950 and 1951) that are whole in memory, into a room of known size.</summary>
internal static class Inflate
{
    /// <summary>Unpacks a stream and gives how many bytes it held.</summary>
    /// <exception cref="InvalidDataException">The stream is damaged, or holds more than there is room for.</exception>
    public static unsafe int Zlib(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        fixed (byte* at = source)
        {
            using var stream = new ZLibStream(new UnmanagedMemoryStream(at, source.Length), CompressionMode.Decompress);
            int read = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            return read < destination.Length || stream.ReadByte() < 0 ? read : throw new InvalidDataException("it holds more than its room");
        }
    }
}
