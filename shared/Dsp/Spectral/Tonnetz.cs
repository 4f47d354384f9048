namespace Pipeline.Dsp.Spectral;

/// <summary>The tonal centroid: where the classes of a moment lie on the circles of fifths, minor and major thirds (librosa's <c>tonnetz</c>).</summary>
public static class Tonnetz
{
    /// <summary>Values of a frame: x and y on each circle.</summary>
    public const int Width = 6;

    // Of each value: half turns for each semitone, and the circle's radius; of each pair the first is a sine.
    private static readonly (double Turns, double Radius)[] Circles = [(7.0 / 6, 1), (7.0 / 6, 1), (3.0 / 2, 1), (3.0 / 2, 1), (2.0 / 3, 0.5), (2.0 / 3, 0.5)];

    /// <summary>Frames x 6.</summary>
    /// <param name="chroma">Frames of pitch classes from C on; each frame is divided by its sum.</param>
    public static FrameMatrix FromChroma(FrameMatrix chroma)
    {
        ArgumentNullException.ThrowIfNull(chroma);
        float[] weights = new float[Width * chroma.Width];
        for (int i = 0; i < weights.Length; i++)
        {
            (int value, int c) = (i / chroma.Width, i % chroma.Width);
            double angle = Circles[value].Turns * 12 * c / chroma.Width - (value % 2 == 0 ? 0.5 : 0);
            weights[i] = (float)(Circles[value].Radius * Math.Cos(Math.PI * angle));
        }

        var tonnetz = new FrameMatrix(chroma.Frames, Width);
        for (int t = 0; t < chroma.Frames; t++)
        {
            ReadOnlySpan<float> frame = chroma[t];
            float total = 0;
            foreach (float value in frame)
            {
                total += Math.Abs(value);
            }

            for (int i = 0; total > 0 && i < Width; i++)
            {
                float sum = 0;
                for (int c = 0; c < frame.Length; c++)
                {
                    sum += frame[c] * weights[i * frame.Length + c];
                }

                tonnetz[t][i] = sum / total;
            }
        }

        return tonnetz;
    }
}
