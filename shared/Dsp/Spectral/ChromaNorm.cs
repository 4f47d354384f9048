namespace Pipeline.Dsp.Spectral;

/// <summary>How the classes of a frame are scaled.</summary>
public enum ChromaNorm
{
    /// <summary>Divided by the strongest (librosa's <c>norm=np.inf</c>, its default).</summary>
    Maximum,

    /// <summary>Left as they are.</summary>
    None,
}
