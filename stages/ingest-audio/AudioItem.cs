namespace Pipeline.Stages.AudioIngestion;

/// <summary>A sound file of the tree.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Path">Relative to the root, with forward slashes.</param>
/// <param name="Label">Its class folder; null where it is in none.</param>
/// <param name="RecordingId">Its key.</param>
internal sealed record AudioItem(string File, string Path, string? Label, string RecordingId);
