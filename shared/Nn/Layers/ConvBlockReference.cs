namespace Pipeline.Nn.Layers;

/// <summary>
/// What a <see cref="ConvBlock"/> computes, said in plain loops over arrays and in double precision. Samples follow each other,
/// [height, width, channels] each, without halos or filling; parameters have the shapes of the block's.
/// </summary>
internal sealed class ConvBlockReference(Shape input, ConvSettings settings)
{
    private readonly Shape output = settings.OutputOf(input);
    private readonly int filters = settings.Filters;
    private int batch;
    private double[] x = [];
    private double[] convolved = [];
    private double[] activated = []; // what the normalisation sees
    private double[] normalised = [];
    private double[] deviation = []; // of each filter's values in the batch
    private double[] batchMean = [];
    private int[] winners = []; // which place of the convolution each output is of
    private double[]? masks;

    /// <summary>[kernel lines, kernel columns, channels, filters].</summary>
    public double[] Weight { get; init; } = [];

    /// <summary>[filters]; zeros where the block has none.</summary>
    public double[] Bias { get; init; } = new double[settings.Filters];

    /// <summary>[filters], as <see cref="Shift"/> and the running <see cref="Mean"/> and <see cref="Variance"/>.</summary>
    public double[] Scale { get; init; } = [];

    public double[] Shift { get; init; } = [];

    public double[] Mean { get; init; } = [];

    public double[] Variance { get; init; } = [];

    /// <summary>Gradients by the last backward pass.</summary>
    public double[] WeightGradient { get; private set; } = [];

    public double[] BiasGradient { get; private set; } = [];

    public double[] ScaleGradient { get; private set; } = [];

    public double[] ShiftGradient { get; private set; } = [];

    private bool IsReluInside => settings is { Relu: true, Norm: Norm.AfterActivation };

    private bool IsReluOutside => settings is { Relu: true, Norm: not Norm.AfterActivation };

    /// <summary>The output of a batch.</summary>
    /// <param name="samples">The input.</param>
    /// <param name="isTraining">Whether the batch's own statistics count.</param>
    /// <param name="dropout">What dropout multiplies each value of the output by; null for nothing.</param>
    public double[] Forward(double[] samples, bool isTraining, double[]? dropout = null)
    {
        (x, masks, batch) = (samples, dropout, samples.Length / input.Count);
        convolved = Convolve();
        activated = IsReluInside ? [.. convolved.Select(value => Math.Max(value, 0))] : convolved;
        normalised = Normalise(isTraining);
        double[] result = IsReluOutside ? [.. normalised.Select(value => Math.Max(value, 0))] : normalised;
        result = Pool(result);
        for (int i = 0; masks is not null && i < result.Length; i++)
        {
            result[i] *= masks[i];
        }

        return result;
    }

    /// <summary>The gradient with respect to the input, of the gradient with respect to the output of the last forward pass for training.</summary>
    public double[] Backward(double[] gradient)
    {
        double[] ofNormalised = new double[convolved.Length];
        for (int i = 0; i < gradient.Length; i++)
        {
            int winner = winners[i];
            if (!IsReluOutside || normalised[winner] > 0)
            {
                ofNormalised[winner] += gradient[i] * (masks is null ? 1 : masks[i]);
            }
        }

        double[] ofConvolved = settings.Norm == Norm.None ? ofNormalised : NormaliseBack(ofNormalised);
        for (int i = 0; IsReluInside && i < ofConvolved.Length; i++)
        {
            ofConvolved[i] = convolved[i] > 0 ? ofConvolved[i] : 0;
        }

        return ConvolveBack(ofConvolved);
    }

    private double[] Convolve()
    {
        double[] y = new double[batch * input.Places * filters];
        ForEachProduct((place, from, weight) =>
        {
            for (int f = 0; f < filters; f++)
            {
                y[place * filters + f] += x[from] * Weight[weight * filters + f];
            }
        });
        for (int i = 0; i < y.Length; i++)
        {
            y[i] += Bias[i % filters];
        }

        return y;
    }

    private double[] ConvolveBack(double[] dy)
    {
        double[] dx = new double[x.Length];
        WeightGradient = new double[Weight.Length];
        BiasGradient = new double[filters];
        double[] dw = WeightGradient;
        ForEachProduct((place, from, weight) =>
        {
            for (int f = 0; f < filters; f++)
            {
                dx[from] += dy[place * filters + f] * Weight[weight * filters + f];
                dw[weight * filters + f] += dy[place * filters + f] * x[from];
            }
        });
        for (int i = 0; i < dy.Length; i++)
        {
            BiasGradient[i % filters] += dy[i];
        }

        return dx;
    }

    // Of each place of the output, counted through all samples, each number of the input that it sees and the weights' place for it.
    private void ForEachProduct(Action<int, int, int> handle)
    {
        for (int place = 0; place < batch * input.Places; place++)
        {
            int sample = place / input.Places, h = place % input.Places / input.Width, w = place % input.Width;
            for (int i = 0; i < settings.KernelHeight; i++)
            {
                for (int j = 0; j < settings.KernelWidth; j++)
                {
                    int line = h + i - settings.KernelHeight / 2, column = w + j - settings.KernelWidth / 2;
                    if (line < 0 || line >= input.Height || column < 0 || column >= input.Width)
                    {
                        continue;
                    }

                    for (int c = 0; c < input.Channels; c++)
                    {
                        int from = ((sample * input.Height + line) * input.Width + column) * input.Channels + c;
                        handle(place, from, (i * settings.KernelWidth + j) * input.Channels + c);
                    }
                }
            }
        }
    }

    private double[] Normalise(bool isTraining)
    {
        if (settings.Norm == Norm.None)
        {
            return activated;
        }

        int count = batch * input.Places;
        (batchMean, deviation) = (new double[filters], new double[filters]);
        double[] v = new double[activated.Length];
        for (int f = 0; f < filters; f++)
        {
            (double mean, double variance) = (Mean[f], Variance[f]);
            if (isTraining)
            {
                IEnumerable<double> values = Enumerable.Range(0, count).Select(place => activated[place * filters + f]);
                mean = values.Average();
                variance = values.Sum(value => (value - mean) * (value - mean)) / count;
                Mean[f] += settings.Momentum * (mean - Mean[f]);
                Variance[f] += count > 1 ? settings.Momentum * (variance * count / (count - 1) - Variance[f]) : 0;
            }

            (batchMean[f], deviation[f]) = (mean, Math.Sqrt(variance + settings.Epsilon));
            for (int place = 0; place < count; place++)
            {
                v[place * filters + f] = Scale[f] * (activated[place * filters + f] - mean) / deviation[f] + Shift[f];
            }
        }

        return v;
    }

    private double[] NormaliseBack(double[] dv)
    {
        int count = batch * input.Places;
        (ScaleGradient, ShiftGradient) = (new double[filters], new double[filters]);
        double[] du = new double[dv.Length];
        for (int f = 0; f < filters; f++)
        {
            double Standard(int place) => (activated[place * filters + f] - batchMean[f]) / deviation[f];
            for (int place = 0; place < count; place++)
            {
                ScaleGradient[f] += dv[place * filters + f] * Standard(place);
                ShiftGradient[f] += dv[place * filters + f];
            }

            for (int place = 0; place < count; place++)
            {
                double rest = dv[place * filters + f] - ShiftGradient[f] / count - Standard(place) * ScaleGradient[f] / count;
                du[place * filters + f] = Scale[f] / deviation[f] * rest;
            }
        }

        return du;
    }

    // The first of the greatest wins.
    private double[] Pool(double[] values)
    {
        double[] result = new double[batch * output.Count];
        winners = new int[result.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int sample = i / output.Count, h = i % output.Count / (output.Width * filters), w = i / filters % output.Width, f = i % filters;
            int winner = -1;
            for (int line = h * settings.PoolHeight; line < (h + 1) * settings.PoolHeight; line++)
            {
                for (int column = w * settings.PoolWidth; column < (w + 1) * settings.PoolWidth; column++)
                {
                    int at = ((sample * input.Height + line) * input.Width + column) * filters + f;
                    winner = winner < 0 || values[at] > values[winner] ? at : winner;
                }
            }

            (winners[i], result[i]) = (winner, values[winner]);
        }

        return result;
    }
}
