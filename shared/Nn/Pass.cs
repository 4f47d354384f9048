namespace Pipeline.Nn;

/// <summary>What a forward pass is for.</summary>
/// <param name="IsTraining">Whether a backward pass follows: statistics are of the batch, and dropout drops.</param>
/// <param name="Seed">Of whatever is random in it.</param>
public readonly record struct Pass(bool IsTraining, uint Seed)
{
    /// <summary>A pass that only wants the output.</summary>
    public static Pass Inference => default;

    /// <summary>The pass for one of several layers, each with random numbers of its own.</summary>
    public Pass For(int layer) => this with { Seed = CounterHash.Of(Seed, (uint)layer) };
}
