using Pipeline.Tables;

namespace Pipeline.Stages.FeatureExtraction;

/// <summary>A recording with its examples.</summary>
/// <param name="Song">The recording, with its segments where there are any.</param>
/// <param name="Examples">Its examples, in the table's order; one at least.</param>
internal sealed record ExampleGroup(RecordingWithSegments Song, IReadOnlyList<Example> Examples);
