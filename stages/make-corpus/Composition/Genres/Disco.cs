using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Genres;

/// <summary>Four on the floor, open hats between, octaves in the bass, strings above.</summary>
internal static class Disco
{
    private static readonly Harmony[] Dance =
    [
        new(Scale.Minor, "i bVII bVI V7", "i iv bVII bIII", "i i iv iv", "i7 IV9 i7 IV9", "bVI bVII i i"),
        new(Scale.Dorian, "i7 i7 IV9 IV9", "i7 bVII i7 IV9"),
        new(Scale.Major, "Imaj7 vi7 ii7 V7", "IVmaj7 V iii7 vi7", "I V vi IV"),
    ];

    public static Genre Genre => new("disco")
    {
        Neighbours = ["pop", "hiphop", "rock"],
        Years = (1974, 1984),
        Instrumental = 0.15,
        Label = "Electronic",
        NearbyLabels = ["RnB", "Pop_Rock"],
        TitleWords = ["Night", "Dance", "Fever", "Love", "Boogie", "Star", "Saturday", "Fire", "Move", "Heat", "Mirror", "Lady"],
        Styles =
        [
            new("four on the floor")
            {
                Tempo = (108, 132), Harmonies = Dance,
                Grooves =
                [
                    new((Kick, "X...X...X...X..."), (Snare, "....X.......X..."), (OpenHat, "..x...x...x...x."), (ClosedHat, "x.......x.......")),
                    new((Kick, "X...X...X...X..."), (Clap, "....X.......X..."), (ClosedHat, "xxoxxxoxxxoxxxox"), (Conga, "..?.x..x..?.x.x.")),
                    new((Kick, "X...X...X...X..."), (Snare, "....X.......X..."), (OpenHat, "..x...x...x...x."), (Tambourine, "xoxoxoxoxoxoxoxo")),
                ],
                Bass = ["1.8.1.8.1.8.1.8.", "1-.11.8.1-.15.8.", "1..18.1.5..57.8.", "1.1.8.1.1.1.8.58"],
                Comping = [new(Voicing.Close, "x.ox..xo..x.oxx."), new(Voicing.Rootless, "..x...x...x...x."), new(Voicing.Close, "x--...x-..x-....")],
                Pads = [new(Voicing.Open, "x---------------"), new(Voicing.Close, "..x-x-......x---"), new(Voicing.Close, "x-x-----........")],
                Melodies = ["x-x-x---..x-x---", "..x-x-x-x---....", "x---x---x-x-x---", "x-xx-x-x-x------", "....x-xxx-x-x---"],
            },
            new("funk")
            {
                Tempo = (98, 116), Harmonies = Dance, Swing = 0.54, SwingPair = 0.5,
                Grooves = [new((Kick, "X..x..x...x.x..."), (Snare, "....X..o.o..X..o"), (ClosedHat, "xxxxxxxxxxxxxxxx")), new((Kick, "X.....x.x.x....."), (Snare, "....X..o....X.o."), (ClosedHat, "x.xxx.x.x.xxx.x."), (OpenHat, "......x........."))],
                Bass = ["1..1..8.7.8...57", "1-..1.8...1-5.78", "1..8..1..7.8.5.."],
                Comping = [new(Voicing.Close, "oxoxX.oxoxoxX.ox"), new(Voicing.Rootless, "....x.....x..x.."), new(Voicing.Close, "x..x..x...x.x...")],
                Melodies = ["x-x-x---..x-x---", "..x-x-x-x---....", "x.x.x-x-x---....", "x..x..x-x-------"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [DiscoKit], Bass = [FingerBass, SlapBass], Chords = [FunkGuitar, ElectricPiano], Pad = [DiscoStrings], Lead = [HornSection, DiscoStrings, Flute], Voice = [Alto, Soprano, Tenor] },
            new() { Drums = [DiscoKit, DrumMachine], Bass = [SynthBass], Chords = [SynthPluck, Clavinet], Pad = [BrightPad, DiscoStrings], Lead = [SynthLead, SynthBrass], Voice = [Alto, Soprano, Tenor] },
            new() { Drums = [DiscoKit, TightKit], Bass = [FingerBass, SlapBass], Chords = [FunkGuitar, Clavinet, GrandPiano], Pad = [HornSection, DiscoStrings], Lead = [Saxophone, HornSection], Voice = [Tenor, Alto] },
        ],
        Production = new() { Bass = (2, 8), Treble = (2, 9), Room = (0.5, 1.5), Loudness = (-18, -11), Hiss = (-78, -55), Compression = (0.3, 0.9), HighCut = (7500, 10500) },
    };
}
