using Pipeline.Features;
using Pipeline.Tables;

namespace Pipeline.Stages.FeatureExtraction;

/// <summary>What became of an example.</summary>
/// <param name="Example">The example.</param>
/// <param name="Path">Path of its recording.</param>
/// <param name="Windows">Its features; none where there is a fault.</param>
/// <param name="Fault">Why there are none.</param>
internal sealed record ExampleResult(Example Example, string Path, IReadOnlyList<FeatureWindow> Windows, ExampleFault? Fault);
