using Pipeline.Tables;

namespace Pipeline.Stages.Hdf5Export;

/// <summary>What became of a recording.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Failure">Why there is no file; null where there is one.</param>
/// <param name="IsLeftOut">Whether it was not to be written, because it has a fault.</param>
internal sealed record ExportResult(Recording Recording, string? Failure, bool IsLeftOut);
