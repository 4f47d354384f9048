namespace Pipeline.Datasets;

/// <summary>What a manifest says of a clip.</summary>
/// <param name="Sha256">Hash of the published file; null where it is not given.</param>
/// <param name="Artist">The artist's name.</param>
/// <param name="Title">The title.</param>
/// <param name="Faults">Names of its faults.</param>
/// <param name="Of">File of the clip that this one repeats.</param>
public sealed record ManifestEntry(string? Sha256, string? Artist, string? Title, IReadOnlyList<string> Faults, string? Of);
