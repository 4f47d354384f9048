namespace Pipeline.Nn;

/// <summary>Numbers of a layer that are learnt, or kept beside what is learnt, such as running means.</summary>
public sealed class Parameter : IDisposable
{
    private readonly Floats values;
    private readonly Floats? gradient;

    /// <summary>Zeros.</summary>
    /// <param name="name">Name within the layer.</param>
    /// <param name="shape">Sizes, slowest first.</param>
    /// <param name="isTrained">Whether an optimiser changes it.</param>
    /// <param name="decays">Whether weight decay and L2 pull it to zero: weights do, biases and scales do not.</param>
    public Parameter(string name, int[] shape, bool isTrained = true, bool decays = false)
    {
        (Name, Shape, IsTrained, Decays) = (name, shape, isTrained, decays);
        Length = shape.Aggregate(1, (a, b) => checked(a * b));
        values = new Floats(Tensor.RoundUp(Length));
        gradient = isTrained ? new Floats(Tensor.RoundUp(Length)) : null;
    }

    /// <summary>Name within the layer, such as <c>weight</c>.</summary>
    public string Name { get; }

    /// <summary>Sizes, slowest first.</summary>
    public int[] Shape { get; }

    /// <summary>How many numbers.</summary>
    public int Length { get; }

    /// <summary>Whether an optimiser changes it.</summary>
    public bool IsTrained { get; }

    /// <summary>Whether weight decay and L2 pull it to zero.</summary>
    public bool Decays { get; }

    /// <summary>Strength of the penalty l2 * sum(w^2) on the loss.</summary>
    public float L2 { get; init; }

    /// <summary>The numbers.</summary>
    public Span<float> Values => values.Span[..Length];

    /// <summary>Gradient of the loss with respect to them, of the last backward pass.</summary>
    public Span<float> Gradient => (gradient ?? throw new InvalidOperationException($"{Name} is not trained")).Span[..Length];

    /// <summary>The numbers, filled up with zeros to a multiple of <see cref="Tensor.Lanes"/>.</summary>
    internal unsafe float* First => values.First;

    /// <summary>Their gradient, likewise.</summary>
    internal unsafe float* FirstGradient => gradient!.First;

    /// <inheritdoc/>
    public void Dispose()
    {
        values.Dispose();
        gradient?.Dispose();
    }
}
