using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Genres;

/// <summary>Boom-bap or a drum machine, a short loop, little bass but deep, and words.</summary>
internal static class Hiphop
{
    private static readonly Harmony[] Loops =
    [
        new(Scale.MinorPentatonic, "i7 i7", "i7 iv7", "i7 bVI", "i7 bVII i7 iv7"),
        new(Scale.Dorian, "i9 IV9", "ii9 V13", "i7 i7 IV7 i7"),
        new(Scale.Minor, "i bVI bVII i", "i v bVI v", "i i bVI V7"),
    ];

    private static readonly string[] Flow = ["xxx.xx.xxxx.x.x.", "x.xxx.xxx.xxx...", "xx.xxxx.xx.xx.x-", "..xxx.xxxxx.xx..", "x.x.xxxxx.x.xxx.", "xxxxxx.xx.xx.x-."];

    public static Genre Genre => new("hiphop")
    {
        Neighbours = ["disco", "reggae", "pop", "jazz"],
        Years = (1986, 2010),
        Instrumental = 0.15,
        Label = "Rap",
        NearbyLabels = ["RnB", "Electronic"],
        TitleWords = ["Street", "Crown", "Block", "Mic", "Smoke", "Cipher", "City", "Bounce", "Real", "Paper", "Corner", "Crew"],
        Styles =
        [
            new("boom-bap")
            {
                Tempo = (84, 100), Harmonies = Loops, Swing = 0.58, SwingPair = 0.5, IsSpoken = true, Melodies = Flow,
                Grooves =
                [
                    new((Kick, "X......x..x....."), (Snare, "....X.......X..."), (ClosedHat, "x.x.x.x.x.x.x.x.")),
                    new((Kick, "X.x.......xx...."), (Snare, "....X.......X..."), (ClosedHat, "x.xxx.x.x.x.xxx.")),
                    new((Kick, "X..x...x..x....."), (Snare, "....X..o.o..X..."), (ClosedHat, "x.x.x.x.x.x.x.x."), (OpenHat, "..............x.")),
                ],
                Bass = ["1--....1..5-....", "1------1..8.....", "1-....1---......|1-....3-5-......", "1--.1-....5---.."],
                Comping = [new(Voicing.Rootless, "x-----....x-...."), new(Voicing.Close, "x-..x-..x-..x-.."), new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-"), new(Voicing.Close, "x---------......")],
            },
            new("electro")
            {
                Tempo = (100, 118), Harmonies = Loops, IsSpoken = true, Melodies = Flow,
                Grooves = [new((Kick, "X.....x...x....."), (Clap, "....X.......X..."), (ClosedHat, "x.xxx.xxx.xxx.xx"), (Cowbell, "..x..x....x..?..")), new((Kick, "X..x..x...x.x..."), (Snare, "....X.......X..."), (ClosedHat, "xxxxxxxxxxxxxxxx"))],
                Bass = ["1..1..1...1.8...", "1-....1-..5-....", "1.8.1..8..1.8..."],
                Comping = [new(Voicing.Close, "x.....x......x.."), new(Voicing.Arpeggio, "x.x.x.x.x.x.x.x."), new(Voicing.Close, "..x...x...x...x.")],
            },
            new("slow ride")
            {
                Tempo = (66, 84), Harmonies = Loops, IsSpoken = true, Melodies = Flow,
                Grooves = [new((Kick, "X.....x..x......"), (Clap, "....X.......X..."), (ClosedHat, "x.x.x.xxx.x.x.xx")), new((Kick, "X......x.x......"), (Snare, "....X.......X..."), (ClosedHat, "xxxxxxxxxxxxxxxx"))],
                Bass = ["1-----------5---", "1-----1--8------", "1---....1-------"],
                Comping = [new(Voicing.Close, "x---------------"), new(Voicing.Rootless, "x---x---x---x---"), new(Voicing.Arpeggio, "x.x.x.x.x.x.x.x.")],
            },
        ],
        Ensembles =
        [
            new() { Drums = [SampledKit], Bass = [SubBass, UprightBass, DubBass], Chords = [ElectricPiano, GrandPiano, JazzGuitar], Pad = [StringSection], Lead = [Trumpet, Flute, Saxophone], Voice = [Rapper, WomanRapper] },
            new() { Drums = [DrumMachine], Bass = [SubBass, SynthBass], Chords = [SynthPluck, SynthBrass, Bell], Pad = [WarmPad], Lead = [SquareLead, SynthLead], Voice = [Rapper, WomanRapper] },
            new() { Drums = [SampledKit, DiscoKit], Bass = [FingerBass, SubBass], Chords = [FunkGuitar, Clavinet, ElectricPiano], Pad = [HornSection], Lead = [HornSection, SynthLead], Voice = [Rapper] },
        ],
        Production = new() { Bass = (2, 9), Treble = (-3, 9), LowCut = (20, 40), HighCut = (6500, 10500), Room = (0.2, 0.9), Wetness = (0.05, 0.3), Loudness = (-18, -11), Hiss = (-72, -50), Crackle = (0.5, 12), Compression = (0.3, 0.9), Wow = (0, 6) },
    };
}
