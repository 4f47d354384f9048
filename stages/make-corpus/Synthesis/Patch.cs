using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>A generator of tones with its settings.</summary>
internal abstract record Patch
{
    /// <summary>Adds a tone, at about ±1 for a full velocity.</summary>
    /// <param name="tone">What to play.</param>
    /// <param name="into">From the tone's onset to the end of what is rendered.</param>
    /// <param name="dice">For noise and small differences between equal notes.</param>
    public abstract void Play(in Tone tone, Span<float> into, Dice dice);
}
