namespace Pipeline.Pictures;

/// <summary>What is refused before memory is taken for it: a file of some kilobytes may announce billions of pixels.</summary>
public sealed record PictureLimits
{
    /// <summary>What no setting exceeds: two rows of such a picture, if it is one row high, still fit into an array.</summary>
    public const long MostPixels = 1 << 26;

    /// <summary>Pixels of a picture, width times height; by default 2^25, half a gigabyte of samples with four channels.</summary>
    public long MaxPixels { get; init; } = 1 << 25;

    /// <summary>Bytes of a file; by default 2^28.</summary>
    public long MaxFileBytes { get; init; } = 1 << 28;
}
