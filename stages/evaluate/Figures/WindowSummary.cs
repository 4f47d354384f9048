namespace Pipeline.Stages.Evaluating;

/// <summary>What is left of a window where it is only to be compared: mean and standard deviation over the frames of each channel.</summary>
/// <param name="Key">Key of its row, by which ties are broken.</param>
/// <param name="Lot">The lot that it drew.</param>
/// <param name="Recording">Its recording: an index within what it is kept in.</param>
/// <param name="Genre">Its genre: an index within what it is kept in.</param>
/// <param name="Values">All means, then all standard deviations.</param>
internal sealed record WindowSummary(string Key, ulong Lot, int Recording, int Genre, float[] Values)
{
    /// <summary>By lot, and where two have the same by key.</summary>
    public static Comparer<WindowSummary> Order { get; } = Comparer<WindowSummary>.Create(
        (a, b) => a.Lot != b.Lot ? a.Lot.CompareTo(b.Lot) : string.CompareOrdinal(a.Key, b.Key));

    /// <summary>Means and standard deviations of a matrix, all of the first channel first.</summary>
    public static float[] Of(ReadOnlySpan<float> values, int channels, int frames)
    {
        float[] summary = new float[2 * channels];
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> row = values.Slice(c * frames, frames);
            double sum = 0, squares = 0;
            foreach (float value in row)
            {
                sum += value;
            }

            double mean = sum / frames;
            foreach (float value in row)
            {
                squares += (value - mean) * (value - mean);
            }

            summary[c] = (float)mean;
            summary[channels + c] = (float)Math.Sqrt(squares / frames);
        }

        return summary;
    }
}
