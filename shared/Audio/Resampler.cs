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
    private int filled;
    private int position; // where in the window the next output sample's row begins
    private int phase; // in units of 1/Up input samples
    private long read;
    private long written;

    /// <summary>Prepares the way from one rate to another; the filter is made once for each pair of rates.</summary>
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
            window = new float[BlockSamples + filter.Taps + filter.Down / filter.Up + 1];
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

    /// <summary>Takes a block of any length and gives what it is enough for.</summary>
    /// <param name="input">The next samples.</param>
    /// <param name="output">
    /// Room for <see cref="OutputLength"/> of all that has come in, less what has gone out; that of the block and one more is always enough.
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

        (filled, position, phase, read, written) = (filter.Lead, 0, 0, 0, 0);
        window.AsSpan(0, filled).Clear();
        return count;
    }

    // Computes the samples that the window is enough for, and drops what no later one needs.
    private int Drain(Span<float> output, long most)
    {
        ResamplingFilter f = filter!;
        int last = filled - f.Taps; // the last place where a row still fits
        long fitting = position > last ? 0 : ((long)(last - position + 1) * f.Up - 1 - phase) / f.Down + 1;
        int count = (int)Math.Min(fitting, most);
        if (f.IsInterpolated)
        {
            Interpolate(output[..count]);
        }
        else
        {
            Compute(output[..count]);
        }

        int drop = Math.Min(position, filled);
        window.AsSpan(drop, filled - drop).CopyTo(window);
        filled -= drop;
        position -= drop;
        written += count;
        return count;
    }

    private void Compute(Span<float> output)
    {
        ResamplingFilter f = filter!;
        int i = 0;
        for (; i + 4 <= output.Length; i += 4)
        {
            (int startA, int rowA) = Next();
            (int startB, int rowB) = Next();
            (int startC, int rowC) = Next();
            (int startD, int rowD) = Next();
            ResamplingKernel.FourProducts(window, new(startA, startB, startC, startD), f.Coefficients, new(rowA, rowB, rowC, rowD), f.Taps, output[i..]);
        }

        for (; i < output.Length; i++)
        {
            (int start, int row) = Next();
            output[i] = ResamplingKernel.Product(window.AsSpan(start), f.Coefficients.AsSpan(row, f.Taps));
        }
    }

    // Where the next output sample's input and its row of coefficients begin.
    private (int Start, int Row) Next()
    {
        (int start, int row) = (position, phase * filter!.Taps);
        Advance();
        return (start, row);
    }

    private void Interpolate(Span<float> output)
    {
        ResamplingFilter f = filter!;
        for (int i = 0; i < output.Length; i++)
        {
            double place = (double)phase * f.Phases / f.Up;
            int row = (int)place;
            float between = (float)(place - row);
            ReadOnlySpan<float> samples = window.AsSpan(position);
            float before = ResamplingKernel.Product(samples, f.Coefficients.AsSpan(row * f.Taps, f.Taps));
            float after = ResamplingKernel.Product(samples, f.Coefficients.AsSpan((row + 1) * f.Taps, f.Taps));
            output[i] = before + (after - before) * between;
            Advance();
        }
    }

    private void Advance()
    {
        ResamplingFilter f = filter!;
        phase += f.Down % f.Up;
        position += f.Down / f.Up;
        if (phase >= f.Up)
        {
            phase -= f.Up;
            position++;
        }
    }
}
