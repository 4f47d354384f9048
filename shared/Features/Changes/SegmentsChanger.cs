using Pipeline.Tables;

namespace Pipeline.Features.Changes;

/// <summary>Stub.</summary>
public sealed class SegmentsChanger
{
    /// <summary>Stub.</summary>
    public Segments Apply(Segments song, Change change) => change.IsNone ? song : throw new NotSupportedException();
}
