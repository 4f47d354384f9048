namespace Pipeline.Stages.Evaluating;

/// <summary>What one run of a model makes of one window of an example.</summary>
/// <param name="ExampleId">Key of the example.</param>
/// <param name="RecordingId">Key of the recording.</param>
/// <param name="Source">Dataset of the recording.</param>
/// <param name="Split">The part that it belongs to.</param>
/// <param name="Genre">True genre.</param>
/// <param name="Probabilities">Probability of each genre, in the order of <see cref="VerdictSource.Genres"/>; together 1.</param>
internal readonly record struct Verdict(string ExampleId, string RecordingId, string Source, string Split, string Genre, float[] Probabilities);
