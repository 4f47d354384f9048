using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.WorldInstruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Regions;

/// <summary>Hills and clans: reels and airs over a drone, pipes, fiddle and whistle.</summary>
internal static class Highlands
{
    private static readonly Harmony[] Modal =
    [
        new(Scale.Dorian, "i bVII i bVII", "i i bVII IV", "i IV i bVII"),
        new(Scale.Mixolydian, "I bVII I I", "I I bVII bVII", "I IV bVII I"),
        new(Scale.MajorPentatonic, "I I V I", "I vi I V", "I IV I V"),
    ];

    public static Genre Genre => new("Highlands")
    {
        Neighbours = ["Coast"],
        Years = World.Years,
        Length = World.Length,
        TitleWords = ["Heather", "Clan", "Glen", "Mist", "Stag", "Cairn", "Thistle", "Ridge", "Loch", "Raven"],
        Styles =
        [
            new("reel")
            {
                Tempo = (96, 126), Harmonies = Modal,
                Grooves = [new((Kick, "x.......x......."), (Rim, "..x...x...x...x.")), new((Snare, "xoxxxoxxxoxxxoxx"), (Kick, "x.......x.......")), new((Kick, "x..x..x.x..x..x."), (Tambourine, "....x.......x..."))],
                Bass = ["1---------------", "1-------5-------", "1---1---1---1---"],
                Comping = [new(Voicing.Strum, "x-xxx-xxx-xxx-xx"), new(Voicing.Power, "x---------------"), new(Voicing.Strum, "x---x-x-x---x-x-")],
                Melodies = ["x-xxxxx-x-xxx-x-", "xxxxx-x-xxxxx-x-", "x-x-xxxxx-x-x---", "xxx-xxx-x-x-x---"],
            },
            new("jig")
            {
                Tempo = (104, 138), Harmonies = Modal,
                Grooves = [new((Kick, "x..x..x..x.."), (Rim, "..x..x..x..x")), new((Snare, "x.xx.xx.xx.x"), (Kick, "x.....x....."))],
                Bass = ["1-----------", "1-----5-----", "1--1--1--1--"],
                Comping = [new(Voicing.Strum, "x-xx-xx-xx-x"), new(Voicing.Power, "x-----x-----")],
                Melodies = ["xxxxxxx--x-x", "x-xx-xxxx---", "xxxx-xx-xx--", "x--xxxx--x--"],
            },
            new("air")
            {
                Tempo = (58, 84), Harmonies = Modal, Rubato = 0.05, Swell = 0.3,
                Bass = ["1---------------", "1-------5-------"],
                Comping = [new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-"), new(Voicing.Open, "x---------------")],
                Melodies = ["x-----x-x-------", "x---x-x-x---....", "x-x-x-------x-x-", "x-------x---x---"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [FrameDrums, WarDrums], Bass = [Drone], Chords = [SteelGuitar, Harp], Pad = [Drone], Lead = [Bagpipes, Fiddle] },
            new() { Drums = [FrameDrums], Bass = [Drone], Chords = [SteelGuitar], Pad = [Drone], Lead = [Fiddle, Whistle, Bagpipes] },
            new() { Bass = [Drone], Chords = [Harp, SteelGuitar], Pad = [StringSection, Drone], Lead = [Whistle, Fiddle] },
        ],
        Production = World.Production,
    };
}
