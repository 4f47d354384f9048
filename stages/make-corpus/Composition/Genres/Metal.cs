using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Genres;

/// <summary>Power chords through a driven amplifier, two bass drums, dark modes.</summary>
internal static class Metal
{
    private static readonly Harmony[] Dark =
    [
        new(Scale.Minor, "i5 i5 bVI5 bVII5", "i5 bVI5 bIII5 bVII5", "i5 i5 iv5 bVI5", "i5 bVII5 bVI5 V5"),
        new(Scale.Phrygian, "i5 bII5 i5 bIII5", "i5 i5 bII5 bII5", "i5 bII5 bVI5 bVII5"),
        new(Scale.HarmonicMinor, "i5 bVI5 iv5 V5", "i5 iv5 bVII5 bIII5 bVI5 iio V5 V5"),
    ];

    public static Genre Genre => new("metal")
    {
        Neighbours = ["rock", "classical"],
        Years = (1978, 2010),
        Instrumental = 0.2,
        Label = "Pop_Rock",
        NearbyLabels = ["Electronic"],
        TitleWords = ["Iron", "Ashes", "Wrath", "Throne", "Blood", "Storm", "Grave", "Serpent", "Steel", "Winter", "Oblivion", "Wolf"],
        Styles =
        [
            new("thrash")
            {
                Tempo = (150, 205), Harmonies = Dark, Bends = 0.1,
                Grooves =
                [
                    new((Kick, "x.xxx.xxx.xxx.xx"), (Snare, "....X.......X..."), (Ride, "x.x.x.x.x.x.x.x.")),
                    new((Kick, "xxxxxxxxxxxxxxxx"), (Snare, "....X.......X..."), (ClosedHat, "x...x...x...x...")),
                    new((Kick, "x.x.x.x.x.x.x.x."), (Snare, "..X...X...X...X."), (ClosedHat, "x.x.x.x.x.x.x.x.")),
                ],
                Bass = ["1.1.1.1.1.1.1.1.", "1.111.111.111.11", "1-1.1.1.1-1.1.8."],
                Comping = [new(Voicing.Chug, "X-xxxxxxX-xxxxxx"), new(Voicing.Chug, "xxxxX-xxxxX-X---"), new(Voicing.Power, "x-------x---x---"), new(Voicing.Chug, "x.xxx.xxX-xxX-xx")],
                Melodies = ["x---x---x---x---", "x-x-x-x-x-------", "xxxxxxxxxxxxxxxx", "x-----x-----x---", "..x-x-x-x-------"],
            },
            new("heavy")
            {
                Tempo = (96, 140), Harmonies = Dark, Bends = 0.25,
                Grooves = [new((Kick, "x.....x.x.x....."), (Snare, "....X.......X..."), (ClosedHat, "x.x.x.x.x.x.x.x.")), new((Kick, "x.xx..xxx.xx..xx"), (Snare, "....X.......X..."), (Ride, "x...x...x...x...")), new((Kick, "xxxxxxxxxxxxxxxx"), (Snare, "........X......."), (Crash, "x...x...x...x..."))],
                Bass = ["1.1.1.1.1.1.1.1.", "1-----1-1-1-----", "1.11..111.11..11"],
                Comping = [new(Voicing.Power, "x-----x-x-x-----"), new(Voicing.Chug, "X---xxxxX---xxxx"), new(Voicing.Chug, "xxX-xxX-xxX-X---"), new(Voicing.Power, "x---------------")],
                Melodies = ["x-------x---x---", "x---x-x-x-------", "x-x-x-x-x-x-x-x-", "..x-x---x-------"],
            },
            new("doom")
            {
                Tempo = (60, 84), Harmonies = Dark, Bends = 0.2,
                Grooves = [new((Kick, "x.......x.x....."), (Snare, "....X.......X..."), (Crash, "x.......x.......")), new((Kick, "x.....x.x......."), (Snare, "........X......."), (Ride, "x...x...x...x..."))],
                Bass = ["1---------------", "1-------1---8---"],
                Comping = [new(Voicing.Power, "x---------------"), new(Voicing.Power, "x-------x---x---"), new(Voicing.Chug, "X-----------xxxx")],
                Melodies = ["x-------x-------", "x-----------x---", "....x---x-------"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [MetalKit], Bass = [DirtyBass, PickBass], Chords = [HeavyGuitar], Pad = [HeavyGuitar], Lead = [LeadGuitar], Voice = [Growler, Shouter] },
            new() { Drums = [MetalKit, RockKit], Bass = [PickBass, DirtyBass], Chords = [HeavyGuitar, CrunchGuitar], Lead = [LeadGuitar], Voice = [Shouter, Tenor] },
            new() { Drums = [MetalKit, RoomyKit], Bass = [DirtyBass], Chords = [HeavyGuitar], Pad = [StringSection, Choir], Lead = [LeadGuitar, Violin], Voice = [Soprano, Tenor, Growler] },
        ],
        Production = new() { Bass = (3, 9), Treble = (1, 8), Room = (0.4, 1.4), Wetness = (0.08, 0.4), Loudness = (-17, -10), Hiss = (-75, -55), Compression = (0.4, 1), HighCut = (6500, 10500), Crackle = (0.03, 3) },
    };
}
