namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>A scale for melodies, and progressions that suit it, as <see cref="Progression.Parse"/> reads them.</summary>
internal sealed record Harmony(Scale Scale, params string[] Progressions);
