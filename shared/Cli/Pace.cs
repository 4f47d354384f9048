namespace Pipeline.Cli;

/// <summary>
/// How fast items are done: the mean over all the time so far at first, the last half minute or so in a long run,
/// because later items may be heavier than the first ones.
/// </summary>
internal sealed class Pace
{
    private const double MemorySeconds = 30;

    private double weighted;
    private double lastSeconds;
    private long lastCount;

    /// <summary>Items per second, with <paramref name="count"/> done at <paramref name="seconds"/> after the start.</summary>
    public double Update(double seconds, long count)
    {
        double step = seconds - lastSeconds;
        if (step > 0)
        {
            double keep = Math.Exp(-step / MemorySeconds);
            weighted = weighted * keep + (count - lastCount) / step * (1 - keep);
            lastSeconds = seconds;
            lastCount = count;
        }
        // What an average that started at 0 is short of while it is young.
        double seen = 1 - Math.Exp(-lastSeconds / MemorySeconds);
        return seen > 0 ? weighted / seen : 0;
    }
}
