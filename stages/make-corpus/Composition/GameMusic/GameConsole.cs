using Pipeline.Stages.MakeCorpus.Synthesis;
using static Pipeline.Stages.MakeCorpus.Synthesis.ChipInstruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.GameMusic;

/// <summary>
/// What a game sounds through, whatever its music is for. The bands of every class of music stand in the order of
/// <see cref="All"/>, one for each console.
/// </summary>
/// <param name="Name">What it makes its sound with.</param>
/// <param name="Years">Of its games.</param>
/// <param name="Production">How it sounds; games differ within these.</param>
internal sealed record GameConsole(string Name, (int From, int To) Years, ProductionRange Production)
{
    /// <summary>All there are.</summary>
    public static readonly IReadOnlyList<GameConsole> All =
    [
        new("pulses", (1985, 1993), new() { Bass = (-2, 5), Treble = (-4, 5), HighCut = (7000, 10500), Room = (0.2, 0.5), Wetness = (0, 0.15), Compression = (0, 0.4), Loudness = (-22, -12), Hiss = (-90, -65), Crackle = (0, 0), Wow = (0, 0) }),
        new("handheld", (1989, 2001), new() { Bass = (-4, 3), Treble = (-5, 4), LowCut = (40, 140), HighCut = (5500, 9500), Room = (0.2, 0.5), Wetness = (0, 0.1), Compression = (0, 0.4), Loudness = (-24, -13), Hiss = (-80, -55), Crackle = (0, 0), Wow = (0, 0) }),
        new("frequency modulation", (1988, 1997), new() { Bass = (0, 6), Treble = (-4, 5), HighCut = (6500, 10500), Room = (0.3, 1), Wetness = (0.05, 0.3), Compression = (0.1, 0.5), Loudness = (-22, -12), Hiss = (-85, -60), Crackle = (0, 0), Wow = (0, 0) }),
        new("samples", (1991, 2004), new() { Bass = (0, 6), Treble = (-6, 3), HighCut = (4500, 9000), Room = (0.6, 1.8), Wetness = (0.2, 0.6), Compression = (0.1, 0.5), Loudness = (-23, -13), Hiss = (-80, -58), Crackle = (0, 0), Wow = (0, 1) }),
    ];

    /// <summary>Production is the console's: a class has none of its own.</summary>
    public static readonly ProductionRange AnyProduction = new();

    /// <summary>Years of all.</summary>
    public static readonly (int From, int To) AllYears = (1985, 2004);

    /// <summary>Three channels and noise.</summary>
    public static Ensemble Pulses => new() { Drums = [NoiseKit], Bass = [TriangleBass], Chords = [ThinPulse, ReedyPulse], Lead = [SingingPulse, SoftPulse, EchoedPulse] };

    /// <summary>The same in a pocket: a pulse for the bass, darker noise.</summary>
    public static Ensemble Handheld => new() { Drums = [DarkNoiseKit, NoiseKit], Bass = [PulseBass, TriangleBass], Chords = [HollowPulse, ReedyPulse], Lead = [SoftPulse, SingingPulse] };

    /// <summary>Operators that modulate each other, with sampled drums.</summary>
    public static Ensemble Modulated => new() { Drums = [DrumMachine, TightKit], Bass = [FmBass, SlapBass], Chords = [FmOrgan, FmHarp, Clavinet], Pad = [FmOrgan, SynthBrass], Lead = [FmLead, FmBrass] };

    /// <summary>An orchestra in short recordings.</summary>
    public static Ensemble Sampled => new() { Drums = [SampledKit, RoomyKit], Bass = [FingerBass, Cellos], Chords = [GrandPiano, Harp, StringSection], Pad = [StringSection, WarmPad], Lead = [Flute, Trumpet, Violin] };
}
