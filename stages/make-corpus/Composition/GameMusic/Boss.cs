using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Composition.GameMusic.GameConsole;
using static Pipeline.Stages.MakeCorpus.Synthesis.ChipInstruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.GameMusic;

/// <summary>The great enemy: low, heavy, with notes that do not belong, now racing, now stamping.</summary>
internal static class Boss
{
    private static readonly Harmony[] Menacing =
    [
        new(Scale.Phrygian, "i bII i bII", "i i bII bVII", "i bII bVII i", "i bvi bII i"),
        new(Scale.HarmonicMinor, "i bVI i V7b9", "i iio V i", "i bII V i", "io7 i io7 V"),
        new(Scale.PhrygianDominant, "I bII I bII", "I bII bvii I"),
    ];

    public static Genre Genre => new("Boss")
    {
        Years = AllYears,
        Length = (10, 39),
        TitleWords = ["Tyrant", "Doom", "Demon", "Wrath", "Colossus", "Despair", "Throne", "Overlord", "Terror", "Abyss"],
        Styles =
        [
            new("race")
            {
                Tempo = (140, 188), Harmonies = Menacing,
                Grooves = [new((Kick, "XxxxXxxxXxxxXxxx"), (Snare, "....X.......X..."), (Crash, "X.......X.......")), new((Kick, "x.xxx.xxx.xxx.xx"), (LowTom, "xx..xx..xx..xxxx"), (Crash, "X..............."))],
                Bass = ["1111111111111111", "1.111.111.118.77", "1-111-111-1-7-5-"],
                Comping = [new(Voicing.Power, "X..X..X.X..X..X."), new(Voicing.Chug, "XxxxXxxxXxxxXxxx"), new(Voicing.Close, "x.....x.x.....x.")],
                Melodies = ["x-------x-------", "x---x-----------", "x-------x---x---", "x---------------"],
            },
            new("stamp")
            {
                Tempo = (88, 132), Harmonies = Menacing,
                Grooves = [new((Kick, "X.....x.X.....x."), (Snare, "....X.......X..."), (LowTom, "..x.....x.x.....")), new((Kick, "X...X...X...X..."), (LowTom, "x.xxx.xxx.xxx.xx"), (Crash, "X...............")), new((Kick, "x..x..x.x..x..x."), (Snare, "............X..."), (MiddleTom, "..x..x....x..x.."))],
                Bass = ["1---1---1---1-7-", "1-1-1-1-1-1-7-8-", "1-..1-..1-..5-7-"],
                Comping = [new(Voicing.Power, "X---------------"), new(Voicing.Close, "X-..X-..X-..X-.."), new(Voicing.Chug, "X-x-x-x-X-x-x-x-")],
                Melodies = ["x-------x-------", "x-----------x-x-", "x---x-------x---", "....x---x-x-x---"],
            },
        ],
        Ensembles =
        [
            Pulses with { Chords = [ThinPulse], Lead = [EchoedPulse, SingingPulse] },
            Handheld with { Drums = [DarkNoiseKit] },
            Modulated with { Chords = [FmOrgan], Pad = [SynthBrass], Lead = [FmBrass] },
            Sampled with { Lead = [HornSection, StringSection], Pad = [Choir, StringSection], Bass = [Cellos, FingerBass] },
        ],
        Production = AnyProduction,
    };
}
