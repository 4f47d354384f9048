using System.Runtime.Intrinsics;
using Pipeline.Nn;
using Pipeline.Nn.Layers;

namespace Pipeline.Benchmarks;

/// <summary>Blocks of convolutions, the mean over all places, a dense layer and weighted cross-entropy, with Adam: what a training step costs.</summary>
internal sealed unsafe class TrainingNetwork : IDisposable
{
    private const int Classes = 16;

    private readonly Team team;
    private readonly int batch;
    private readonly Tensor input;
    private readonly List<ConvBlock> blocks = [];
    private readonly Tensor mean;
    private readonly ConvBlock dense;
    private readonly int[] targets;
    private readonly float[] weights = new float[Classes];
    private readonly List<(Parameter Of, float[] First, float[] Second)> moments = [];
    private int steps;

    /// <summary>A network of one of the sizes that are compared.</summary>
    /// <param name="size">n1s, n1l or n2.</param>
    /// <param name="team">Who computes.</param>
    public TrainingNetwork(string size, Team team)
    {
        this.team = team;
        var wide = new ConvSettings { Filters = 1, KernelWidth = 5, Norm = Norm.BeforeActivation, Relu = true, PoolWidth = 2, Dropout = 0.3f };
        ConvSettings square = wide with { KernelHeight = 3, KernelWidth = 3, PoolHeight = 2 };
        (batch, Shape shape, ConvSettings block, int[] filters) = size switch
        {
            "n1s" => (64, new Shape(1, 300, 24), wide, (int[])[64, 128, 256]),
            "n1l" => (32, new Shape(1, 1300, 128), wide, [64, 128, 256]),
            "n2" => (32, new Shape(128, 430, 1), square, [16, 32, 64, 128]),
            _ => throw new ArgumentException($"there is no size '{size}'; there are n1s, n1l and n2"),
        };
        var random = new Random(1);
        Halo halo = Halo.Of(block.KernelHeight, block.KernelWidth);
        Tensor next = input = new Tensor(shape, halo, batch, isData: true);
        foreach (int count in filters)
        {
            blocks.Add(new ConvBlock(next, block with { Filters = count }, count == filters[^1] ? Halo.None : halo, team));
            next = blocks[^1].Output;
        }

        mean = new Tensor(Shape.Vector(next.Shape.Channels), Halo.None, batch);
        dense = new ConvBlock(mean, new ConvSettings { Filters = Classes }, Halo.None, team);
        float[] sample = new float[shape.Count];
        targets = new int[batch];
        for (int s = 0; s < batch; s++)
        {
            for (int i = 0; i < sample.Length; i++)
            {
                sample[i] = random.NextSingle() * 2 - 1;
            }

            input.Write(s, sample);
            targets[s] = random.Next(Classes);
        }

        for (int c = 0; c < Classes; c++)
        {
            weights[c] = random.NextSingle() + 0.5f;
        }

        foreach (Parameter parameter in blocks.Append(dense).SelectMany(layer => layer.Parameters).Where(p => p.IsTrained))
        {
            moments.Add((parameter, new float[parameter.Length], new float[parameter.Length]));
            for (int i = 0; parameter.Name == "weight" && i < parameter.Length; i++)
            {
                parameter.Values[i] = (random.NextSingle() * 2 - 1) * MathF.Sqrt(6f * parameter.Shape[^1] / parameter.Length);
            }
        }
    }

    /// <summary>A training step; gives the loss.</summary>
    public double Step()
    {
        steps++;
        Forward(new Pass(true, (uint)steps));
        double loss = Loss();
        dense.Backward(batch);
        Spread();
        for (int i = blocks.Count - 1; i >= 0; i--)
        {
            blocks[i].Backward(batch);
        }

        Adam();
        return loss;
    }

    /// <summary>A pass that only wants the output.</summary>
    public void Infer() => Forward(Pass.Inference);

    public void Dispose()
    {
        foreach (ConvBlock block in blocks.Append(dense))
        {
            block.Dispose();
        }

        mean.Dispose();
        input.Dispose();
    }

    private void Forward(Pass pass)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            blocks[i].Forward(batch, pass.For(i));
        }

        Tensor from = blocks[^1].Output;
        int channels = from.Pitch, places = from.Shape.Places;
        team.For(batch, sample =>
        {
            float* to = mean.At(sample, 0, 0);
            new Span<float>(to, channels).Clear();
            for (int place = 0; place < places; place++)
            {
                float* row = from.Data + ((long)sample * places + place) * channels;
                for (int c = 0; c < channels; c += Tensor.Lanes)
                {
                    Vector512.FusedMultiplyAdd(Vector512.Load(row + c), Vector512.Create(1f / places), Vector512.Load(to + c)).Store(to + c);
                }
            }
        });
        dense.Forward(batch, pass);
    }

    // Leaves the gradient in the dense layer's output.
    private double Loss()
    {
        double loss = 0, all = targets.Sum(target => weights[target]);
        double[] odds = new double[Classes];
        for (int sample = 0; sample < batch; sample++)
        {
            var logits = new Span<float>(dense.Output.At(sample, 0, 0), Classes);
            double greatest = float.NegativeInfinity, sum = 0;
            foreach (float logit in logits)
            {
                greatest = Math.Max(greatest, logit);
            }

            for (int c = 0; c < Classes; c++)
            {
                sum += odds[c] = Math.Exp(logits[c] - greatest);
            }

            double share = weights[targets[sample]] / all;
            loss -= share * Math.Log(odds[targets[sample]] / sum);
            for (int c = 0; c < Classes; c++)
            {
                logits[c] = (float)(share * (odds[c] / sum - (c == targets[sample] ? 1 : 0)));
            }
        }

        return loss;
    }

    private void Spread()
    {
        Tensor to = blocks[^1].Output;
        int channels = to.Pitch, places = to.Shape.Places;
        team.For(batch, sample =>
        {
            float* gradient = mean.At(sample, 0, 0);
            for (int place = 0; place < places; place++)
            {
                float* row = to.Data + ((long)sample * places + place) * channels;
                for (int c = 0; c < channels; c += Tensor.Lanes)
                {
                    (Vector512.Load(gradient + c) * (1f / places)).Store(row + c);
                }
            }
        });
    }

    private void Adam()
    {
        const float rate = 1e-3f, first = 0.9f, second = 0.999f, epsilon = 1e-8f;
        float step = rate / (1 - MathF.Pow(first, steps)), root = 1 / MathF.Sqrt(1 - MathF.Pow(second, steps));
        foreach ((Parameter of, float[] firsts, float[] seconds) in moments)
        {
            fixed (float* m = firsts, v = seconds, w = of.Values, gradients = of.Gradient)
            {
                int i = 0;
                for (; i <= of.Length - 16; i += 16)
                {
                    Vector512<float> g = Vector512.Load(gradients + i);
                    Vector512<float> moment = first * Vector512.Load(m + i) + (1 - first) * g;
                    Vector512<float> square = second * Vector512.Load(v + i) + (1 - second) * (g * g);
                    moment.Store(m + i);
                    square.Store(v + i);
                    (Vector512.Load(w + i) - step * moment / (Vector512.Sqrt(square) * root + Vector512.Create(epsilon))).Store(w + i);
                }

                for (; i < of.Length; i++)
                {
                    m[i] = first * m[i] + (1 - first) * gradients[i];
                    v[i] = second * v[i] + (1 - second) * gradients[i] * gradients[i];
                    w[i] -= step * m[i] / (MathF.Sqrt(v[i]) * root + epsilon);
                }
            }
        }
    }
}
