namespace Pipeline.Dsp;

/// <summary>The shape that a frame is multiplied by; the first sample of each is that of a period (SciPy's <c>fftbins=True</c>).</summary>
public enum WindowShape
{
    /// <summary>0.5 - 0.5 cos.</summary>
    Hann,

    /// <summary>0.54 - 0.46 cos.</summary>
    Hamming,

    /// <summary>0.42 - 0.5 cos + 0.08 cos of twice the angle.</summary>
    Blackman,

    /// <summary>A quarter of the length fades in and out as a cosine, the rest is 1 (SciPy's <c>('tukey', 0.25)</c>).</summary>
    Tukey,

    /// <summary>1 everywhere.</summary>
    Rectangular,
}
