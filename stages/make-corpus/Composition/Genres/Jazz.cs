using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Genres;

/// <summary>Swung ride, walking bass, chords with sevenths and ninths that move in fifths.</summary>
internal static class Jazz
{
    private static readonly Harmony[] Standards =
    [
        new(Scale.Major, "ii7 V7 Imaj7 Imaj7 ii7 V7 Imaj9 VI7b9", "Imaj7 VI7 ii7 V7 iii7 VI7 ii7 V13", "Imaj7 Imaj7 ii7 V7 Imaj7,VI7 ii7,V7 Imaj7 Imaj7"),
        new(Scale.Dorian, "i9 i9 i9 i9 iv9 iv9 i9 i9", "ii7b5 V7b9 i7 i7 iv7 bVII7 bIIImaj7 bVImaj7"),
        new(Scale.Blues, "I7 IV7 I7 I7 IV7 IV7 I7 VI7b9 ii7 V7 I7,VI7 ii7,V7"),
    ];

    public static Genre Genre => new("jazz")
    {
        Neighbours = ["blues", "classical", "disco"],
        Years = (1938, 2005),
        Instrumental = 0.75,
        Label = "Jazz",
        NearbyLabels = ["Blues", "Vocal", "Latin"],
        TitleWords = ["Blue", "Autumn", "Corner", "Moon", "Waltz", "Lullaby", "Stranger", "Avenue", "Harlem", "Velvet", "Minor", "Thing"],
        Styles =
        [
            new("swing")
            {
                Tempo = (116, 208), Harmonies = Standards, Bends = 0.12,
                Grooves =
                [
                    new((Ride, "x..x.xx..x.x"), (ClosedHat, "...x.....x.."), (Kick, "o..o..o..o.?"), (Snare, "..?..?..?..?")),
                    new((Ride, "x..x.xx..x.x"), (ClosedHat, "...x.....x.."), (Snare, ".?.......?.o"), (Kick, "....?......?")),
                ],
                Bass = ["w--w--w--w--", "w--w--w--w-w"],
                Comping = [new(Voicing.Rootless, "..x--....x.."), new(Voicing.Rootless, "x-...x......"), new(Voicing.Rootless, "x-...x...x-.|..x.....?..."), new(Voicing.Close, "x..x..x..x..")],
                Melodies = ["x-xx-xx-xx-x", "..xx-xx-x---", "x-xx-x......", "xxxx-xx-x---", "x--..xx-xx-x", "...x-xx-xx--"],
            },
            new("ballad")
            {
                Tempo = (54, 80), Harmonies = Standards, Rubato = 0.03, Swell = 0.25, Swing = 0.6, Bends = 0.15,
                Grooves = [new((Ride, "x...x..xx...x..x"), (ClosedHat, "....x.......x..."), (Kick, "o.......o......."), (Snare, "o..oo..oo..oo..o"))],
                Bass = ["1-------5---w---", "1-----1-w---w---"],
                Comping = [new(Voicing.Rootless, "x-------x-------"), new(Voicing.Open, "x-----x-....x---"), new(Voicing.Arpeggio, "x-x-x-x-x-------")],
                Melodies = ["..x-x-x-x-------", "x-----x-x-x-x---", "x-xxx-x-x-------", "xxxxx---........"],
            },
            new("bossa nova")
            {
                Tempo = (112, 148), Harmonies = Standards,
                Grooves = [new((Kick, "x..xx..xx..xx..x"), (Rim, "x..x..x...x..x.."), (ClosedHat, "x.x.x.x.x.x.x.x.")), new((Kick, "x..xx..xx..xx..x"), (Shaker, "xoxoxoxoxoxoxoxo"), (Rim, "..x..x..x..x..x."))],
                Bass = ["1-----5-5-----1-", "1-----1-5-----5-"],
                Comping = [new(Voicing.Rootless, "x-.x-.x-..x-.x-."), new(Voicing.Close, "x--x--x---x--x--")],
                Melodies = ["x--x--x---x-x---", "..x-x-x--x------", "x---x--x--x-----", "x--x--x-x-------"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [JazzKit, BrushKit], Bass = [UprightBass], Chords = [GrandPiano], Lead = [Saxophone, Trumpet, Clarinet, MutedTrumpet], Voice = [Alto, Tenor] },
            new() { Drums = [BrushKit, JazzKit], Bass = [UprightBass], Chords = [JazzGuitar, NylonGuitar], Lead = [Vibraphone, Flute, JazzGuitar, Saxophone], Voice = [Alto, Soprano] },
            new() { Drums = [JazzKit, TightKit], Bass = [FingerBass, UprightBass], Chords = [ElectricPiano, ToneWheelOrgan], Pad = [HornSection], Lead = [Saxophone, Trumpet, JazzGuitar], Voice = [Baritone, Alto] },
            new() { Bass = [UprightBass], Chords = [GrandPiano, JazzGuitar], Lead = [GrandPiano, Clarinet, Violin] },
        ],
        Production = new() { Bass = (-2, 5), Treble = (-5, 3), HighCut = (4000, 10500), Room = (0.5, 1.6), Wetness = (0.15, 0.6), Loudness = (-26, -16), Hiss = (-75, -50), Compression = (0, 0.4), Crackle = (0.3, 9), Wow = (0, 7) },
    };
}
