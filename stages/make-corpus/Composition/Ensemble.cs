using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>A band's instruments. What is null is not in the band; of several one is chosen by each artist.</summary>
internal sealed record Ensemble
{
    public Instrument[] Drums { get; init; } = [];

    public Instrument[] Bass { get; init; } = [];

    public Instrument[] Chords { get; init; } = [];

    public Instrument[] Pad { get; init; } = [];

    public Instrument[] Lead { get; init; } = [];

    public Instrument[] Voice { get; init; } = [];

    /// <summary>The instruments of a role.</summary>
    public Instrument[] Of(Role role) => role switch
    {
        Role.Drums => Drums,
        Role.Bass => Bass,
        Role.Chords => Chords,
        Role.Pad => Pad,
        Role.Lead => Lead,
        _ => Voice,
    };
}
