namespace Pipeline.Dsp;

/// <summary>What stands before the beginning and behind the end of a signal whose frames are centred.</summary>
public enum FramePadding
{
    /// <summary>Silence: librosa's default from 0.10 on (<c>constant</c>).</summary>
    Zero,

    /// <summary>The signal mirrored, without its outermost sample: librosa's default before 0.10 (<c>reflect</c>).</summary>
    Reflect,

    /// <summary>The outermost sample, repeated (<c>edge</c>).</summary>
    Edge,
}
