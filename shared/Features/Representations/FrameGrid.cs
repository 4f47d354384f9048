using Pipeline.Dsp;

namespace Pipeline.Features.Representations;

/// <summary>Where the frames of a representation lie.</summary>
/// <param name="Hop">Samples from one frame to the next; 0 where there are always as many frames, which are no moments in time.</param>
/// <param name="First">Samples under the first frame, where frames begin at their times; 0 where they are centred on them.</param>
/// <param name="Count">Frames where there are always as many; otherwise 0.</param>
internal sealed record FrameGrid(int Hop, int First, int Count)
{
    /// <summary>Those of a short-time Fourier transform.</summary>
    public static FrameGrid Of(StftSettings stft) => stft.IsCentred ? Centred(stft.Hop) : new FrameGrid(stft.Hop, stft.FftSize, 0);

    /// <summary>Frames that are centred on their times.</summary>
    public static FrameGrid Centred(int hop) => new(hop, 0, 0);

    /// <summary>As many frames of any music.</summary>
    public static FrameGrid Fixed(int count) => new(0, 0, count);

    /// <summary>How many frames some samples have.</summary>
    public int CountOf(int samples) => Count > 0 ? Count : samples < First ? 0 : 1 + (samples - First) / Hop;
}
