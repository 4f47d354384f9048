using Pipeline.Tables;

namespace Pipeline.Stages.MsdIngestion;

/// <summary>A song's rows.</summary>
/// <param name="Recording">Its row of the recordings.</param>
/// <param name="Segments">Its row of the segments; null where it has a fault.</param>
internal sealed record Song(Recording Recording, Segments? Segments);
