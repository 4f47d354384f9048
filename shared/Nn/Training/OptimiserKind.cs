namespace Pipeline.Nn.Training;

/// <summary>How parameters follow their gradients; each as PyTorch defines it.</summary>
public enum OptimiserKind
{
    /// <summary>Adaptive moments; weight decay is added to the gradient.</summary>
    Adam,

    /// <summary>The same with weight decay taken off the weights themselves.</summary>
    Adamw,

    /// <summary>Gradient descent, with momentum if there is any.</summary>
    Sgd,

    /// <summary>Rates that fall with the sum of all squared gradients.</summary>
    Adagrad,
}
