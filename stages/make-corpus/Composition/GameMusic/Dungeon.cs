using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Composition.GameMusic.GameConsole;
using static Pipeline.Stages.MakeCorpus.Synthesis.ChipInstruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.GameMusic;

/// <summary>Caves and vaults: slow, sparse, few chords, and much time between the notes.</summary>
internal static class Dungeon
{
    private static readonly Harmony[] Dim =
    [
        new(Scale.Minor, "i i bVI bVI", "i iv i iv", "i i v v"),
        new(Scale.HarmonicMinor, "i i io io", "i bVI io V", "i bII i bII"),
        new(Scale.WholeTone, "i io bII io", "I bII I bII"),
        new(Scale.Phrygian, "i bII i bII", "i i bII i"),
    ];

    public static Genre Genre => new("Dungeon")
    {
        Years = AllYears,
        Length = (12, 39),
        TitleWords = ["Cave", "Crypt", "Depths", "Vault", "Echo", "Ruin", "Torch", "Labyrinth", "Dust", "Chain"],
        Styles =
        [
            new("drip")
            {
                Tempo = (66, 104), Harmonies = Dim,
                Bass = ["1---------------", "1-------....1-..", "1-..........5-.."],
                Comping = [new(Voicing.Arpeggio, "x...x...x...x..."), new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-"), new(Voicing.Open, "x---------------")],
                Melodies = ["x-------........", "....x-------....", "x---x-------....", "........x---x---"],
            },
            new("creep")
            {
                Tempo = (84, 122), Harmonies = Dim,
                Grooves = [new((Kick, "x.......x......."), (Rim, "......x.......x.")), new((LowTom, "x.....x.....x..."), (ClosedHat, "..x...x...x...x."))],
                Bass = ["1-..1-..5-..3-..", "1...3...5...7...", "1-1-....1-1-...."],
                Comping = [new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-"), new(Voicing.Close, "x-..........x-.."), new(Voicing.Alberti, "x-x-x-x-x-x-x-x-")],
                Melodies = ["x-------x-------", "..x---x---......", "x---x---........", "............x---"],
            },
        ],
        Ensembles =
        [
            Pulses with { Chords = [HollowPulse], Lead = [SoftPulse, EchoedPulse] },
            Handheld with { Chords = [HollowPulse] },
            Modulated with { Chords = [FmHarp, FmOrgan], Pad = [FmOrgan] },
            Sampled with { Lead = [Clarinet, Cello], Chords = [Harp, Bell, Vibraphone] },
        ],
        Production = AnyProduction,
    };
}
