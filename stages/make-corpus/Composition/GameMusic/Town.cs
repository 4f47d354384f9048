using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Composition.GameMusic.GameConsole;
using static Pipeline.Stages.MakeCorpus.Synthesis.ChipInstruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.WorldInstruments;

namespace Pipeline.Stages.MakeCorpus.Composition.GameMusic;

/// <summary>Where one rests and buys: a gentle tune in major, often in three, over a bass and its chords in turn.</summary>
internal static class Town
{
    private static readonly Harmony[] Homely =
    [
        new(Scale.Major, "I IV I V", "I vi ii V", "I V IV I", "I I IV V"),
        new(Scale.MajorPentatonic, "I IV I V", "I vi IV V"),
    ];

    public static Genre Genre => new("Town")
    {
        Years = AllYears,
        Length = (12, 36),
        TitleWords = ["Market", "Bakery", "Harbour", "Village", "Well", "Tavern", "Garden", "Bridge", "Mill", "Morning"],
        Styles =
        [
            new("waltz")
            {
                Tempo = (92, 132), Meter = 3, Harmonies = Homely,
                Bass = ["1-....", "1-....|5-....", "1-----"],
                Comping = [new(Voicing.Close, "..x.x."), new(Voicing.Close, "..x-x-"), new(Voicing.Arpeggio, "x.x.x.")],
                Pads = [new(Voicing.Open, "x-----")],
                Melodies = ["x---x-", "x-xxx-", "x-----", "x-x-x-"],
            },
            new("stroll")
            {
                Tempo = (88, 124), Harmonies = Homely, Swing = 0.56,
                Grooves = [new((Kick, "x.......x......."), (Rim, "....x.......x...")), new((Kick, "x.......x......."), (Tambourine, "....x.......x..."))],
                Bass = ["1---5---1---5---", "1-..5-..1-..5-..", "1---3---5---3---"],
                Comping = [new(Voicing.Close, "....x.......x..."), new(Voicing.Close, "..x...x...x...x."), new(Voicing.Alberti, "x-x-x-x-x-x-x-x-")],
                Melodies = ["x---x-x-x---x---", "x-x-x---x-x-x---", "x-xxx-x-x---....", "..x-x-x-x---x---"],
            },
        ],
        Ensembles =
        [
            Pulses with { Chords = [HollowPulse], Lead = [SoftPulse] },
            Handheld with { Chords = [HollowPulse], Lead = [SoftPulse] },
            Modulated with { Chords = [FmHarp, Clavinet], Pad = [FmOrgan], Lead = [FmLead] },
            Sampled with { Lead = [Flute, Clarinet, Violin], Chords = [NylonGuitar, Harp, Accordion] },
        ],
        Production = AnyProduction,
    };
}
