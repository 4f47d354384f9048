using Pipeline.Datasets;

namespace Pipeline.Stages.Evaluating;

/// <summary>What the model makes of one's own songs.</summary>
/// <param name="Folder">Where they are from.</param>
/// <param name="Verdicts">The verdicts on those that were heard.</param>
/// <param name="Windows">Summaries of their windows, for the nearest neighbour; none where there are no features to compare with.</param>
/// <param name="Files">The files, with the hashes of their content.</param>
/// <param name="Notes">What there is to know of those that were not heard, or not as a whole.</param>
internal sealed record ExtraSet(ExtraFolder Folder, VerdictSet Verdicts, WindowSample Windows, IReadOnlyList<FoundFile> Files, IReadOnlyList<string> Notes);
