namespace Pipeline.Datasets;

/// <summary>A file of a folder of classes.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Path">Relative to the root, with forward slashes.</param>
/// <param name="Label">Its class folder; null where it is in none.</param>
/// <param name="RecordingId">Its key.</param>
public sealed record ClassFile(string File, string Path, string? Label, string RecordingId);
