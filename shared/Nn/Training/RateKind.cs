namespace Pipeline.Nn.Training;

/// <summary>How the learning rate goes with time.</summary>
public enum RateKind
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It falls when a loss falls no more, as PyTorch's ReduceLROnPlateau has it.</summary>
    Plateau,

    /// <summary>It rises evenly at first, then falls along half a cosine.</summary>
    Cosine,

    /// <summary>It rises along half a cosine, then falls along another, as PyTorch's OneCycleLR has it.</summary>
    OneCycle,
}
