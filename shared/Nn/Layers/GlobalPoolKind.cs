namespace Pipeline.Nn.Layers;

/// <summary>What is kept of all places of a sample, for each channel.</summary>
public enum GlobalPoolKind
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The greatest.</summary>
    Max,

    /// <summary>All channels' means, then all channels' greatest.</summary>
    MeanAndMax,

    /// <summary>All channels' means, then their standard deviations, then their greatest.</summary>
    Statistics,
}
