using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Genres;

/// <summary>Backbeat, guitars from clean to driven, riffs and anthems.</summary>
internal static class Rock
{
    private static readonly Harmony[] Anthems =
    [
        new(Scale.Mixolydian, "I bVII IV I", "I I bVII IV", "I IV bVII IV"),
        new(Scale.MinorPentatonic, "I5 bIII5 IV5 I5", "i bVII bVI bVII", "i bIII bVII IV", "I7 I7 IV7 IV7 I7 I7 V7 IV7"),
        new(Scale.Major, "I V vi IV", "I IV V IV", "I iii IV V", "I vi IV V"),
    ];

    public static Genre Genre => new("rock")
    {
        Neighbours = ["metal", "country", "blues", "pop"],
        Years = (1964, 2009),
        Instrumental = 0.15,
        Label = "Pop_Rock",
        NearbyLabels = ["Country", "Folk", "Blues"],
        TitleWords = ["Road", "Thunder", "Stone", "Wild", "Rebel", "Mirror", "Fire", "Electric", "Broken", "Sky", "Runaway", "Machine"],
        Styles =
        [
            new("backbeat")
            {
                Tempo = (104, 148), Harmonies = Anthems, Bends = 0.2,
                Grooves =
                [
                    new((Kick, "x.......x.x....."), (Snare, "....X.......X..."), (ClosedHat, "x.x.x.x.x.x.x.x.")),
                    new((Kick, "x.....x.x......."), (Snare, "....X.......X..."), (OpenHat, "x...x...x...x...")),
                    new((Kick, "x..x..x.x......."), (Snare, "....X.......X..o"), (Ride, "x.x.x.x.x.x.x.x.")),
                ],
                Bass = ["1.1.1.1.1.1.1.1.", "1-----1-1-1-5-1-", "1-1-..1-1-1-..5-"],
                Comping = [new(Voicing.Power, "x-x-x-x-x-x-x-x-"), new(Voicing.Strum, "x---x-xx.xx-x-xx"), new(Voicing.Power, "x-----x-..x-x---"), new(Voicing.Chug, "X-x.x.x.X-x.x.x.")],
                Melodies = ["x---x-x-x---....", "..x-x-x-x---x---", "x-x-x---x-------", "x--x--x-x-------", "....x-x-x-x-x---"],
            },
            new("hard rock")
            {
                Tempo = (88, 128), Harmonies = Anthems, Bends = 0.3,
                Grooves = [new((Kick, "x..x....x.xx...."), (Snare, "....X.......X..."), (ClosedHat, "x.x.x.x.x.x.x.x.")), new((Kick, "x.x...x.x.x....."), (Snare, "....X.......X..."), (Crash, "x.......x......."), (ClosedHat, "..x.x.x...x.x.x."))],
                Bass = ["1-.1..1-1-.1....", "1.1.1.1.1.1.1.1.", "1-11..8-7-5-...."],
                Comping = [new(Voicing.Power, "x-.x..x-x-.x...."), new(Voicing.Chug, "X-xxX-xxX-xxX-xx"), new(Voicing.Power, "x-------x---x---")],
                Melodies = ["x-x-x---........", "x---x-x-x-------", "..x-x-x-x-x-----", "x-xxx-x-x---...."],
            },
            new("slow rock")
            {
                Tempo = (64, 86), Harmonies = Anthems, Rubato = 0.008, Bends = 0.25,
                Grooves = [new((Kick, "x.......x.x....."), (Snare, "....X.......X..."), (ClosedHat, "x.x.x.x.x.x.x.x.")), new((Kick, "x.....x....."), (Snare, "...X.....X.."), (ClosedHat, "xxxxxxxxxxxx"))],
                Bass = ["1-------1-1-5---", "1---------------", "1-----1-5-------"],
                Comping = [new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-"), new(Voicing.Strum, "x-------x---x-x-"), new(Voicing.Power, "x-------x-------")],
                Melodies = ["x-------x-x-x---", "..x-x-x-x-------", "x---x-x-x-------"],
            },
            new("rock and roll")
            {
                Tempo = (132, 176), Harmonies = [new(Scale.Blues, "I7 I7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7"), new(Scale.MajorPentatonic, "I I I I IV IV I I V IV I I")], Swing = 0.55, Bends = 0.25,
                Grooves = [new((Kick, "x...x...x...x..."), (Snare, "....X.......X..."), (Ride, "x.x.x.x.x.x.x.x.")), new((Kick, "x.......x.x....."), (Snare, "....X..x....X..."), (ClosedHat, "x.x.x.x.x.x.x.x."))],
                Bass = ["1-3-5-6-8-6-5-3-", "1.1.3.3.5.5.6.6."],
                Comping = [new(Voicing.Power, "x-x-x-x-x-x-x-x-"), new(Voicing.Close, "....X.......X..."), new(Voicing.Close, "x.x.x.x.x.x.x.x.")],
                Melodies = ["x-x-x-x-x---....", "x---x-x-x-------", "..x-x-x-x-x-x---"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [RockKit, RoomyKit], Bass = [PickBass, FingerBass], Chords = [CrunchGuitar], Pad = [ToneWheelOrgan], Lead = [LeadGuitar, BluesGuitar], Voice = [Tenor, BluesVoice, Shouter] },
            new() { Drums = [RockKit, TightKit], Bass = [PickBass], Chords = [CleanGuitar, SteelGuitar], Pad = [CrunchGuitar, StringSection], Lead = [LeadGuitar, CleanGuitar], Voice = [Tenor, Alto, Baritone] },
            new() { Drums = [RoomyKit, MetalKit], Bass = [DirtyBass, PickBass], Chords = [CrunchGuitar, HeavyGuitar], Lead = [LeadGuitar], Voice = [Shouter, Tenor] },
            new() { Drums = [RockKit], Bass = [FingerBass], Chords = [UprightPiano, ToneWheelOrgan, CrunchGuitar], Pad = [ToneWheelOrgan], Lead = [BluesGuitar, Saxophone], Voice = [BluesVoice, Tenor, Baritone] },
        ],
        Production = new() { Bass = (2, 8), Treble = (-2, 5), Room = (0.4, 1.6), Wetness = (0.1, 0.45), Loudness = (-20, -11), Hiss = (-76, -52), Compression = (0.2, 0.9), HighCut = (7000, 10500), Crackle = (0.15, 5), Wow = (0, 4) },
    };
}
