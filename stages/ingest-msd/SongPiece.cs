namespace Pipeline.Stages.MsdIngestion;

/// <summary>Work for one thread: a song file, or some songs of a file of many.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Name">Its path relative to the root, with forward slashes.</param>
/// <param name="First">The first song; 0 where the piece is a whole file.</param>
/// <param name="Count">How many; null for all that the file has.</param>
internal sealed record SongPiece(string File, string Name, long First, int? Count);
