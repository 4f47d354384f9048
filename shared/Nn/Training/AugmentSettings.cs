namespace Pipeline.Nn.Training;

/// <summary>
/// How samples are varied while a network learns; nothing happens by default. Bands are the lines of a picture, or the channels of a
/// sequence. Values are meant to be normalised: added amounts are standard deviations, and what is masked becomes the mean.
/// </summary>
public sealed record AugmentSettings
{
    /// <summary>Columns that are kept of a sample, from anywhere in it; all if zero.</summary>
    public int Crop { get; init; }

    /// <summary>Greatest factor that a sample becomes faster or slower by, at least 1. The pitch stays.</summary>
    public double Stretch { get; init; } = 1;

    /// <summary>Greatest number of columns that a sample is turned by; what goes out at one end comes in at the other.</summary>
    public int TimeShift { get; init; }

    /// <summary>Greatest number of bands that a sample is moved by; the last band fills what becomes free.</summary>
    public int BandShift { get; init; }

    /// <summary>Greatest amount added to all values.</summary>
    public double Level { get; init; }

    /// <summary>Greatest amount that a smooth curve over the bands adds.</summary>
    public double Equaliser { get; init; }

    /// <summary>Runs of columns that become zero.</summary>
    public int TimeMasks { get; init; }

    /// <summary>Greatest width of such a run.</summary>
    public int TimeMaskWidth { get; init; }

    /// <summary>Runs of bands that become zero.</summary>
    public int BandMasks { get; init; }

    /// <summary>Greatest width of such a run.</summary>
    public int BandMaskWidth { get; init; }
}
