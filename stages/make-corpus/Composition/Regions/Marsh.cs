using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.WorldInstruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Regions;

/// <summary>Fens and fog: slow ostinatos on wood and metal, low voices, chords that lead nowhere.</summary>
internal static class Marsh
{
    private static readonly Harmony[] Adrift =
    [
        new(Scale.WholeTone, "I bII I bII", "i bii i bii"),
        new(Scale.MinorPentatonic, "i i bVII i", "i bIII i bVII"),
        new(Scale.Phrygian, "i i bII i", "i bvii i bII"),
    ];

    public static Genre Genre => new("Marsh")
    {
        Neighbours = ["Desert"],
        Years = World.Years,
        Length = World.Length,
        TitleWords = ["Reed", "Fog", "Heron", "Toad", "Peat", "Will-o'-the-Wisp", "Mire", "Moss", "Lantern", "Leech"],
        Styles =
        [
            new("ostinato")
            {
                Tempo = (76, 112), Harmonies = Adrift,
                Grooves = [new((LowTom, "x.....x...x....."), (Shaker, "..x...x...x...x.")), new((Conga, "x..x...x..x.x..."), (Rim, "......x.......x."))],
                Bass = ["1-....1-....3-..", "1-1-..5-..1-....", "1-------....5-.."],
                Comping = [new(Voicing.Arpeggio, "x.xx.x.xx.xx.x.x"), new(Voicing.Alberti, "x-x-x-x-x-x-x-x-"), new(Voicing.Arpeggio, "x..x..x.x..x..x.")],
                Melodies = ["x---....x-x-....", "x-x-x---........", "......x-x---x---", "x-------........"],
            },
            new("fog")
            {
                Tempo = (54, 84), Harmonies = Adrift, Rubato = 0.04, Swell = 0.3,
                Bass = ["1---------------", "1-------....1---"],
                Comping = [new(Voicing.Arpeggio, "x...x...x...x..."), new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-")],
                Melodies = ["x-------x-------", "....x-----------", "x---x-----------", "........x---x---"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [FrameDrums], Bass = [Marimba, UprightBass], Chords = [Kalimba, Marimba], Pad = [WarmPad, Choir], Lead = [ReedFlute, Clarinet] },
            new() { Drums = [FrameDrums, BrushKit], Bass = [Drone, Marimba], Chords = [Marimba, Vibraphone], Lead = [Kalimba, Clarinet, ReedFlute] },
            new() { Bass = [Cellos], Chords = [Kalimba, Harp], Pad = [Choir, StringSection], Lead = [Cello, Clarinet] },
        ],
        Production = World.Production,
    };
}
