using Pipeline.Cli;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>A corpus being made.</summary>
/// <param name="Folder">Where.</param>
/// <param name="Options">What.</param>
/// <param name="Threads">How many work on it.</param>
/// <param name="Quiet">Whether no progress is shown.</param>
/// <param name="Cancel">Ends it.</param>
internal sealed record CorpusRun(OutputFolder Folder, CorpusOptions Options, int Threads, bool Quiet, CancellationToken Cancel);
