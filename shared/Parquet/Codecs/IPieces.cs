namespace Pipeline.Parquet.Codecs;

/// <summary>Decompressed bytes, handed out piece by piece.</summary>
internal interface IPieces : IDisposable
{
    /// <summary>
    /// Writes at least one byte and says how many; 0 only at the end of the compressed data.
    /// Throws <see cref="CodecException"/> if it is damaged or, as far as the format lets one see, cut off.
    /// </summary>
    /// <param name="destination">Room for at least one byte.</param>
    int Read(scoped Span<byte> destination);
}
