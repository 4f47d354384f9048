using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Layers;

/// <summary>
/// All places of a sample as one vector: for each channel the mean, the standard deviation sqrt(mean((x - mean)^2) + <see cref="Epsilon"/>)
/// or the greatest of them, or several of these. The first of the greatest has their gradient, and a value that is no number is the greatest.
/// </summary>
public sealed unsafe class GlobalPool : ILayer
{
    /// <summary>Added to a variance before its root is taken, so that a channel that never changes has a gradient too.</summary>
    public const float Epsilon = 1e-6f;

    // Channels that a part handles: a cache line is read by one thread alone.
    private const int Stripe = 64;

    // Places whose single-precision sum is added to that of all.
    private const int Stretch = 256;

    private readonly Tensor input;
    private readonly Team team;
    private readonly GlobalPoolKind kind;
    private readonly int filled; // channels, filled up
    private readonly int terms;
    private readonly Floats kept; // of each sample the terms in the order of the output, and the place of the greatest, each filled up
    private readonly Floats gradients; // the same terms' gradients

    /// <summary>A layer without parameters.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="kind">What is kept.</param>
    /// <param name="outputHalo">Zeros that the next layer wants.</param>
    /// <param name="team">Who computes.</param>
    public GlobalPool(Tensor input, GlobalPoolKind kind, Halo outputHalo, Team team)
    {
        (this.input, this.kind, this.team) = (input, kind, team);
        Lines.RefuseFlat(input);
        filled = Tensor.RoundUp(input.Shape.Channels);
        terms = kind switch { GlobalPoolKind.Statistics => 3, GlobalPoolKind.MeanAndMax => 2, _ => 1 };
        Output = new Tensor(Shape.Vector(terms * input.Shape.Channels), outputHalo, input.Capacity);
        kept = new Floats((long)input.Capacity * (terms + 1) * filled);
        gradients = new Floats((long)input.Capacity * terms * filled);
    }

    /// <inheritdoc/>
    public Tensor Output { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => [];

    private bool HasMean => kind != GlobalPoolKind.Max;

    private bool HasDeviation => kind == GlobalPoolKind.Statistics;

    private bool HasMax => kind != GlobalPoolKind.Mean;

    private int Stripes => (filled + Stripe - 1) / Stripe;

    /// <inheritdoc/>
    public void Forward(int batch, Pass pass) => team.For(batch * Stripes, part =>
    {
        (int sample, int stripe) = Math.DivRem(part, Stripes);
        float* row = Output.At(sample, 0, 0);
        float* to = kept.First + (long)sample * (terms + 1) * filled;
        int end = Math.Min(filled, (stripe + 1) * Stripe);
        for (int f = stripe * Stripe; f < end; f += Tensor.Lanes)
        {
            float* term = to + f;
            if (HasMean)
            {
                // Sums of differences from a value among them lose fewer digits than sums of the values.
                V first = Vector512.Load(input.At(sample, 0, 0) + f);
                V mean = first + Sum(sample, f, first, false) / Vector512.Create((float)input.Shape.Places);
                mean.Store(term);
                term += filled;
                if (HasDeviation)
                {
                    V variance = Sum(sample, f, mean, true) / Vector512.Create((float)input.Shape.Places);
                    Vector512.Sqrt(variance + Vector512.Create(Epsilon)).Store(term);
                    term += filled;
                }
            }

            if (HasMax)
            {
                Greatest(sample, f, term, (int*)(to + terms * filled + f));
            }

            int real = Math.Min(Tensor.Lanes, input.Shape.Channels - f);
            for (int i = 0; i < terms; i++)
            {
                new ReadOnlySpan<float>(to + i * filled + f, real).CopyTo(new Span<float>(row + i * input.Shape.Channels + f, real));
            }
        }
    });

    /// <inheritdoc/>
    public void Backward(int batch)
    {
        if (input.IsData)
        {
            return;
        }

        team.For(batch * Stripes, part =>
        {
            (int sample, int stripe) = Math.DivRem(part, Stripes);
            float* row = Output.At(sample, 0, 0);
            float* gradient = gradients.First + (long)sample * terms * filled;
            int end = Math.Min(filled, (stripe + 1) * Stripe);
            for (int f = stripe * Stripe; f < end; f += Tensor.Lanes)
            {
                int real = Math.Min(Tensor.Lanes, input.Shape.Channels - f);
                for (int i = 0; i < terms; i++)
                {
                    new ReadOnlySpan<float>(row + i * input.Shape.Channels + f, real).CopyTo(new Span<float>(gradient + i * filled + f, real));
                }

                Back(sample, f, gradient + f, kept.First + (long)sample * (terms + 1) * filled + f);
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        kept.Dispose();
        gradients.Dispose();
    }

    // The sum of x - from over all places, or of its square.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private V Sum(int sample, int f, V from, bool squares)
    {
        V sum = V.Zero;
        for (int h = 0; h < input.Shape.Height; h++)
        {
            float* x = input.At(sample, h, 0) + f;
            for (int left = input.Shape.Width; left > 0; left -= Stretch)
            {
                V some = V.Zero;
                for (int w = Math.Min(left, Stretch); w > 0; w--, x += input.Pitch)
                {
                    V d = Vector512.Load(x) - from;
                    some = squares ? Vector512.FusedMultiplyAdd(d, d, some) : some + d;
                }

                sum += some;
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Greatest(int sample, int f, float* greatest, int* place)
    {
        V best = Vector512.Load(input.At(sample, 0, 0) + f);
        Vector512<int> where = Vector512<int>.Zero, at = where;
        for (int h = 0; h < input.Shape.Height; h++)
        {
            float* x = input.At(sample, h, 0) + f;
            for (int w = 0; w < input.Shape.Width; w++, x += input.Pitch, at += Vector512<int>.One)
            {
                V value = Vector512.Load(x);
                V isNew = Vector512.GreaterThan(value, best) | Vector512.IsNaN(value);
                best = Vector512.ConditionalSelect(isNew, value, best);
                where = Vector512.ConditionalSelect(isNew.AsInt32(), at, where);
            }
        }

        best.Store(greatest);
        where.Store(place);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Back(int sample, int f, float* gradient, float* term)
    {
        V share = Vector512.Create(1f / input.Shape.Places);
        V constant = V.Zero, slope = V.Zero, mean = V.Zero, ofGreatest = V.Zero;
        Vector512<int> where = Vector512<int>.Zero, at = where;
        if (HasMean)
        {
            constant = Vector512.Load(gradient) * share;
            mean = Vector512.Load(term);
        }

        if (HasDeviation)
        {
            slope = Vector512.Load(gradient + filled) * share / Vector512.Load(term + filled);
        }

        if (HasMax)
        {
            ofGreatest = Vector512.Load(gradient + (terms - 1) * filled);
            where = Vector512.Load((int*)(term + terms * filled));
        }

        for (int h = 0; h < input.Shape.Height; h++)
        {
            float* x = input.At(sample, h, 0) + f;
            for (int w = 0; w < input.Shape.Width; w++, x += input.Pitch, at += Vector512<int>.One)
            {
                V one = Vector512.ConditionalSelect(Vector512.Equals(at, where).AsSingle(), ofGreatest, V.Zero);
                V d = one + constant;
                if (HasDeviation)
                {
                    d = Vector512.FusedMultiplyAdd(slope, Vector512.Load(x) - mean, d);
                }

                d.Store(x);
            }
        }
    }
}
