using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.WorldInstruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Regions;

/// <summary>The court: marches and chorales, brass, organ and bells.</summary>
internal static class Citadel
{
    private static readonly Harmony[] Courtly =
    [
        new(Scale.HarmonicMinor, "i V i iv", "i bVI iv V", "i bIII bVII V"),
        new(Scale.Major, "I V vi iii IV I IV V", "I IV V I", "I V I V"),
        new(Scale.Minor, "i bVII bVI bVII", "i bVI bIII bVII"),
    ];

    public static Genre Genre => new("Citadel")
    {
        Neighbours = ["Coast"],
        Years = World.Years,
        Length = World.Length,
        TitleWords = ["Crown", "Banner", "Gate", "Rampart", "Herald", "Knight", "Throne", "Oath", "Marble", "Regent"],
        Styles =
        [
            new("march")
            {
                Tempo = (88, 124), Harmonies = Courtly,
                Grooves = [new((Kick, "x.......x......."), (Snare, "x.xxx.x.x.xxxxx.")), new((Kick, "x...x...x...x..."), (Snare, "..xx..x...xx..xx")), new((LowTom, "x..xx...x..xx..."), (Crash, "x..............."))],
                Bass = ["1---5---1---5---", "1-..1-..5-..5-..", "1---1---1---1---"],
                Comping = [new(Voicing.Close, "x..xx...x..xx..."), new(Voicing.Close, "x---x---x---x---"), new(Voicing.Open, "x-------x-------")],
                Melodies = ["x---x--xx---x---", "x--xx---x-------", "x-----x-x---x---", "x-x-x---x-------"],
            },
            new("chorale")
            {
                Tempo = (60, 92), Harmonies = Courtly, Rubato = 0.03, Swell = 0.3,
                Bass = ["1-------5-------", "1---3---5---1---", "w---w---w---w---"],
                Comping = [new(Voicing.Close, "x---x---x---x---"), new(Voicing.Open, "x-------x-------"), new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-")],
                Melodies = ["x---x---x---x---", "x-------x---x---", "x---x-x-x-------", "x-----x-x-------"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [WarDrums], Bass = [Cellos], Chords = [HornSection, StringSection], Pad = [StringSection], Lead = [Trumpet, HornSection] },
            new() { Drums = [WarDrums, RoomyKit], Bass = [ChurchOrgan, Cellos], Chords = [ChurchOrgan, Harpsichord], Pad = [Choir], Lead = [Trumpet, TowerBells, Violin] },
            new() { Bass = [Cellos], Chords = [Harpsichord, StringSection], Pad = [StringSection, Choir], Lead = [Violin, Trumpet] },
        ],
        Production = World.Production,
    };
}
