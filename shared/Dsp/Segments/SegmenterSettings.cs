namespace Pipeline.Dsp.Segments;

/// <summary>
/// Where a segment begins: lengths in frames of 128 / 22,050 s. With the defaults real music gives segments as long as those
/// of the Million Song Dataset, and as loud beside their starts.
/// </summary>
public sealed record SegmenterSettings
{
    /// <summary>Frames on either side that a spectrum is smoothed over, in the shape of a Hann window.</summary>
    public int Smoothing { get; init; } = 8;

    /// <summary>Frames over which a rise is looked for.</summary>
    public int Rise { get; init; } = 12;

    /// <summary>The least rise in decibels, on average over the bands; bands that fall count as 0.</summary>
    public double LeastRiseDb { get; init; } = 1.8;

    /// <summary>The least frames from one rise to the next.</summary>
    public int LeastDistance { get; init; } = 15;

    /// <summary>Frames over which the steepest rise is looked for, in the spectrum as it is.</summary>
    public int SteepRise { get; init; } = 3;

    /// <summary>How many frames on either side it is looked for.</summary>
    public int SteepReach { get; init; } = 6;

    /// <summary>Frames from a segment's first frame to the first of its steepest rise.</summary>
    public int Ahead { get; init; } = 1;

    /// <summary>The least frames of a segment.</summary>
    public int LeastLength { get; init; } = 11;
}
