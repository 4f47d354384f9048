using Xunit;

namespace Pipeline.Tests.Cli;

/// <summary>Tests that read what this process prints on stderr: one at a time, and beside no others.</summary>
[CollectionDefinition(nameof(ConsoleCollection), DisableParallelization = true)]
public sealed class ConsoleCollection;
