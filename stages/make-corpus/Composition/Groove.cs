namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>
/// A bar of drums, written as drum machines show it: one string per drum, one letter per step (16 of a bar, 12 where it is counted
/// in triplets; any number that divides the bar). <c>X</c> is accented, <c>x</c> played, <c>o</c> a ghost note, <c>?</c> played now and then.
/// </summary>
/// <param name="Lanes">The drums.</param>
internal sealed record Groove(params (Drum Drum, string Steps)[] Lanes);
