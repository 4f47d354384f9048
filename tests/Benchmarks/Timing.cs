namespace Pipeline.Benchmarks;

/// <summary>Processor time of a piece of work, of many runs in one process: the median, and the least, which other processes disturb less.</summary>
/// <param name="MedianMs">Milliseconds of a run.</param>
/// <param name="LeastMs">Milliseconds of the quickest.</param>
internal readonly record struct Timing(double MedianMs, double LeastMs)
{
    // Until the code is compiled for good.
    private const int WarmUp = 5;

    // Of a sample: the clock of the processor time is coarse.
    private const double LeastSampleMs = 5;

    /// <summary>Runs the work often. What is quick is run several times for each sample.</summary>
    public static Timing Of(int samples, Action work)
    {
        int calls = 1;
        double[] times = new double[samples];
        for (int sample = -WarmUp; sample < samples; sample++)
        {
            var meter = new Meter();
            meter.Start();
            for (int call = 0; call < calls; call++)
            {
                work();
            }

            meter.Stop();
            double ms = meter.Cpu.TotalMilliseconds;
            if (sample >= 0)
            {
                times[sample] = ms / calls;
            }
            else
            {
                calls = Math.Clamp((int)Math.Ceiling(calls * LeastSampleMs / Math.Max(ms, 0.01)), 1, 10_000);
            }
        }

        Array.Sort(times);
        return new Timing(times[samples / 2], times[0]);
    }
}
