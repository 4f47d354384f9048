using System.Globalization;
using Pipeline.Models;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>Where verdicts come from: tables that hold them, or a model that makes them.</summary>
/// <param name="Genres">All genres of the model, in its order.</param>
/// <param name="Runs">Names of the runs: seeds, folds or tables; at least one.</param>
/// <param name="Parts">The parts that there is something of.</param>
/// <param name="Provenance">How what is read came to be.</param>
/// <param name="Warnings">What has to be told with every figure, beside what the provenance warns of.</param>
/// <param name="Read">The verdicts of a run on some parts; windows of an example come in their order.</param>
internal sealed record VerdictSource(
    IReadOnlyList<string> Genres,
    IReadOnlyList<string> Runs,
    IReadOnlySet<string> Parts,
    Provenance Provenance,
    IReadOnlyList<string> Warnings,
    Func<int, IReadOnlySet<string>, CancellationToken, IEnumerable<Verdict>> Read)
{
    /// <summary>A model that is asked about no tables: there is nothing to read, and its genres and members are those of other verdicts.</summary>
    public static VerdictSource OfNoTables(Model model) => new(
        model.Genres, [.. model.Members.Select(m => string.Create(CultureInfo.InvariantCulture, $"seed {m.Seed}"))],
        new HashSet<string>(), Provenance.Empty, model.Warnings, (_, _, _) => []);
}
