using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Genres;

/// <summary>Twelve bars, shuffled; a hoarse voice, and a guitar that answers it.</summary>
internal static class Blues
{
    private static readonly Harmony[] TwelveBars =
    [
        new(Scale.Blues, "I7 I7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7", "I7 IV7 I7 I7 IV7 IV7 I7 VI7 ii7 V7 I7 V7"),
        new(Scale.MinorPentatonic, "I7 I7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 I7", "i7 i7 i7 i7 iv7 iv7 i7 i7 bVI7 V7 i7 V7"),
        new(Scale.MajorPentatonic, "I7 IV7 I7 I7 IV7 IV7 I7 I7 V7 V7 I7 V7"),
    ];

    public static Genre Genre => new("blues")
    {
        Neighbours = ["jazz", "rock"],
        Years = (1935, 1995),
        Instrumental = 0.25,
        Label = "Blues",
        NearbyLabels = ["Jazz", "Pop_Rock"],
        TitleWords = ["River", "Midnight", "Trouble", "Highway", "Whiskey", "Crying", "Morning", "Levee", "Train", "Woman", "Blues", "Rain"],
        Styles =
        [
            new("shuffle")
            {
                Tempo = (84, 138), Harmonies = TwelveBars, Bends = 0.35,
                Grooves =
                [
                    new((Kick, "x.....x....."), (Snare, "...X.....X.."), (ClosedHat, "x.xx.xx.xx.x")),
                    new((Kick, "x..x..x..x.."), (Snare, "...X..o..X.o"), (Ride, "x.xx.xx.xx.x")),
                ],
                Bass = ["1-.3-.5-.6-.", "1-11-35-56-5", "1-.1-.5-.5-."],
                Comping = [new(Voicing.Rootless, "x-.o-xx-.o-x"), new(Voicing.Power, "x-xx-xx-xx-x"), new(Voicing.Close, "...X.....X..")],
                Melodies = ["x-xx-----...", "..xx-xx-----", "x-----x-x...", "...x-xx-x---", "x--x--x-----"],
            },
            new("slow blues")
            {
                Tempo = (48, 72), Harmonies = TwelveBars, Rubato = 0.02, Bends = 0.4,
                Grooves = [new((Kick, "x.....x....x"), (Snare, "...X.....X.."), (ClosedHat, "xxxxxxxxxxxx")), new((Kick, "x.....x....."), (Snare, "...X.....X.."), (Ride, "xxxxxxxxxxxx"))],
                Bass = ["1--..11--3-5", "1-----5--6-5", "1--3--5--3--"],
                Comping = [new(Voicing.Rootless, "xxxxxxxxxxxx"), new(Voicing.Close, "x-----x--x-x"), new(Voicing.Arpeggio, "xxxxxxxxxxxx")],
                Melodies = ["..xxx-x-----", "x-xx--......", "...xxxx-x---", "x--x-xx-----"],
            },
            new("delta")
            {
                Tempo = (76, 120), Harmonies = TwelveBars, Swing = 0.62, Rubato = 0.03, Bends = 0.45,
                Bass = ["1---5---1---5---", "1---4---1---4---", "1.......1......."],
                Comping = [new(Voicing.Picking, "x.x.x.x.x.x.x.x."), new(Voicing.Strum, "x-x-X-xxx-x-X-x-"), new(Voicing.Picking, "x.xxx.x.x.xxx.x.")],
                Melodies = ["x-x-x---........", "..x-x-x-x-------", "x---x-x-x---....", "....x-x-x-x-----"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [RockKit, RoomyKit], Bass = [FingerBass, UprightBass], Chords = [CrunchGuitar, CleanGuitar, UprightPiano], Pad = [ToneWheelOrgan], Lead = [BluesGuitar, Harmonica, Saxophone], Voice = [BluesVoice, Baritone, Alto] },
            new() { Chords = [SteelGuitar], Bass = [SteelGuitar], Lead = [Harmonica, SteelGuitar], Voice = [BluesVoice, Baritone] },
            new() { Drums = [BrushKit, JazzKit], Bass = [UprightBass], Chords = [UprightPiano, JazzGuitar], Lead = [Saxophone, BluesGuitar, Trumpet], Voice = [BluesVoice, Tenor, Alto] },
        ],
        Production = new() { Bass = (1, 7), Treble = (-5, 3), HighCut = (4500, 9500), Room = (0.4, 1.2), Loudness = (-24, -15), Hiss = (-68, -48), Crackle = (0.4, 14), Wow = (1, 9), Compression = (0.05, 0.6) },
    };
}
