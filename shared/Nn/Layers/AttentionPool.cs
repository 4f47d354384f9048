using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Layers;

/// <summary>
/// All places of a sample as one vector, their mean with weights that the layer learns to give: a place has the score
/// sum(score * tanh(x weight + bias)), and the softmax of all scores of a sample are the weights. Parameters: <c>weight</c>
/// [channels, hidden], <c>bias</c> and <c>score</c> [hidden].
/// </summary>
public sealed unsafe class AttentionPool : ILayer
{
    private readonly Tensor input;
    private readonly Team team;
    private readonly Tensor hidden; // tanh(x weight + bias), then the gradient of what is within the tanh
    private readonly Matrix matrix;
    private readonly Floats shares; // of the places of each sample
    private readonly Floats differences; // their gradients
    private readonly Floats sums; // of each sample, the gradients of score and of bias
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Parameter score;

    /// <summary>A layer with weights of zero.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="hiddenUnits">Numbers that a score is made of.</param>
    /// <param name="outputHalo">Zeros that the next layer wants.</param>
    /// <param name="team">Who computes.</param>
    public AttentionPool(Tensor input, int hiddenUnits, Halo outputHalo, Team team)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenUnits, 1);
        (this.input, this.team) = (input, team);
        Lines.RefuseFlat(input);
        Output = new Tensor(Shape.Vector(input.Shape.Channels), outputHalo, input.Capacity);
        hidden = new Tensor(input.Shape with { Channels = hiddenUnits }, input.Halo, input.Capacity);
        matrix = new Matrix(input.Pitch, hidden.Pitch);
        shares = new Floats((long)input.Capacity * input.Shape.Places);
        differences = new Floats((long)input.Capacity * input.Shape.Places);
        sums = new Floats(2L * input.Capacity * hidden.Pitch);
        weight = new Parameter("weight", [input.Shape.Channels, hiddenUnits], decays: true);
        bias = new Parameter("bias", [hiddenUnits]);
        score = new Parameter("score", [hiddenUnits], decays: true);
        Parameters = [weight, bias, score];
    }

    /// <inheritdoc/>
    public Tensor Output { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What each place of a sample counts, after a forward pass: 1 together.</summary>
    public ReadOnlySpan<float> Shares(int sample) => new(shares.First + (long)sample * input.Shape.Places, input.Shape.Places);

    /// <inheritdoc/>
    public void Forward(int batch, Pass pass)
    {
        int units = hidden.Shape.Channels;
        matrix.Clear();
        for (int c = 0; c < input.Shape.Channels; c++)
        {
            weight.Values.Slice(c * units, units).CopyTo(new Span<float>(matrix.Row(c), units));
        }

        matrix.Pack();
        matrix.Multiply(team, input.Rows(batch), input.Data, input.Pitch, bias.First, hidden.Data, hidden.Pitch);
        team.For(batch, ForwardSample);
    }

    /// <inheritdoc/>
    public void Backward(int batch)
    {
        int units = hidden.Shape.Channels;
        team.For(batch, BackwardSample);
        if (!input.IsData)
        {
            matrix.PackTurned();
        }

        // In halos the input is zero, whatever stands there in the other one.
        matrix.Differentiate(team, input.Rows(batch), input.Data, input.Pitch, hidden.Data, hidden.Pitch);
        for (int c = 0; c < input.Shape.Channels; c++)
        {
            new ReadOnlySpan<float>(matrix.Row(c), units).CopyTo(weight.Gradient.Slice(c * units, units));
        }

        for (int u = 0; u < units; u++)
        {
            (double ofScore, double ofBias) = (0, 0);
            for (int sample = 0; sample < batch; sample++)
            {
                float* of = sums.First + 2L * sample * hidden.Pitch;
                ofScore += of[u];
                ofBias += of[hidden.Pitch + u];
            }

            score.Gradient[u] = (float)ofScore;
            bias.Gradient[u] = (float)ofBias;
        }

        if (!input.IsData)
        {
            matrix.MultiplyTurned(team, input.Rows(batch), hidden.Data, hidden.Pitch, input.Data, input.Pitch);
            input.ClearHalos(batch);
            team.For(batch, AddShares);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        hidden.Dispose();
        matrix.Dispose();
        shares.Dispose();
        differences.Dispose();
        sums.Dispose();
        foreach (Parameter parameter in Parameters)
        {
            parameter.Dispose();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardSample(int sample)
    {
        int places = input.Shape.Places, width = input.Shape.Width;
        float* share = shares.First + (long)sample * places;
        for (int p = 0; p < places; p++)
        {
            float* h = hidden.At(sample, p / width, p % width);
            V sum = V.Zero;
            for (int u = 0; u < hidden.Pitch; u += Tensor.Lanes)
            {
                V t = Elementary.Tanh(Vector512.Load(h + u));
                t.Store(h + u);
                sum = Vector512.FusedMultiplyAdd(t, Vector512.Load(score.First + u), sum);
            }

            share[p] = Vector512.Sum(sum);
        }

        Softmax(new Span<float>(share, places));
        float* y = Output.At(sample, 0, 0);
        for (int f = 0; f < Output.Pitch; f += Tensor.Lanes)
        {
            V sum = V.Zero;
            for (int p = 0; p < places; p++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(share[p]), Vector512.Load(input.At(sample, p / width, p % width) + f), sum);
            }

            Lines.Keep(sum, input.Shape.Channels - f).Store(y + f);
        }
    }

    private static void Softmax(Span<float> scores)
    {
        float greatest = scores[0];
        foreach (float s in scores)
        {
            greatest = Math.Max(greatest, s);
        }

        double sum = 0;
        foreach (float s in scores)
        {
            sum += Math.Exp(s - greatest);
        }

        for (int p = 0; p < scores.Length; p++)
        {
            scores[p] = (float)(Math.Exp(scores[p] - greatest) / sum);
        }
    }

    // Replaces what is hidden by the gradient of what is within the tanh.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardSample(int sample)
    {
        int places = input.Shape.Places, width = input.Shape.Width;
        float* share = shares.First + (long)sample * places, difference = differences.First + (long)sample * places;
        float* gradient = Output.At(sample, 0, 0);
        double mean = 0;
        for (int p = 0; p < places; p++)
        {
            float* x = input.At(sample, p / width, p % width);
            V sum = V.Zero;
            for (int f = 0; f < Output.Pitch; f += Tensor.Lanes)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Load(gradient + f), Lines.Keep(Vector512.Load(x + f), input.Shape.Channels - f), sum);
            }

            difference[p] = Vector512.Sum(sum);
            mean += (double)share[p] * difference[p];
        }

        float* ofScore = sums.First + 2L * sample * hidden.Pitch, ofBias = ofScore + hidden.Pitch;
        new Span<float>(ofScore, 2 * hidden.Pitch).Clear();
        for (int p = 0; p < places; p++)
        {
            float* h = hidden.At(sample, p / width, p % width);
            V d = Vector512.Create((float)(share[p] * (difference[p] - mean)));
            for (int u = 0; u < hidden.Pitch; u += Tensor.Lanes)
            {
                V t = Vector512.Load(h + u);
                V within = d * Vector512.Load(score.First + u) * (V.One - t * t);
                within.Store(h + u);
                Vector512.FusedMultiplyAdd(d, t, Vector512.Load(ofScore + u)).Store(ofScore + u);
                (Vector512.Load(ofBias + u) + within).Store(ofBias + u);
            }
        }
    }

    // The way of the gradient through the mean.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddShares(int sample)
    {
        float* share = shares.First + (long)sample * input.Shape.Places, gradient = Output.At(sample, 0, 0);
        for (int p = 0; p < input.Shape.Places; p++)
        {
            float* x = input.At(sample, p / input.Shape.Width, p % input.Shape.Width);
            for (int f = 0; f < input.Pitch; f += Tensor.Lanes)
            {
                Vector512.FusedMultiplyAdd(Vector512.Create(share[p]), Vector512.Load(gradient + f), Vector512.Load(x + f)).Store(x + f);
            }
        }
    }
}
