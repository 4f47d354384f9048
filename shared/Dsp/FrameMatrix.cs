namespace Pipeline.Dsp;

/// <summary>
/// Values over time: one row of <see cref="Width"/> values for each frame, rows one after the other. It is how the signal
/// processing works and the transpose of librosa's matrices.
/// </summary>
public sealed class FrameMatrix
{
    private const int LineLength = 16; // floats of a line of the cache, which is written as one

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
    public float[] ToChannelMajor() => ToChannelMajor(0, Frames);

    /// <summary>Some of the frames the other way: all their moments of the first value, then all of the second.</summary>
    public float[] ToChannelMajor(int start, int count)
    {
        ReadOnlySpan<float> values = Values.AsSpan(start * Width, count * Width);
        float[] turned = GC.AllocateUninitializedArray<float>(values.Length);
        for (int first = 0; first < count; first += LineLength)
        {
            int end = Math.Min(first + LineLength, count);
            for (int i = 0; i < Width; i++)
            {
                Span<float> line = turned.AsSpan(i * count + first, end - first);
                int from = first * Width + i;
                for (int k = 0; k < line.Length; k++, from += Width)
                {
                    line[k] = values[from];
                }
            }
        }

        return turned;
    }
}
