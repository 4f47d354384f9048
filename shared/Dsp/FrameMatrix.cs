namespace Pipeline.Dsp;

/// <summary>
/// Values over time: one row of <see cref="Width"/> values for each frame, rows one after the other. It is how the signal
/// processing works and the transpose of librosa's matrices.
/// </summary>
public sealed class FrameMatrix
{
    /// <summary>A matrix of zeros.</summary>
    public FrameMatrix(int frames, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frames);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (Frames, Width) = (frames, width);
        Values = new float[checked(frames * width)];
    }

    /// <summary>Moments in time.</summary>
    public int Frames { get; }

    /// <summary>Values of a moment: frequencies, bands or coefficients.</summary>
    public int Width { get; }

    /// <summary>Frames x Width values, frame after frame.</summary>
    public float[] Values { get; }

    /// <summary>The values of a frame.</summary>
    public Span<float> this[int frame] => Values.AsSpan(checked(frame * Width), Width);

    /// <summary>Frames x Width values the other way: all moments of the first value, then all of the second.</summary>
    public float[] ToChannelMajor()
    {
        float[] turned = new float[Values.Length];
        for (int frame = 0; frame < Frames; frame++)
        {
            for (int i = 0; i < Width; i++)
            {
                turned[i * Frames + frame] = Values[frame * Width + i];
            }
        }

        return turned;
    }
}
