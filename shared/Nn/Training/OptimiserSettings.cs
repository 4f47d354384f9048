namespace Pipeline.Nn.Training;

/// <summary>What an optimiser does. The defaults are PyTorch's.</summary>
public sealed record OptimiserSettings
{
    /// <summary>Which one.</summary>
    public OptimiserKind Kind { get; init; }

    /// <summary>Share of the last step in the next, of <see cref="OptimiserKind.Sgd"/>.</summary>
    public float Momentum { get; init; }

    /// <summary>Whether momentum looks a step ahead.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Share of the past in the mean gradient, of Adam.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Share of the past in the mean squared gradient, of Adam.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to a root that is divided by; more than zero.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>Pull to zero of the parameters that decay.</summary>
    public float WeightDecay { get; init; }

    /// <summary>Greatest norm of all gradients together; none if zero.</summary>
    public double GreatestNorm { get; init; }
}
