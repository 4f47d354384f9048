namespace Pipeline.Dsp.Spectral;

/// <summary>How the triangles of a mel filter bank are scaled.</summary>
public enum MelNorm
{
    /// <summary>Divided by half their width in Hz: equal areas; librosa's default.</summary>
    Slaney,

    /// <summary>The tops are 1 (librosa's <c>norm=None</c>).</summary>
    None,
}
