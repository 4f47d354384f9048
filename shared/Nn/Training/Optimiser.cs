using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Training;

/// <summary>
/// Moves parameters against their gradients, by PyTorch's formulas. The gradient of a parameter's own penalty l2 * sum(w^2) is part of the
/// gradient from the beginning; then the norm of all gradients is limited; weight decay comes last.
/// </summary>
public sealed unsafe class Optimiser : IDisposable
{
    // Floats that a part handles: a multiple of a register.
    private const int PartValues = 16_384;

    private readonly Parameter[] parameters;
    private readonly OptimiserSettings settings;
    private readonly Team team;
    private readonly Parameter[] first; // mean gradients or the last step
    private readonly Parameter[] second; // mean or sum of squared gradients
    private readonly (int Parameter, int Start, int Count)[] parts;
    private readonly double[] squares;

    /// <summary>An optimiser that has made no step.</summary>
    /// <param name="parameters">What it changes, by names that differ; those that are not trained are left out.</param>
    /// <param name="settings">How.</param>
    /// <param name="team">Who computes.</param>
    public Optimiser(IEnumerable<(string Name, Parameter Parameter)> parameters, OptimiserSettings settings, Team team)
    {
        (this.settings, this.team) = (settings, team);
        Check();
        (string Name, Parameter Parameter)[] trained = [.. parameters.Where(p => p.Parameter.IsTrained)];
        this.parameters = [.. trained.Select(p => p.Parameter)];
        bool isAdam = settings.Kind is OptimiserKind.Adam or OptimiserKind.Adamw;
        first = Moments("first", isAdam || (settings.Kind == OptimiserKind.Sgd && settings.Momentum != 0));
        second = Moments("second", settings.Kind != OptimiserKind.Sgd);
        State = [.. first, .. second];
        parts = [.. this.parameters.SelectMany((p, i) => Enumerable.Range(0, (p.Length + PartValues - 1) / PartValues).Select(k => (i, k * PartValues, CountFrom(p, k * PartValues))))];
        squares = new double[parts.Length];

        Parameter[] Moments(string name, bool wanted) =>
            wanted ? [.. trained.Select(p => new Parameter($"{p.Name}.{name}", p.Parameter.Shape, isTrained: false))] : [];
    }

    /// <summary>What it remembers of each parameter: its values and <see cref="Steps"/> written back, it goes on as it would have.</summary>
    public IReadOnlyList<Parameter> State { get; }

    /// <summary>Steps made.</summary>
    public long Steps { get; set; }

    /// <summary>Norm of all gradients together at the last step, before it was limited. If it is not finite, no step was made.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>Makes a step, unless <see cref="GradientNorm"/> is not finite.</summary>
    /// <param name="rate">The learning rate.</param>
    public void Step(float rate)
    {
        team.For(parts.Length, part => squares[part] = SumOfSquares(parts[part]));
        GradientNorm = Math.Sqrt(squares.Sum());
        if (!double.IsFinite(GradientNorm))
        {
            return;
        }

        Steps++;
        float clip = settings.GreatestNorm > 0 ? (float)Math.Min(1, settings.GreatestNorm / (GradientNorm + 1e-6)) : 1;
        double rootOfCorrection = Math.Sqrt(1 - Math.Pow(settings.Beta2, Steps));
        double stepSize = rate / (1 - Math.Pow(settings.Beta1, Steps));
        team.For(parts.Length, part =>
        {
            (int parameter, int start, int count) = parts[part];
            switch (settings.Kind)
            {
                case OptimiserKind.Sgd:
                    Descend(parameter, start, count, clip, rate);
                    break;
                case OptimiserKind.Adagrad:
                    DescendBySum(parameter, start, count, clip, rate);
                    break;
                default:
                    DescendByMoments(parameter, start, count, clip, rate, (float)stepSize, (float)rootOfCorrection);
                    break;
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Parameter moment in State)
        {
            moment.Dispose();
        }
    }

    private static int CountFrom(Parameter parameter, int start) => Math.Min(PartValues, Tensor.RoundUp(parameter.Length) - start);

    private void Check()
    {
        bool areShares = settings is { Beta1: >= 0 and < 1, Beta2: >= 0 and < 1, Momentum: >= 0 and < 1 };
        if (!areShares || settings is not { Epsilon: > 0, WeightDecay: >= 0, GreatestNorm: >= 0 } || (settings.Nesterov && settings.Momentum == 0))
        {
            throw new ArgumentException($"an optimiser cannot have these settings: {settings}");
        }
    }

    // The gradient with its penalty, limited.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Gradient(Parameter parameter, int at, V clip) =>
        clip * Vector512.FusedMultiplyAdd(Vector512.Create(2 * parameter.L2), Vector512.Load(parameter.First + at), Vector512.Load(parameter.FirstGradient + at));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumOfSquares((int Parameter, int Start, int Count) part)
    {
        Parameter parameter = parameters[part.Parameter];
        Vector512<double> sum = Vector512<double>.Zero;
        for (int at = part.Start; at < part.Start + part.Count; at += Tensor.Lanes)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Gradient(parameter, at, V.One));
            sum += low * low + high * high;
        }

        return Vector512.Sum(sum);
    }

    private V Decay(Parameter parameter) => Vector512.Create(parameter.Decays ? settings.WeightDecay : 0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Descend(int index, int start, int count, float clip, float rate)
    {
        Parameter parameter = parameters[index];
        V decay = Decay(parameter), momentum = Vector512.Create(settings.Momentum), step = Vector512.Create(-rate), limit = Vector512.Create(clip);
        float* last = first.Length > 0 ? first[index].First : null;
        for (int at = start; at < start + count; at += Tensor.Lanes)
        {
            V w = Vector512.Load(parameter.First + at);
            V g = Vector512.FusedMultiplyAdd(decay, w, Gradient(parameter, at, limit));
            if (last is not null)
            {
                V moved = Vector512.FusedMultiplyAdd(momentum, Vector512.Load(last + at), g);
                moved.Store(last + at);
                g = settings.Nesterov ? Vector512.FusedMultiplyAdd(momentum, moved, g) : moved;
            }

            Vector512.FusedMultiplyAdd(step, g, w).Store(parameter.First + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DescendBySum(int index, int start, int count, float clip, float rate)
    {
        Parameter parameter = parameters[index];
        V decay = Decay(parameter), step = Vector512.Create(rate), limit = Vector512.Create(clip), epsilon = Vector512.Create(settings.Epsilon);
        float* sums = second[index].First;
        for (int at = start; at < start + count; at += Tensor.Lanes)
        {
            V w = Vector512.Load(parameter.First + at);
            V g = Vector512.FusedMultiplyAdd(decay, w, Gradient(parameter, at, limit));
            V sum = Vector512.FusedMultiplyAdd(g, g, Vector512.Load(sums + at));
            sum.Store(sums + at);
            (w - step * g / (Vector512.Sqrt(sum) + epsilon)).Store(parameter.First + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DescendByMoments(int index, int start, int count, float clip, float rate, float stepSize, float rootOfCorrection)
    {
        Parameter parameter = parameters[index];
        bool isApart = settings.Kind == OptimiserKind.Adamw;
        V decay = isApart ? V.Zero : Decay(parameter), limit = Vector512.Create(clip), epsilon = Vector512.Create(settings.Epsilon);
        V keep = Vector512.Create(1 - rate * (isApart && parameter.Decays ? settings.WeightDecay : 0));
        V beta1 = Vector512.Create((float)settings.Beta1), rest1 = Vector512.Create((float)(1 - settings.Beta1));
        V beta2 = Vector512.Create((float)settings.Beta2), rest2 = Vector512.Create((float)(1 - settings.Beta2));
        V step = Vector512.Create(stepSize), root = Vector512.Create(rootOfCorrection);
        float* means = first[index].First, squared = second[index].First;
        for (int at = start; at < start + count; at += Tensor.Lanes)
        {
            V w = Vector512.Load(parameter.First + at);
            V g = Vector512.FusedMultiplyAdd(decay, w, Gradient(parameter, at, limit));
            V mean = Vector512.FusedMultiplyAdd(rest1, g, beta1 * Vector512.Load(means + at));
            V square = Vector512.FusedMultiplyAdd(rest2 * g, g, beta2 * Vector512.Load(squared + at));
            mean.Store(means + at);
            square.Store(squared + at);
            (w * keep - step * mean / (Vector512.Sqrt(square) / root + epsilon)).Store(parameter.First + at);
        }
    }
}
