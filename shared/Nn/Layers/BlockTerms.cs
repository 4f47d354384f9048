namespace Pipeline.Nn.Layers;

/// <summary>
/// What a block does to each channel behind its convolution, with u = max(y, <see cref="InnerFloor"/>):
/// forward v = <see cref="Factor"/> u + <see cref="Addend"/> and max(v, <see cref="OuterFloor"/>); backward, with g the gradient of v,
/// du = factor g + <see cref="Slope"/> u + <see cref="Offset"/>, whose last two terms are the way through the batch's statistics.
/// A floor of minus infinity is none, so that ReLU before and behind the normalisation, or nowhere, are the same few instructions.
/// </summary>
internal sealed unsafe class BlockTerms : IDisposable
{
    private readonly ConvSettings settings;
    private readonly int filters;
    private readonly Floats terms;
    private readonly double[] mean;
    private readonly double[] inverse; // 1 / standard deviation
    private Floats sums;
    private int[] places = []; // of each part, those of which u - origin was added up
    private int parts;

    public BlockTerms(int filters, ConvSettings settings)
    {
        (this.filters, this.settings) = (filters, settings);
        terms = new Floats(4 * filters);
        sums = new Floats(0);
        mean = new double[filters];
        inverse = new double[filters];
        Factor = terms.First;
        Addend = Factor + filters;
        Slope = Addend + filters;
        Offset = Slope + filters;
        InnerFloor = settings is { Relu: true, Norm: Norm.AfterActivation } ? 0 : float.NegativeInfinity;
        OuterFloor = settings is { Relu: true, Norm: not Norm.AfterActivation } ? 0 : float.NegativeInfinity;
        new Span<float>(Factor, settings.Filters).Fill(1);
    }

    public float InnerFloor { get; }

    public float OuterFloor { get; }

    public float* Factor { get; }

    public float* Addend { get; }

    public float* Slope { get; }

    public float* Offset { get; }

    /// <summary>Makes room for two sums and an origin a channel of each part of a pass, zero at first.</summary>
    public void BeginSums(int count)
    {
        long length = 3L * count * filters;
        if (sums.Length < length)
        {
            sums.Dispose();
            sums = new Floats(length);
            places = new int[count];
        }

        parts = count;
        Array.Clear(places);
        new Span<float>(sums.First, checked((int)length)).Clear();
    }

    /// <summary>The sums of a part: all channels' first, then all channels' second.</summary>
    public float* Sums(int part) => sums.First + 3L * part * filters;

    /// <summary>
    /// What a part takes off each channel's values before it adds them up: one of them, as squares of what is far from zero would leave no digits
    /// for the variance.
    /// </summary>
    public float* Origins(int part) => Sums(part) + 2L * filters;

    /// <summary>Tells how many places a part has added up the differences of.</summary>
    public void Count(int part, int count) => places[part] += count;

    /// <summary>The normalisation by a batch, of whose u - origin the sums and those of the squares have been taken; the running statistics follow.</summary>
    public void OfBatch(long count, Parameter? scale, Parameter? shift, Parameter? runningMean, Parameter? runningVariance)
    {
        if (scale is null)
        {
            return;
        }

        for (int f = 0; f < settings.Filters; f++)
        {
            (double m, double v) = Moments(f, count);
            Set(f, m, v, scale, shift!);
            float share = settings.Momentum;
            runningMean!.Values[f] = (1 - share) * runningMean.Values[f] + share * (float)m;
            if (count > 1)
            {
                // A single place tells nothing of it.
                runningVariance!.Values[f] = (1 - share) * runningVariance.Values[f] + share * (float)(v * count / (count - 1));
            }
        }
    }

    /// <summary>The normalisation by the running statistics.</summary>
    public void OfRunning(Parameter? scale, Parameter? shift, Parameter? runningMean, Parameter? runningVariance)
    {
        for (int f = 0; scale is not null && f < settings.Filters; f++)
        {
            Set(f, runningMean!.Values[f], runningVariance!.Values[f], scale, shift!);
        }
    }

    /// <summary>The way back, of the sums of g and g u; writes the gradients of scale and shift.</summary>
    public void OfGradient(long count, Parameter? scale, Parameter? shift)
    {
        for (int f = 0; scale is not null && f < settings.Filters; f++)
        {
            (double sum, double products) = Total(f);
            double ofScale = inverse[f] * (products - mean[f] * sum);
            scale.Gradient[f] = (float)ofScale;
            shift!.Gradient[f] = (float)sum;
            double slope = -(double)Factor[f] * inverse[f] * ofScale / count;
            Slope[f] = (float)slope;
            Offset[f] = (float)(-(double)Factor[f] * sum / count - slope * mean[f]);
        }
    }

    /// <summary>The first sums of all parts together.</summary>
    public void AddUp(Span<float> totals)
    {
        for (int f = 0; f < totals.Length; f++)
        {
            totals[f] = (float)Total(f).First;
        }
    }

    public void Dispose()
    {
        terms.Dispose();
        sums.Dispose();
    }

    private void Set(int f, double m, double v, Parameter scale, Parameter shift)
    {
        mean[f] = m;
        inverse[f] = 1 / Math.Sqrt(v + settings.Epsilon);
        Factor[f] = (float)(scale.Values[f] * inverse[f]);
        Addend[f] = (float)(shift.Values[f] - m * Factor[f]);
    }

    // Mean and variance, from all parts' sums brought to the origin of the first.
    private (double Mean, double Variance) Moments(int channel, long count)
    {
        double origin = Origins(0)[channel], sum = 0, squares = 0;
        for (int part = 0; part < parts; part++)
        {
            float* of = Sums(part);
            double off = Origins(part)[channel] - origin, first = of[channel];
            sum += first + places[part] * off;
            squares += of[filters + channel] + off * (2 * first + places[part] * off);
        }

        double mean = sum / count;
        return (origin + mean, Math.Max(0, squares / count - mean * mean));
    }

    private (double First, double Second) Total(int channel)
    {
        double first = 0, second = 0;
        for (int part = 0; part < parts; part++)
        {
            float* of = Sums(part);
            first += of[channel];
            second += of[filters + channel];
        }

        return (first, second);
    }
}
