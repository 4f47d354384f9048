using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>One player of the band.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Instrument">What it is played on.</param>
/// <param name="Notes">Its notes, by onset.</param>
internal sealed record Part(Role Role, Instrument Instrument, IReadOnlyList<Note> Notes);
