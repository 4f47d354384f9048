namespace Pipeline.Stages.FeatureExtraction;

/// <summary>Why an example has no features.</summary>
/// <param name="Name">The fault's name.</param>
/// <param name="Detail">What was found; null where the name says all.</param>
internal sealed record ExampleFault(string Name, string? Detail);
