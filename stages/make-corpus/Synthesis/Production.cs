using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>How a record sounds, whatever is played: mix, room, medium, level.</summary>
internal sealed record Production
{
    /// <summary>Level of each role against its usual one, in dB.</summary>
    public required IReadOnlyDictionary<Role, double> Faders { get; init; }

    /// <summary>dB by which the lows are raised.</summary>
    public required double Bass { get; init; }

    /// <summary>dB by which the highs are raised.</summary>
    public required double Treble { get; init; }

    /// <summary>Hz below which the medium holds nothing.</summary>
    public required double LowCut { get; init; }

    /// <summary>Hz above which the medium holds nothing.</summary>
    public required double HighCut { get; init; }

    /// <summary>Seconds in which the room fades by 60 dB.</summary>
    public required double Room { get; init; }

    /// <summary>Level of the room, 0 to 1.</summary>
    public required double Wetness { get; init; }

    /// <summary>How hard the sum is pressed together, 0 to 1.</summary>
    public required double Compression { get; init; }

    /// <summary>Level (RMS) in dB below full scale.</summary>
    public required double Loudness { get; init; }

    /// <summary>Level of hiss in dB below full scale.</summary>
    public required double Hiss { get; init; }

    /// <summary>Clicks of vinyl per second.</summary>
    public required double Crackle { get; init; }

    /// <summary>Unsteadiness of the tape or turntable, in cents.</summary>
    public required double Wow { get; init; }

    /// <summary>The same studio on another day.</summary>
    public Production ForSong(Dice dice) => this with
    {
        Faders = Faders.ToDictionary(f => f.Key, f => f.Value + dice.Gauss(1)),
        Bass = Bass + dice.Gauss(1),
        Treble = Treble + dice.Gauss(1),
        Wetness = Math.Max(0, Wetness * (1 + dice.Gauss(0.15))),
        Loudness = Loudness + dice.Gauss(1.2),
        Hiss = Hiss + dice.Gauss(2),
    };
}
