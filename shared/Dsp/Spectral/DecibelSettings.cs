namespace Pipeline.Dsp.Spectral;

/// <summary>Powers in decibels. The defaults are those of librosa's <c>power_to_db</c>.</summary>
public sealed record DecibelSettings
{
    /// <summary>The power that is 0 dB; null for the greatest of all values (librosa's <c>ref=np.max</c>).</summary>
    public double? Reference { get; init; } = 1;

    /// <summary>Lesser powers are taken for this one; positive.</summary>
    public double LeastPower { get; init; } = 1e-10;

    /// <summary>Values further below the greatest are raised to it, in dB (librosa's <c>top_db</c>); null to leave them.</summary>
    public double? Range { get; init; } = 80;
}
