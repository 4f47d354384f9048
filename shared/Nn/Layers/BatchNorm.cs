using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Layers;

/// <summary>
/// Each channel brought to mean 0 and deviation 1 over all places of a batch, as PyTorch has it, then scaled and shifted where that is
/// learnt, then kept within limits where there are such. Parameters: <c>mean</c> and <c>variance</c> [channels], running, and with an
/// affine layer <c>scale</c> and <c>shift</c> before them.
/// </summary>
public sealed unsafe class BatchNorm : ILayer
{
    /// <summary>Added to a variance before its root is taken; PyTorch's.</summary>
    public const float Epsilon = 1e-5f;

    private const float Momentum = 0.1f; // share of a batch's mean and variance in the running ones; PyTorch's

    private readonly Tensor input;
    private readonly Team team;
    private readonly V limit;
    private readonly Parameter scale;
    private readonly Parameter shift;
    private readonly Parameter mean;
    private readonly Parameter variance;
    private readonly bool isAffine;
    private readonly int filled; // channels, filled up
    private readonly Floats terms; // of each channel the mean that is taken away, and 1 / the deviation

    /// <summary>A layer that scales by 1 and shifts by 0.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="isAffine">Whether a scale and a shift are learnt.</param>
    /// <param name="clamp">What no output is further from zero than; 0 for no limit.</param>
    /// <param name="outputHalo">Zeros that the next layer wants.</param>
    /// <param name="team">Who computes.</param>
    public BatchNorm(Tensor input, bool isAffine, float clamp, Halo outputHalo, Team team)
    {
        (this.input, this.isAffine, this.team) = (input, isAffine, team);
        Lines.RefuseFlat(input);
        limit = Vector512.Create(clamp > 0 ? clamp : float.PositiveInfinity);
        Output = new Tensor(input.Shape, outputHalo, input.Capacity);
        filled = Output.Pitch;
        terms = new Floats(2L * filled);
        int[] sizes = [input.Shape.Channels];
        (scale, shift) = (new Parameter("scale", sizes, isAffine), new Parameter("shift", sizes, isAffine));
        (mean, variance) = (new Parameter("mean", sizes, isTrained: false), new Parameter("variance", sizes, isTrained: false));
        scale.Values.Fill(1);
        variance.Values.Fill(1);
        Parameters = isAffine ? [scale, shift, mean, variance] : [mean, variance];
    }

    /// <inheritdoc/>
    public Tensor Output { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; }

    private int Parts => filled / Tensor.Lanes;

    /// <inheritdoc/>
    public void Forward(int batch, Pass pass) => team.For(Parts, part => Forward(batch, part * Tensor.Lanes, pass.IsTraining));

    /// <inheritdoc/>
    public void Backward(int batch) => team.For(Parts, part => Backward(batch, part * Tensor.Lanes));

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        terms.Dispose();
        Array.ForEach([scale, shift, mean, variance], parameter => parameter.Dispose());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int batch, int f, bool isTraining)
    {
        V m = Vector512.Load(mean.First + f), v = Vector512.Load(variance.First + f);
        if (isTraining)
        {
            (m, v) = Moments(batch, f);
        }

        V inverse = V.One / Vector512.Sqrt(v + Vector512.Create(Epsilon));
        V factor = Vector512.Load(scale.First + f) * inverse, addend = Vector512.Load(shift.First + f);
        m.Store(terms.First + f);
        inverse.Store(terms.First + filled + f);
        int real = input.Shape.Channels - f;
        for (int line = 0; line < batch * input.Shape.Height; line++)
        {
            (int sample, int h) = Math.DivRem(line, input.Shape.Height);
            float* x = input.At(sample, h, 0) + f, y = Output.At(sample, h, 0) + f;
            for (int w = 0; w < input.Shape.Width; w++, x += input.Pitch, y += filled)
            {
                V value = Vector512.FusedMultiplyAdd(Vector512.Load(x) - m, factor, addend);
                value = Vector512.MinNative(limit, Vector512.MaxNative(-limit, value));
                Lines.Keep(value, real).Store(y);
            }
        }
    }

    // The batch's mean and variance, which the running ones follow.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (V Mean, V Variance) Moments(int batch, int f)
    {
        long count = (long)batch * input.Shape.Places;
        int real = input.Shape.Channels - f;
        V first = Lines.Keep(Vector512.Load(input.At(0, 0, 0) + f), real), share = Vector512.Create(1f / count);

        // Sums of differences from a value among them lose fewer digits than sums of the values.
        V m = first + Sum(first, false) * share;
        V v = Sum(m, true) * share;
        V momentum = Vector512.Create(Momentum), past = Vector512.Create(1 - Momentum), unbiased = Vector512.Create((float)(count / Math.Max(1.0, count - 1)));
        (past * Vector512.Load(mean.First + f) + momentum * m).Store(mean.First + f);
        (past * Vector512.Load(variance.First + f) + momentum * unbiased * v).Store(variance.First + f);
        return (m, v);

        V Sum(V from, bool squares)
        {
            V sum = V.Zero;
            for (int line = 0; line < batch * input.Shape.Height; line++)
            {
                (int sample, int h) = Math.DivRem(line, input.Shape.Height);
                float* x = input.At(sample, h, 0) + f;
                V some = V.Zero;
                for (int w = 0; w < input.Shape.Width; w++, x += input.Pitch)
                {
                    V d = Lines.Keep(Vector512.Load(x), real) - from;
                    some = squares ? Vector512.FusedMultiplyAdd(d, d, some) : some + d;
                }

                sum += some;
            }

            return sum;
        }
    }

    // With n the normalised value and g the gradient within the limits, dx = scale / deviation (g - mean(g) - n mean(g n)).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int batch, int f)
    {
        V m = Vector512.Load(terms.First + f), inverse = Vector512.Load(terms.First + filled + f);
        V factor = Vector512.Load(scale.First + f), addend = Vector512.Load(shift.First + f), sum = V.Zero, products = V.Zero;
        int lines = batch * input.Shape.Height, real = input.Shape.Channels - f;
        for (int line = 0; line < lines; line++)
        {
            (int sample, int h) = Math.DivRem(line, input.Shape.Height);
            float* x = input.At(sample, h, 0) + f, g = Output.At(sample, h, 0) + f;
            for (int w = 0; w < input.Shape.Width; w++, x += input.Pitch, g += filled)
            {
                V normal = Lines.Keep((Vector512.Load(x) - m) * inverse, real);
                V gradient = Within(Vector512.Load(g), normal);
                sum += gradient;
                products = Vector512.FusedMultiplyAdd(gradient, normal, products);
            }
        }

        if (isAffine)
        {
            products.Store(scale.FirstGradient + f);
            sum.Store(shift.FirstGradient + f);
        }

        V share = Vector512.Create(1f / ((long)batch * input.Shape.Places)), offset = sum * share, slope = products * share, steep = factor * inverse;
        for (int line = 0; line < lines && !input.IsData; line++)
        {
            (int sample, int h) = Math.DivRem(line, input.Shape.Height);
            float* x = input.At(sample, h, 0) + f, g = Output.At(sample, h, 0) + f;
            for (int w = 0; w < input.Shape.Width; w++, x += input.Pitch, g += filled)
            {
                V normal = (Vector512.Load(x) - m) * inverse;
                Lines.Keep(steep * (Within(Vector512.Load(g), normal) - offset - normal * slope), real).Store(x);
            }
        }

        V Within(V gradient, V normal) =>
            Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(Vector512.FusedMultiplyAdd(normal, factor, addend)), limit), gradient, V.Zero);
    }
}
