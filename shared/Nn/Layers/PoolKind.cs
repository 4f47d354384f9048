namespace Pipeline.Nn.Layers;

/// <summary>What is kept of neighbouring places, for each channel.</summary>
public enum PoolKind
{
    /// <summary>The greatest.</summary>
    Max,

    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The first: what a convolution with a stride keeps.</summary>
    First,
}
