using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Genres;

/// <summary>The one is left empty, the guitar plays off the beat, and the bass is the tune.</summary>
internal static class Reggae
{
    private static readonly Harmony[] TwoChords =
    [
        new(Scale.Major, "I IV I V", "I ii I ii", "I V IV V", "I vi ii V", "I IV I IV"),
        new(Scale.Minor, "i i iv iv", "i bVII i bVII", "i iv i v", "i bVII bVI v"),
        new(Scale.MinorPentatonic, "i7 iv7", "i i iv i"),
    ];

    public static Genre Genre => new("reggae")
    {
        Neighbours = ["hiphop", "pop", "blues"],
        Years = (1968, 2006),
        Instrumental = 0.2,
        Label = "Reggae",
        NearbyLabels = ["Latin", "Rap", "International"],
        TitleWords = ["Island", "Jah", "Roots", "Babylon", "Sun", "Freedom", "Trench", "Dub", "Lion", "Smile", "Zion", "Easy"],
        Styles =
        [
            new("one drop")
            {
                Tempo = (66, 84), Harmonies = TwoChords, Swing = 0.56, SwingPair = 0.5, Bends = 0.15,
                Grooves =
                [
                    new((Kick, "........X......."), (Rim, "........X......."), (ClosedHat, "x.x.x.x.x.x.x.x.")),
                    new((Kick, "........X......."), (Snare, "........X....?.."), (ClosedHat, "x.xxx.xxx.xxx.xx")),
                ],
                Bass = ["1-..3.5-..1.--..", "..1-1.3-5---....", "1--1..5-..3.1...|1--1..5-7.5.....", "1-1-..5-..5-3-.."],
                Comping = [new(Voicing.Close, "..x...x...x...x."), new(Voicing.Close, "..xo..xo..xo..xo")],
                Pads = [new(Voicing.Close, ".xxx.xxx.xxx.xxx"), new(Voicing.Close, "..x...x...x...x."), new(Voicing.Open, "x---------------")],
                Melodies = ["x-x-x---..x-x---", "..x-x-x-x---....", "x---x-x-x-------", "x-xxx-x-........", "....x-x-x-x-x---"],
            },
            new("steppers")
            {
                Tempo = (116, 152), Harmonies = TwoChords, Swing = 0.54, Bends = 0.15,
                Grooves = [new((Kick, "x...x...x...x..."), (Rim, "........X......."), (ClosedHat, "x.x.x.x.x.x.x.x.")), new((Kick, "x...x...x...x..."), (Snare, "........X......."), (OpenHat, "..x...x...x...x."))],
                Bass = ["1---1---3---5---", "1-..1-..5-3-1-..", "1---..1-5---3-1-"],
                Comping = [new(Voicing.Close, "....x.......x..."), new(Voicing.Close, "....x-o.....x-o.")],
                Pads = [new(Voicing.Close, "..x.x.x...x.x.x."), new(Voicing.Open, "x---------------")],
                Melodies = ["x---x-x-x---x---", "....x---x-x-x---", "x-------x---x---", "x-x-x---........"],
            },
            new("ska")
            {
                Tempo = (120, 160), Harmonies = TwoChords,
                Grooves = [new((Kick, "x.......x......."), (Snare, "....x.......x..."), (ClosedHat, "..x...x...x...x.")), new((Kick, "....X.......X..."), (Rim, "....X.......X..."), (Ride, "x.x.x.x.x.x.x.x."))],
                Bass = ["w---w---w---w---", "1---3---5---3---", "1---5---8---5---"],
                Comping = [new(Voicing.Close, "..X...X...X...X.")],
                Melodies = ["x---x---x-x-x---", "x-x-x---x-------", "..x-x-x-x-x-x---"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [DubKit], Bass = [DubBass], Chords = [SkankGuitar], Pad = [BubbleOrgan], Lead = [ToneWheelOrgan, Trumpet, HornSection], Voice = [Tenor, Baritone, Alto] },
            new() { Drums = [DubKit, DrumMachine], Bass = [DubBass, SubBass], Chords = [SkankGuitar, UprightPiano], Pad = [BubbleOrgan, Clavinet], Lead = [SynthLead, Flute, Harmonica], Voice = [Tenor, Alto, Rapper] },
            new() { Drums = [TightKit, DubKit], Bass = [FingerBass, DubBass], Chords = [SkankGuitar, CleanGuitar], Pad = [HornSection, BubbleOrgan], Lead = [Saxophone, HornSection, SteelPan], Voice = [Tenor, Alto, Baritone] },
        ],
        Production = new() { Bass = (2, 8), Treble = (-4, 5), LowCut = (20, 40), HighCut = (6000, 10500), Room = (0.6, 2.4), Wetness = (0.15, 0.7), Loudness = (-21, -13), Hiss = (-72, -48), Compression = (0.2, 0.7), Crackle = (0.3, 8), Wow = (0, 6) },
    };
}
