namespace Pipeline.Nn.Layers;

/// <summary>Where a block has its batch normalisation.</summary>
public enum Norm
{
    /// <summary>Nowhere: the convolution has a bias instead.</summary>
    None,

    /// <summary>Between the convolution and what follows it.</summary>
    BeforeActivation,

    /// <summary>Behind the activation; the convolution has a bias too.</summary>
    AfterActivation,
}
