namespace Pipeline.Models;

/// <summary>What features are brought to mean 0 and standard deviation 1 over, by figures of the train part.</summary>
public enum Normalise
{
    /// <summary>Each channel over all its frames.</summary>
    Channel,

    /// <summary>All values together.</summary>
    Whole,

    /// <summary>Nothing: the features are taken as they are.</summary>
    None,
}
