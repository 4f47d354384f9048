namespace Pipeline.Dsp.Segments;

/// <summary>
/// How sound becomes an auditory spectrum. The defaults are those at which real music gives the spectra that the timbre of
/// the Million Song Dataset decodes to.
/// </summary>
public sealed record AuditorySettings
{
    /// <summary>Samples a second.</summary>
    public int SampleRate { get; init; } = 22_050;

    /// <summary>Samples of a transform, a power of two.</summary>
    public int FftSize { get; init; } = 1024;

    /// <summary>Samples under the Hann window, which stands in the middle of the transform.</summary>
    public int WindowLength { get; init; } = 1024;

    /// <summary>Samples from one frame to the next; frame t is centred on sample t * Hop.</summary>
    public int Hop { get; init; } = 128;

    /// <summary>Critical bands; they stand at 1, 2, 3 ... Bark.</summary>
    public int Bands { get; init; } = 23;

    /// <summary>
    /// Decibels of the strongest frequency of a sine of amplitude 1, the outer ear left aside: 20 log10 2^15, which makes one
    /// step of 16-bit samples 0 dB.
    /// </summary>
    public double FullScaleDb { get; init; } = 90.309;

    /// <summary>
    /// Frames over which a band's power fades after a sound, in the shape of half a Hann window: the ear's masking, for those who ask for it. 46 ms by
    /// default; 0 for none.
    /// </summary>
    public int MaskingFrames { get; init; } = 8;

    /// <summary>The least decibels of a band: silence.</summary>
    public double FloorDb { get; init; }
}
