using Xunit;

namespace Pipeline.Tests.Parquet;

/// <summary>Tests that measure time, or need much memory, run after the others and one at a time.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
