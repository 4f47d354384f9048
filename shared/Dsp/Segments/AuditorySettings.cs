namespace Pipeline.Dsp.Segments;

/// <summary>How sound becomes an auditory spectrum. The defaults are those that the timbre of the Million Song Dataset asks for.</summary>
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

    /// <summary>Critical bands.</summary>
    public int Bands { get; init; } = 23;

    /// <summary>Decibels of a band that takes the whole of a sine of amplitude 1, the outer ear left aside.</summary>
    public double FullScaleDb { get; init; } = 70;

    /// <summary>The least decibels of a band: digital silence.</summary>
    public double FloorDb { get; init; } = -60;
}
