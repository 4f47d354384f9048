namespace Pipeline.Audio;

/// <summary>
/// Changes the sample rate of one channel, block by block or all at once. What lies above 91 % of the lower of the two
/// Nyquist frequencies fades out and is 120 dB down at that frequency. There is no delay: sample i of the output is at
/// i / <see cref="ToRate"/> seconds of the input. n samples become ⌈n · to / from⌉.
/// </summary>
public sealed class Resampler
{
    private const int BlockSamples = 8192;

    private readonly ResamplingFilter? filter; // null where there is nothing to do
    private readonly float[] window = []; // the input samples that are still needed, and those that came last
    private readonly float[] products = new float[ResamplingKernel.BlockRows];
    private int filled;
    private int position; // where in the window the period begins; of an interpolated filter, the next output sample's row
    private int block; // of the period, the next to be computed
    private int phase; // of an interpolated filter: how far the next output sample lies behind, in units of 1/Up input samples
    private long read;
    private long written;

    /// <summary>Prepares the way from one rate to another; the filter of the same rates is used again.</summary>
    /// <param name="fromRate">Samples per second that come in.</param>
    /// <param name="toRate">Samples per second that go out.</param>
    public Resampler(int fromRate, int toRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromRate, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(toRate, 1);
        FromRate = fromRate;
        ToRate = toRate;
        if (fromRate != toRate)
        {
            filter = ResamplingFilter.Between(fromRate, toRate);
            window = new float[BlockSamples + filter.Span + Math.Max(filter.PeriodInputs, filter.Down / filter.Up + 1)];
            filled = filter.Lead; // zeros before the beginning
        }
    }

    /// <summary>Samples per second that come in.</summary>
    public int FromRate { get; }

    /// <summary>Samples per second that go out.</summary>
    public int ToRate { get; }

    /// <summary>The whole of a recording at another rate.</summary>
    public static float[] Resample(ReadOnlySpan<float> samples, int fromRate, int toRate)
    {
        var resampler = new Resampler(fromRate, toRate);
        float[] output = new float[resampler.OutputLength(samples.Length)];
        int count = resampler.Process(samples, output);
        resampler.Finish(output.AsSpan(count));
        return output;
    }

    /// <summary>Samples that go out when <paramref name="count"/> have come in, from beginning to end.</summary>
    public long OutputLength(long count) => filter is null ? count : (long)(((Int128)count * filter.Up + filter.Down - 1) / filter.Down);

    /// <summary>
    /// Samples that a block of <paramref name="count"/> may bring out at most: more than its <see cref="OutputLength"/>, because samples go out in groups.
    /// </summary>
    public int MostOutput(int count) => checked((int)(OutputLength(count) + ResamplingKernel.BlockRows - 1));

    /// <summary>Takes a block of any length and gives what it is enough for.</summary>
    /// <param name="input">The next samples.</param>
    /// <param name="output">
    /// Room for <see cref="OutputLength"/> of all that has come in, less what has gone out; <see cref="MostOutput"/> of the block is always enough.
    /// </param>
    /// <returns>Samples written.</returns>
    public int Process(ReadOnlySpan<float> input, Span<float> output)
    {
        if (filter is null)
        {
            input.CopyTo(output);
            return input.Length;
        }

        int count = 0;
        read += input.Length;
        while (!input.IsEmpty)
        {
            int taken = Math.Min(input.Length, window.Length - filled);
            input[..taken].CopyTo(window.AsSpan(filled));
            filled += taken;
            input = input[taken..];
            count += Drain(output[count..], long.MaxValue);
        }

        return count;
    }

    /// <summary>Gives the last samples, as though silence followed, and is ready for another recording.</summary>
    /// <param name="output">Room for the rest of <see cref="OutputLength"/>.</param>
    /// <returns>Samples written.</returns>
    public int Finish(Span<float> output)
    {
        if (filter is null)
        {
            return 0;
        }

        long rest = OutputLength(read) - written;
        int count = 0;
        while (count < rest)
        {
            window.AsSpan(filled).Clear();
            filled = window.Length;
            count += Drain(output[count..], rest - count);
        }

        (filled, position, block, phase, read, written) = (filter.Lead, 0, 0, 0, 0, 0);
        window.AsSpan(0, filled).Clear();
        return count;
    }

    // Computes the samples that the window is enough for, and drops what no later one needs.
    private int Drain(Span<float> output, long most)
    {
        int count = filter!.IsInterpolated ? DrainRows(output, most) : DrainBlocks(output, most);
        int drop = Math.Min(position, filled);
        window.AsSpan(drop, filled - drop).CopyTo(window);
        filled -= drop;
        position -= drop;
        written += count;
        return count;
    }

    private int DrainBlocks(Span<float> output, long most)
    {
        ResamplingFilter f = filter!;
        int count = 0;
        while (count < most && position + f.Blocks[block].Start + f.Span <= filled)
        {
            ResamplingFilter.Block next = f.Blocks[block];
            ResamplingKernel.Block(window.AsSpan(position + next.Start, f.Span), f.Table.AsSpan(next.Table), products);
            int wanted = (int)Math.Min(next.Count, most - count);
            products.AsSpan(0, wanted).CopyTo(output[count..]);
            count += wanted;
            if (++block == f.Blocks.Count)
            {
                block = 0;
                position += f.PeriodInputs;
            }
        }

        return count;
    }

    private int DrainRows(Span<float> output, long most)
    {
        ResamplingFilter f = filter!;
        int count = 0;
        for (; count < most && position + f.Taps <= filled; count++)
        {
            double place = (double)phase * ResamplingFilter.PlacesPerSample / f.Up;
            int row = (int)place;
            float between = (float)(place - row);
            ReadOnlySpan<float> samples = window.AsSpan(position);
            float before = ResamplingKernel.Product(samples, f.Table.AsSpan(row * f.Taps, f.Taps));
            float after = ResamplingKernel.Product(samples, f.Table.AsSpan((row + 1) * f.Taps, f.Taps));
            output[count] = before + (after - before) * between;
            phase += f.Down % f.Up;
            position += f.Down / f.Up;
            if (phase >= f.Up)
            {
                phase -= f.Up;
                position++;
            }
        }

        return count;
    }
}
