using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Genres;

/// <summary>No drums; tempo and loudness breathe with the phrase.</summary>
internal static class Classical
{
    private static readonly Harmony[] Functional =
    [
        new(Scale.Major, "I IV V7 I vi ii7 V7 I", "I V vi iii IV I IV V7", "I vi ii V7 I IV I,V7 I", "I I V7 V7 V7 V7 I I"),
        new(Scale.HarmonicMinor, "i iv V7 i bVI iv V7 i", "i iv bVII bIII bVI iio V7 i", "i V7 i iv i,V7 i V7 i", "i bVI iv V7 i bVI V7 i"),
    ];

    public static Genre Genre => new("classical")
    {
        Neighbours = ["jazz"],
        Years = (1955, 2010),
        Instrumental = 0.85,
        Label = "New Age",
        NearbyLabels = ["International", "Vocal"],
        TitleWords = ["Andante", "Allegro", "Nocturne", "Prelude", "Sonata", "Minuet", "Largo", "Serenade", "Fugue", "Romance", "Pastoral", "Elegy"],
        Styles =
        [
            new("sonata")
            {
                Tempo = (92, 152), Harmonies = Functional, Rubato = 0.05, Swell = 0.45,
                Bass = ["1-------5-------", "1---1---5---5---", "1---------------"],
                Comping = [new(Voicing.Alberti, "xxxxxxxxxxxxxxxx"), new(Voicing.Alberti, "x-x-x-x-x-x-x-x-"), new(Voicing.Close, "x---x---x---x---")],
                Melodies = ["x---x-x-x---x---", "x-----x-x-------", "xxxxx---x---x---", "x---x---x-x-x-x-", "x-xxx-xxx-------"],
            },
            new("adagio")
            {
                Tempo = (52, 80), Harmonies = Functional, Rubato = 0.1, Swell = 0.45,
                Bass = ["1-------5-------", "1---------------", "1-------3---5---"],
                Comping = [new(Voicing.Open, "x---------------"), new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-"), new(Voicing.Close, "x-------x-------")],
                Melodies = ["x-------x---x---", "x-----------x-x-", "x---x-x-x-------", "--x-x-x-x-------"],
            },
            new("waltz")
            {
                Tempo = (108, 176), Meter = 3, Harmonies = Functional, Rubato = 0.08, Swell = 0.45,
                Bass = ["1-----", "1-----|5-----", "1-...."],
                Comping = [new(Voicing.Close, "..x-x-"), new(Voicing.Arpeggio, "xxxxxx"), new(Voicing.Close, "..x.x.")],
                Pads = [new(Voicing.Open, "x-----")],
                Melodies = ["x---x-", "x-----", "x-xxx-", "x-x-x-", "xxxxxx"],
            },
            new("baroque")
            {
                Tempo = (76, 116), Harmonies = Functional, Rubato = 0.015, Swell = 0.2,
                Bass = ["1-3-5-8-5-3-5-3-", "w-w-w-w-w-w-w-w-", "1---5---3---5---"],
                Comping = [new(Voicing.Arpeggio, "xxxxxxxxxxxxxxxx"), new(Voicing.Close, "x-------x-------"), new(Voicing.Open, "x---x---x---x---")],
                Melodies = ["xxxxxxxxxxxxxxxx", "x-xxx-xxx-xxx-x-", "x-x-xxxxx-x-xxxx", "..xxxxxxx-x-x---"],
            },
        ],
        Ensembles =
        [
            new() { Chords = [GrandPiano], Lead = [GrandPiano], Bass = [GrandPiano] },
            new() { Bass = [Cellos], Chords = [StringSection], Pad = [StringSection], Lead = [Violin, Flute, Clarinet] },
            new() { Bass = [Cello, Cellos], Chords = [Harpsichord, Harp], Pad = [StringSection], Lead = [Flute, Violin, Trumpet] },
            new() { Bass = [Cello], Chords = [NylonGuitar, Harp, GrandPiano], Lead = [Violin, Cello, NylonGuitar, Clarinet] },
            new() { Bass = [ChurchOrgan], Chords = [ChurchOrgan], Pad = [Choir], Lead = [ChurchOrgan, Trumpet], Voice = [Soprano, Choir] },
            new() { Bass = [Cellos], Chords = [StringSection, Harp], Pad = [HornSection, Choir], Lead = [StringSection, Trumpet, Clarinet], Voice = [Soprano, Tenor] },
        ],
        Production = new() { Bass = (-4, 2), Treble = (-5, 3), Room = (1.2, 3.2), Wetness = (0.3, 0.9), Loudness = (-30, -17), Hiss = (-75, -48), Compression = (0, 0.2), Wow = (0, 3), HighCut = (4500, 10500), Crackle = (0.2, 6) },
    };
}
