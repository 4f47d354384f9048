using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Composition.GameMusic.GameConsole;
using static Pipeline.Stages.MakeCorpus.Synthesis.ChipInstruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.GameMusic;

/// <summary>The map: a march or a ride, bright, with a tune that carries far.</summary>
internal static class Overworld
{
    private static readonly Harmony[] Bright =
    [
        new(Scale.Major, "I IV V I", "I V vi IV", "I bVII IV I", "I iii IV V"),
        new(Scale.Mixolydian, "I bVII IV I", "I I bVII IV", "I v bVII IV"),
        new(Scale.Dorian, "i IV bVII i", "i bVII IV i"),
    ];

    public static Genre Genre => new("Overworld")
    {
        Years = AllYears,
        Length = (12, 39),
        TitleWords = ["Horizon", "Plain", "Journey", "Wind", "Road", "Hills", "Banner", "Sail", "Map", "Adventure"],
        Styles =
        [
            new("march")
            {
                Tempo = (108, 148), Harmonies = Bright,
                Grooves = [new((Kick, "x.......x......."), (Snare, "..x.x.xx..x.x.xx")), new((Kick, "x...x...x...x..."), (Snare, "x.xxx.x.x.xxx.x.")), new((Kick, "x.......x.x....."), (Snare, "....X.......X..."), (ClosedHat, "x.x.x.x.x.x.x.x."))],
                Bass = ["1---5---1---5---", "1-1-5-5-1-1-5-5-", "1.1.1.1.5.5.5.5."],
                Comping = [new(Voicing.Close, "x..xx.x.x..xx.x."), new(Voicing.Close, "..x...x...x...x."), new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-")],
                Melodies = ["x---x--xx---x---", "x-----x-x-x-x-x-", "x--xx---x-------", "x-x-x-x-x---x---"],
            },
            new("ride")
            {
                Tempo = (126, 164), Harmonies = Bright,
                Grooves = [new((Kick, "x..x..x..x.."), (Snare, "...X.....X.."), (ClosedHat, "x.xx.xx.xx.x")), new((Kick, "x.....x....."), (Tambourine, "x..x..x..x.."), (Snare, "...x.xx..x.x"))],
                Bass = ["1..1..5..5..", "1-.1-15-.5-5", "1--8--5--8--"],
                Comping = [new(Voicing.Close, "x.xx.xx.xx.x"), new(Voicing.Arpeggio, "xxxxxxxxxxxx"), new(Voicing.Close, "..x..x..x..x")],
                Melodies = ["x-----x-xx--", "x-xx-xx-----", "x--x--x--x--", "x-xx--x-----"],
            },
        ],
        Ensembles =
        [
            Pulses with { Chords = [ReedyPulse], Lead = [SingingPulse] },
            Handheld with { Chords = [ReedyPulse], Lead = [SingingPulse] },
            Modulated with { Pad = [SynthBrass], Lead = [FmBrass, FmLead] },
            Sampled with { Lead = [Trumpet, HornSection, Flute], Chords = [StringSection, Harp] },
        ],
        Production = AnyProduction,
    };
}
