namespace Pipeline.Stages.MsdIngestion;

/// <summary>What came of a piece.</summary>
/// <param name="Name">The file's path relative to the root.</param>
/// <param name="Sha256">Hash of the file; null where the first piece of the same file has it.</param>
/// <param name="Songs">The songs, in the file's order.</param>
internal sealed record SongBatch(string Name, byte[]? Sha256, IReadOnlyList<Song> Songs);
