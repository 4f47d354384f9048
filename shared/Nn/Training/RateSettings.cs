namespace Pipeline.Nn.Training;

/// <summary>How the learning rate goes with time. The defaults are PyTorch's.</summary>
public sealed record RateSettings
{
    /// <summary>Which way.</summary>
    public RateKind Kind { get; init; }

    /// <summary>The first learning rate, or the greatest of those that rise.</summary>
    public float Rate { get; init; } = 1e-3f;

    /// <summary>The smallest, of a plateau and a cosine.</summary>
    public float Floor { get; init; }

    /// <summary>What a plateau multiplies the rate by.</summary>
    public float Factor { get; init; } = 0.1f;

    /// <summary>Losses without progress that a plateau takes before it does.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Losses after it that do not count.</summary>
    public int Cooldown { get; init; }

    /// <summary>Share of all steps that a cosine or a cycle rises for.</summary>
    public double WarmUp { get; init; } = 0.3;
}
