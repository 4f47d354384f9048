namespace Pipeline.Dsp.Rhythm;

/// <summary>The beats of a piece of music.</summary>
/// <param name="Tempo">Beats per minute; 0 where there is no onset at all.</param>
/// <param name="Frames">Frame of each beat, ascending.</param>
/// <param name="FrameRate">Frames per second.</param>
public sealed record Beats(double Tempo, int[] Frames, double FrameRate)
{
    /// <summary>Each beat in seconds, ascending.</summary>
    public double[] Seconds => [.. Frames.Select(frame => frame / FrameRate)];
}
