using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Genres;

/// <summary>Boom-chick and train beat, steel strings, three chords and the truth.</summary>
internal static class Country
{
    private static readonly Harmony[] ThreeChords =
    [
        new(Scale.Major, "I I IV I I I V V", "I IV I V I IV V I", "I V IV I I V V I", "I I IV IV V V I I"),
        new(Scale.MajorPentatonic, "I IV V I I IV V I", "I vi IV V I vi IV V", "I V vi IV I V IV IV"),
    ];

    public static Genre Genre => new("country")
    {
        Neighbours = ["rock", "pop"],
        Years = (1955, 2008),
        Instrumental = 0.1,
        Label = "Country",
        NearbyLabels = ["Folk", "Pop_Rock"],
        TitleWords = ["Whiskey", "Home", "Highway", "Heart", "Tennessee", "Rodeo", "Mama", "Lonesome", "Dusty", "Boots", "Saturday", "Creek"],
        Styles =
        [
            new("boom-chick")
            {
                Tempo = (96, 132), Harmonies = ThreeChords, Swing = 0.54, Bends = 0.2,
                Grooves = [new((Kick, "x.......x......."), (Snare, "....x.......x..."), (ClosedHat, "x.x.x.x.x.x.x.x.")), new((Kick, "x.......x......."), (Rim, "....X.......X..."), (Shaker, "x.x.x.x.x.x.x.x."))],
                Bass = ["1-------5-------", "1-------4-------", "1---....5---w---"],
                Comping = [new(Voicing.Strum, "....X-x-....X-x-"), new(Voicing.Strum, "x...X-x-x...X-x-"), new(Voicing.Picking, "x.x.x.x.x.x.x.x.")],
                Melodies = ["x---x-x-x-------", "..x-x-x-x---x---", "x-x-x---x-------", "x---x---x-x-x---", "....x-x-x-x-x---"],
            },
            new("train beat")
            {
                Tempo = (100, 128), Harmonies = ThreeChords, Swing = 0.53, Bends = 0.2,
                Grooves = [new((Kick, "x...x...x...x..."), (Snare, "ooXoooXoooXoooXx")), new((Kick, "x.......x......."), (Snare, "oxXxoxXxoxXxoxXx"))],
                Bass = ["1---5---1---5---", "1---4---1---4---", "1---5---1---w---"],
                Comping = [new(Voicing.Strum, "x-X-x-X-x-X-x-X-"), new(Voicing.Picking, "xxxxxxxxxxxxxxxx"), new(Voicing.Strum, "..X-..X-..X-..X-")],
                Melodies = ["x-x-x-x-x-------", "x---x-x-x-x-x---", "..x-x-x-x-x-x---", "x-xxx-x-x---...."],
            },
            new("ballad")
            {
                Tempo = (66, 88), Harmonies = ThreeChords, Rubato = 0.01, Bends = 0.3,
                Grooves = [new((Kick, "x.....x.x......."), (Rim, "....x.......x..."), (ClosedHat, "x.x.x.x.x.x.x.x.")), new((Kick, "x.......x.x....."), (Snare, "....x.......x..."), (ClosedHat, "x.x.x.x.x.x.x.x."))],
                Bass = ["1-------5-------", "1-----1-5-------"],
                Comping = [new(Voicing.Picking, "x.x.x.x.x.x.x.x."), new(Voicing.Strum, "x---x-x-x---x-x-"), new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-")],
                Melodies = ["x-----x-x-------", "..x-x-x-x-------", "x---x-x-x---x---"],
            },
            new("country waltz")
            {
                Tempo = (84, 126), Meter = 3, Harmonies = ThreeChords, Bends = 0.25,
                Grooves = [new((Kick, "x....."), (Snare, "..x.x."), (ClosedHat, "x.x.x."))],
                Bass = ["1-----|5-----", "1-----"],
                Comping = [new(Voicing.Strum, "..X-X-"), new(Voicing.Strum, "x.X-X-")],
                Pads = [new(Voicing.Open, "x-----")],
                Melodies = ["x---x-", "x-----", "x-x-x-", "..x-x-"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [TightKit, BrushKit, RockKit], Bass = [FingerBass, UprightBass], Chords = [SteelGuitar], Pad = [PedalSteel], Lead = [PedalSteel, Fiddle, CleanGuitar], Voice = [Baritone, Tenor, Alto] },
            new() { Bass = [UprightBass], Chords = [SteelGuitar, Banjo], Pad = [Mandolin], Lead = [Fiddle, Banjo, Mandolin], Voice = [Tenor, Alto, Soprano] },
            new() { Drums = [RockKit, RoomyKit], Bass = [FingerBass, PickBass], Chords = [CleanGuitar, SteelGuitar, CrunchGuitar], Pad = [ToneWheelOrgan, PedalSteel], Lead = [LeadGuitar, PedalSteel, Fiddle], Voice = [Tenor, Alto, Baritone] },
        ],
        Production = new() { Bass = (3, 9), Treble = (1, 9), HighCut = (6500, 10500), Room = (0.4, 1.4), Loudness = (-21, -13), Hiss = (-75, -50), Crackle = (0.2, 8), Wow = (0, 5) },
    };
}
