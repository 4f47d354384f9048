using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>All that was found out, as every output tells it.</summary>
/// <param name="Parts">Figures of each evaluated part, the one of the headline first.</param>
/// <param name="Warnings">What has to be told with every figure.</param>
/// <param name="Notes">What else a reader has to know.</param>
/// <param name="Histories">How trainings went.</param>
/// <param name="Provenance">How the tables came to be, this evaluation last.</param>
internal sealed record Findings(
    IReadOnlyList<Evaluation> Parts,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Notes,
    IReadOnlyList<History> Histories,
    Provenance Provenance);
