using Pipeline.Nn;

namespace Pipeline.Tests.Interop;

/// <summary>What kinds of layers do to one sample, channels last, as plainly as can be said.</summary>
internal static class OnnxPlain
{
    /// <summary>x / 2 (1 + erf(x / root of 2)), of the series of the error function.</summary>
    public static float[] Gelu(float[] x) => Array.ConvertAll(x, value =>
    {
        double z = value / Math.Sqrt(2), term = z, sum = z;
        for (int n = 1; n < 60; n++)
        {
            term *= -z * z / n;
            sum += term / (2 * n + 1);
        }

        return (float)(value / 2 * (1 + 2 / Math.Sqrt(Math.PI) * sum));
    });

    public static float[] Softmax(float[] x)
    {
        double sum = x.Sum(value => Math.Exp(value));
        return Array.ConvertAll(x, value => (float)(Math.Exp(value) / sum));
    }

    /// <summary>Every so manyth line and column.</summary>
    public static float[] Pick(float[] x, Shape shape, int height, int width) =>
    [
        .. from h in Enumerable.Range(0, shape.Height)
           where h % height == 0
           from w in Enumerable.Range(0, shape.Width)
           where w % width == 0
           from c in Enumerable.Range(0, shape.Channels)
           select x[(h * shape.Width + w) * shape.Channels + c],
    ];

    /// <summary>One number of each window of each channel.</summary>
    public static float[] Pool(float[] x, Shape shape, int height, int width, Func<IEnumerable<float>, float> of) =>
    [
        .. from h in Enumerable.Range(0, shape.Height / height)
           from w in Enumerable.Range(0, shape.Width / width)
           from c in Enumerable.Range(0, shape.Channels)
           select of(Enumerable.Range(0, height * width).Select(i => x[((h * height + i / width) * shape.Width + w * width + i % width) * shape.Channels + c])),
    ];

    /// <summary>Root of the mean square distance from the mean, plus epsilon.</summary>
    public static float Deviation(IEnumerable<float> values, float epsilon)
    {
        double mean = values.Average(value => (double)value);
        return (float)Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) + epsilon);
    }

    public static float[] LayerNorm(float[] x, float[] scale, float[] shift, float epsilon) =>
        [.. x.Chunk(scale.Length).SelectMany(place => place.Select((value, c) => (value - place.Average()) / Deviation(place, epsilon) * scale[c] + shift[c]))];

    /// <summary>The states of a gated recurrent unit, with the gates reset, update, new (torch.nn.GRU).</summary>
    public static float[] Gru(float[] x, int channels, float[] weightIn, float[] weightState, float[] biasIn, float[] biasState, bool backwards, bool lastOnly)
    {
        int units = biasIn.Length / 3, steps = x.Length / channels;
        double[] state = new double[units];
        float[] states = new float[steps * units];
        for (int step = 0; step < steps; step++)
        {
            int at = backwards ? steps - 1 - step : step;
            double[] before = [.. state];
            for (int u = 0; u < units; u++)
            {
                double reset = Sigmoid(In(u) + State(u));
                double update = Sigmoid(In(units + u) + State(units + u));
                double next = Math.Tanh(In(2 * units + u) + reset * State(2 * units + u));
                state[u] = (1 - update) * next + update * before[u];
                states[at * units + u] = (float)state[u];
            }

            double In(int row) => biasIn[row] + Enumerable.Range(0, channels).Sum(c => (double)weightIn[c * 3 * units + row] * x[at * channels + c]);
            double State(int row) => biasState[row] + Enumerable.Range(0, units).Sum(u => weightState[u * 3 * units + row] * before[u]);
        }

        return lastOnly ? Array.ConvertAll(state, value => (float)value) : states;

        static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));
    }

    /// <summary>The mean of all places, weighted by the softmax of their scores.</summary>
    public static float[] AttentionPool(float[] x, int channels, float[] weight, float[] bias, float[] query)
    {
        float[][] places = [.. x.Chunk(channels)];
        float[] shares = Softmax([.. places.Select(place => query.Select((q, a) => q * MathF.Tanh(bias[a] + Product(place, a))).Sum())]);
        return [.. Enumerable.Range(0, channels).Select(c => places.Select((place, i) => place[c] * shares[i]).Sum())];

        float Product(float[] place, int column) => place.Select((value, c) => value * weight[c * query.Length + column]).Sum();
    }
}
