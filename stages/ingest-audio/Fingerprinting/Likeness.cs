namespace Pipeline.Stages.AudioIngestion.Fingerprinting;

/// <summary>Two recordings of which one has much of the other in it.</summary>
/// <param name="First">Index of the earlier one.</param>
/// <param name="Second">Index of the later one.</param>
/// <param name="Shared">Landmarks that both have, at times that go together.</param>
/// <param name="Share">Of the landmarks of the one that has fewer where they overlap, 0 to 1.</param>
/// <param name="OffsetFrames">Place of the second's beginning in the first.</param>
internal readonly record struct Likeness(int First, int Second, int Shared, double Share, int OffsetFrames);
