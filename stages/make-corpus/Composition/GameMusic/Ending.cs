using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Composition.GameMusic.GameConsole;
using static Pipeline.Stages.MakeCorpus.Synthesis.ChipInstruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.GameMusic;

/// <summary>The credits: slow, broad, a long tune over full chords.</summary>
internal static class Ending
{
    private static readonly Harmony[] Farewell =
    [
        new(Scale.Major, "I V vi iii IV I IV V", "I IV V vi", "IV V iii vi ii V I I", "I iii IV V"),
        new(Scale.Mixolydian, "I bVII IV I", "bVI bVII I I"),
    ];

    public static Genre Genre => new("Ending")
    {
        Years = AllYears,
        Length = (16, 39),
        TitleWords = ["Farewell", "Dawn", "Home", "Memory", "Promise", "Peace", "Tomorrow", "Light", "Tale", "Star"],
        Styles =
        [
            new("hymn")
            {
                Tempo = (60, 88), Harmonies = Farewell, Rubato = 0.03, Swell = 0.3,
                Bass = ["1---------------", "1-------5-------", "1-------1---3---"],
                Comping = [new(Voicing.Open, "x-------x-------"), new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-"), new(Voicing.Close, "x---x---x---x---")],
                Melodies = ["x-------x---x---", "x-----x-x-------", "x---x---x-------", "x-----------x-x-"],
            },
            new("credits")
            {
                Tempo = (72, 104), Harmonies = Farewell,
                Grooves = [new((Kick, "x.......x.x....."), (Snare, "....X.......X..."), (Ride, "x...x...x...x...")), new((Kick, "x.....x.x......."), (Snare, "....x.......x..."), (Ride, "x...x...x...x..."))],
                Bass = ["1-------1-1-5---", "1-----1-5---3---", "1-------5-------"],
                Comping = [new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-"), new(Voicing.Close, "x-------x---x---"), new(Voicing.Open, "x---------------")],
                Melodies = ["x---x-x-x-------", "x-------x-x-x---", "..x-x-x-x-------", "x-----x-x---x---"],
            },
        ],
        Ensembles =
        [
            Pulses with { Chords = [ReedyPulse] },
            Handheld,
            Modulated with { Chords = [FmHarp, FmOrgan], Pad = [FmOrgan] },
            Sampled with { Lead = [Violin, StringSection, Flute] },
        ],
        Production = AnyProduction,
    };
}
