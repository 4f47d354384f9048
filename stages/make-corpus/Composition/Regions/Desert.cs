using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.WorldInstruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Regions;

/// <summary>Dunes and caravans: few chords, a scale with a wide step, hand drums and a breathy flute.</summary>
internal static class Desert
{
    private static readonly Harmony[] Wide =
    [
        new(Scale.PhrygianDominant, "I I bII I", "I bII I bvii", "I I I bII"),
        new(Scale.HarmonicMinor, "i i V i", "i iv i V", "i i bVI V"),
        new(Scale.Phrygian, "i bII i i", "i bVII bII i"),
    ];

    public static Genre Genre => new("Desert")
    {
        Neighbours = ["Marsh"],
        Years = World.Years,
        Length = World.Length,
        TitleWords = ["Dune", "Caravan", "Mirage", "Oasis", "Scorpion", "Silk", "Sandstorm", "Bazaar", "Star", "Well"],
        Styles =
        [
            new("caravan")
            {
                Tempo = (84, 118), Harmonies = Wide, Bends = 0.25,
                Grooves = [new((Kick, "x.....x.x......."), (Rim, "..x.x.....x.x.x.")), new((Kick, "x..x....x......."), (Conga, "..x..xx...x.x.x."), (Tambourine, "....x.......x..."))],
                Bass = ["1-..1-..1-..5-..", "1-----1-1-------", "1---------------"],
                Comping = [new(Voicing.Power, "x.....x.x......."), new(Voicing.Arpeggio, "x-x-xxx-x-x-x-x-"), new(Voicing.Power, "x-..x-x-..x-x-..")],
                Melodies = ["x---xxx-x-------", "x-xxx-xxx---....", "x-----xxx-x-x---", "..xxx-x-x-------"],
            },
            new("bazaar")
            {
                Tempo = (118, 150), Harmonies = Wide, Bends = 0.15,
                Grooves = [new((Kick, "x..x..x.x..x..x."), (Tambourine, "x.x.x.x.x.x.x.x."), (Rim, "..x..x....x..x..")), new((Kick, "x.x...x.x.x...x."), (Rim, "...x..x....x..xx"))],
                Bass = ["1.1...1.1.1...1.", "1-..1-1-5-..1-..", "1-1-1-1-1-1-5-5-"],
                Comping = [new(Voicing.Arpeggio, "xxxxxxxxxxxxxxxx"), new(Voicing.Power, "x..x..x.x..x..x."), new(Voicing.Arpeggio, "x.xxx.xxx.xxx.xx")],
                Melodies = ["xxxxx-x-x-x-x---", "x-xxx-xxx-x-x-x-", "xxx-xxx-x---....", "x-x-xxxxx-------"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [FrameDrums], Bass = [Oud], Chords = [Oud], Lead = [ReedFlute, Fiddle, Oud] },
            new() { Drums = [FrameDrums], Bass = [Drone, Oud], Chords = [Lyre, Oud], Pad = [Drone], Lead = [ReedFlute, Clarinet] },
            new() { Drums = [FrameDrums, WarDrums], Bass = [Cellos], Chords = [Oud, Harp], Pad = [StringSection], Lead = [Violin, ReedFlute] },
        ],
        Production = World.Production,
    };
}
