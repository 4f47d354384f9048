namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>Something to play on: a sound, where on the keyboard it is played, and what it is plugged into.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Patch">How it sounds.</param>
/// <param name="Low">Lowest pitch to write for it, MIDI.</param>
/// <param name="High">Highest pitch.</param>
internal sealed record Instrument(string Name, Patch Patch, int Low, int High)
{
    /// <summary>Channel strip.</summary>
    public Strip Strip { get; init; } = new();

    /// <summary>Level against others of its role, in dB.</summary>
    public double Level { get; init; }
}
