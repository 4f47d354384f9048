using Pipeline.Dsp;

namespace Pipeline.Features.Representations;

/// <summary>Something that can be made of samples, planned for its settings. For one thread at a time.</summary>
internal abstract class AudioRepresentation
{
    /// <summary>Samples from one frame to the next; 0 where the frames are no moments in time.</summary>
    public virtual int Hop => 0;

    /// <summary>Computes the features of samples at the settings' rate, one row for each frame.</summary>
    public abstract FrameMatrix Compute(ReadOnlySpan<float> samples);
}
