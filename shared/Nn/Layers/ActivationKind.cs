namespace Pipeline.Nn.Layers;

/// <summary>What happens to each value.</summary>
public enum ActivationKind
{
    /// <summary>Negative ones become zero.</summary>
    Relu,

    /// <summary>x times the share of a normal distribution below x, as PyTorch's default has it.</summary>
    Gelu,
}
