using Pipeline.Dsp;

namespace Pipeline.Features.Representations;

/// <summary>Something that can be made of samples, planned for its settings. For one thread at a time.</summary>
internal abstract class AudioRepresentation
{
    /// <summary>Computes the features of samples at the settings' rate, one row for each frame.</summary>
    public abstract FrameMatrix Compute(ReadOnlySpan<float> samples);
}
