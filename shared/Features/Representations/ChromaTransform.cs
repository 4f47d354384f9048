namespace Pipeline.Features.Representations;

/// <summary>What pitch classes are gathered from.</summary>
internal enum ChromaTransform
{
    /// <summary>The short-time Fourier transform.</summary>
    Stft,

    /// <summary>The constant-Q transform.</summary>
    Cqt,

    /// <summary>The constant-Q transform, in few steps and smoothed over time (CENS).</summary>
    Cens,
}
