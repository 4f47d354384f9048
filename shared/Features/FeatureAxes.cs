namespace Pipeline.Features;

/// <summary>What the channels and the values of a representation are, for whoever draws them.</summary>
/// <param name="Channels">What the channels are, with their unit.</param>
/// <param name="Hertz">Frequency of each channel, rising; null where channels are no frequencies.</param>
/// <param name="Names">Name of each channel; null where they are known by frequency or number.</param>
/// <param name="Unit">What the values are.</param>
public sealed record FeatureAxes(string Channels, IReadOnlyList<double>? Hertz, IReadOnlyList<string>? Names, string Unit);
