namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>The idea a melody is made of.</summary>
/// <param name="Rhythm">A bar's rhythm.</param>
/// <param name="Answer">The next bar's.</param>
/// <param name="Moves">Steps of the scale from note to note.</param>
internal sealed record Motif(string Rhythm, string Answer, int[] Moves);
