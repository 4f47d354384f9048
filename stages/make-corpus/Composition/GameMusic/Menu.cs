using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Composition.GameMusic.GameConsole;
using static Pipeline.Stages.MakeCorpus.Synthesis.ChipInstruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.GameMusic;

/// <summary>Files, settings, the shop's list: a short figure that may go on for ever and is in nobody's way.</summary>
internal static class Menu
{
    private static readonly Harmony[] Floating =
    [
        new(Scale.MajorPentatonic, "Imaj7 IVmaj7", "I ii I ii", "Imaj7 vi IVmaj7 V"),
        new(Scale.Lydian, "Imaj7 II Imaj7 II", "I II vi II"),
        new(Scale.Dorian, "i7 IV7", "ii7 V7 Imaj7 vi"),
    ];

    public static Genre Genre => new("Menu")
    {
        Years = AllYears,
        Length = (10, 24),
        TitleWords = ["Select", "Start", "Option", "Party", "Item", "Save", "Cursor", "Name", "Page", "File"],
        Styles =
        [
            new("figure")
            {
                Tempo = (84, 120), Harmonies = Floating,
                Bass = ["1-------5-------", "1-....1-5-......", "1---------------"],
                Comping = [new(Voicing.Arpeggio, "xxxxxxxxxxxxxxxx"), new(Voicing.Arpeggio, "x-xxx-xxx-xxx-xx"), new(Voicing.Alberti, "x-x-x-x-x-x-x-x-")],
                Melodies = ["x-------........", "....x---x-------", "........x-x-x---", "x---............"],
            },
            new("lounge")
            {
                Tempo = (92, 128), Harmonies = Floating, Swing = 0.58,
                Grooves = [new((ClosedHat, "x.x.x.x.x.x.x.x."), (Rim, "....x.......x...")), new((Shaker, "x.x.x.x.x.x.x.x."))],
                Bass = ["1-..5-..1-..3-..", "1---..1-5---....", "1-----5-6-----5-"],
                Comping = [new(Voicing.Close, "..x-..x-..x-..x-"), new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-"), new(Voicing.Close, "x-....x-....x-..")],
                Melodies = ["..x-x---........", "x-x-x---....x---", "......x-x-x-----", "x-------x-------"],
            },
        ],
        Ensembles =
        [
            Pulses with { Chords = [HollowPulse], Lead = [EchoedPulse] },
            Handheld with { Chords = [HollowPulse] },
            Modulated with { Chords = [FmHarp], Lead = [FmLead] },
            Sampled with { Lead = [Vibraphone, Flute], Chords = [Harp, ElectricPiano] },
        ],
        Production = AnyProduction,
    };
}
