namespace Pipeline.Audio.Plain;

/// <summary>Where the samples of a wav, au or aiff file lie, and how they are stored.</summary>
internal sealed record PlainLayout
{
    public SampleEncoding Encoding { get; init; }

    /// <summary>Whether a sample's most significant byte comes first.</summary>
    public bool BigEndian { get; init; }

    /// <summary>As the header says: not checked.</summary>
    public long Channels { get; init; }

    /// <summary>As the header says, frames per second: not checked.</summary>
    public long SampleRate { get; init; }

    /// <summary>Where the file starts: behind its ID3 tags.</summary>
    public long Start { get; init; }

    /// <summary>Where the samples start.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes of samples that are in the file.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes of samples that the header promises; null where it leaves that open, as the header of a streamed file does.</summary>
    public long? AnnouncedBytes { get; init; }

    /// <summary>The name of the codec where the samples are compressed in a way that is not read here; null for plain samples.</summary>
    public string? ForeignCodec { get; init; }

    /// <summary>Whether <see cref="ForeignCodec"/> is MPEG audio.</summary>
    public bool IsMpeg { get; init; }

    /// <summary>Bytes of a sample.</summary>
    public int Width => WidthOf(Encoding);

    public static int WidthOf(SampleEncoding encoding) => encoding switch
    {
        SampleEncoding.Int16 => 2,
        SampleEncoding.Int24 => 3,
        SampleEncoding.Int32 or SampleEncoding.Float32 => 4,
        SampleEncoding.Float64 => 8,
        _ => 1,
    };

    /// <summary>
    /// How much sound there is, of <paramref name="announced"/> bytes at <paramref name="offset"/> in a file of <paramref name="length"/> bytes.
    /// </summary>
    /// <returns>The layout with its place, its bytes and what they were announced to be.</returns>
    public PlainLayout At(long offset, long? announced, long length)
    {
        long present = Math.Max(0, length - offset);
        return this with { Offset = offset, AnnouncedBytes = announced, Bytes = Math.Min(announced ?? present, present) };
    }

    /// <summary>
    /// What a 32-bit length means: null for those that programs leave behind which write to a pipe and cannot go back
    /// (ffmpeg: all bits set; sox: 0x7FFFF000 or 0x7F000000 and a little more) where the file is not in fact that long.
    /// </summary>
    public static long? Announced(uint length, long present) => length switch
    {
        _ when length <= present => length,
        >= 0x7F00_0000 and <= 0x7FFF_FFFF or >= 0xFFFF_FF00 => null,
        _ => length,
    };
}
