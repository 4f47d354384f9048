namespace Pipeline.Stages.Training;

/// <summary>What the first weights are drawn from.</summary>
internal enum FirstWeights
{
    /// <summary>Kaiming He's, for networks of ReLUs.</summary>
    He,

    /// <summary>Xavier Glorot's.</summary>
    Glorot,
}
