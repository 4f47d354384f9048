namespace Pipeline.Dsp.Spectral;

/// <summary>Mel-frequency cepstral coefficients. The defaults are librosa's.</summary>
public sealed record MfccSettings
{
    /// <summary>What the coefficients are computed from.</summary>
    public LogMelSettings LogMel { get; init; } = new();

    /// <summary>Coefficients of a frame.</summary>
    public int Coefficients { get; init; } = 20;

    /// <summary>L of the factors 1 + L/2 sin(π(n + 1)/L) of coefficient n, which raise the middle ones; 0 for none.</summary>
    public double Lifter { get; init; }
}
