using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Composition.GameMusic.GameConsole;
using static Pipeline.Stages.MakeCorpus.Synthesis.ChipInstruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.GameMusic;

/// <summary>Common enemies: fast, minor, a bass that never rests.</summary>
internal static class Battle
{
    private static readonly Harmony[] Restless =
    [
        new(Scale.Minor, "i bVI bVII i", "i i bVI bVII", "i bVII bVI V", "i bIII bVI bVII"),
        new(Scale.HarmonicMinor, "i bVI iv V", "i V i V", "i iv bVI V"),
        new(Scale.Dorian, "i IV i bVII", "i bVII IV i"),
    ];

    public static Genre Genre => new("Battle")
    {
        Years = AllYears,
        Length = (10, 39),
        TitleWords = ["Blade", "Clash", "Charge", "Steel", "Ambush", "Fury", "Duel", "Enemy", "Strike", "Danger"],
        Styles =
        [
            new("gallop")
            {
                Tempo = (136, 184), Harmonies = Restless,
                Grooves = [new((Kick, "X.xxX.xxX.xxX.xx"), (Snare, "....X.......X...")), new((Kick, "x...x...x...x..."), (Snare, "....X.......X..."), (ClosedHat, "x.xxx.xxx.xxx.xx"))],
                Bass = ["1.111.111.111.11", "1.1.8.1.1.1.8.1.", "1111111111111111"],
                Comping = [new(Voicing.Close, "x..x..x.x..x..x."), new(Voicing.Arpeggio, "xxxxxxxxxxxxxxxx"), new(Voicing.Power, "x-.x..x-x-.x....")],
                Melodies = ["x-x-x-xxx---x---", "x--x--x-x-x-x-x-", "xxx-x-x-x---....", "x-----x-x-x-x---"],
            },
            new("skirmish")
            {
                Tempo = (118, 160), Harmonies = Restless,
                Grooves = [new((Kick, "x.....x.x......."), (Snare, "....X.......X..x"), (ClosedHat, "x.x.x.x.x.x.x.x.")), new((Kick, "x..x..x...x....."), (Snare, "....X.......X..."), (OpenHat, "..x...x...x...x."))],
                Bass = ["1.1.1.1.1.1.1.1.", "1-1-8-1-1-1-7-5-", "1..1..1.1..1..5."],
                Comping = [new(Voicing.Close, "x.x...x.x.x...x."), new(Voicing.Power, "X-x.x.x.X-x.x.x."), new(Voicing.Arpeggio, "x.x.x.x.x.x.x.x.")],
                Melodies = ["x---x-x-x-x-x---", "..x-x-x-x---x---", "x--x--x-x-------", "x-x-x---x-x-x---"],
            },
        ],
        Ensembles =
        [
            Pulses with { Chords = [ThinPulse], Lead = [SingingPulse] },
            Handheld with { Chords = [ReedyPulse] },
            Modulated with { Chords = [FmOrgan, Clavinet], Lead = [FmBrass] },
            Sampled with { Lead = [Trumpet, StringSection] },
        ],
        Production = AnyProduction,
    };
}
