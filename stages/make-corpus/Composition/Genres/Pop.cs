using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Genres;

/// <summary>Four chords, a tune, synthesisers, and a voice in front.</summary>
internal static class Pop
{
    private static readonly Harmony[] FourChords =
    [
        new(Scale.Major, "I V vi IV", "vi IV I V", "I vi IV V", "IV V I vi", "Iadd9 IV vi V"),
        new(Scale.MajorPentatonic, "I V vi IV", "I IV vi V", "I iii IV V"),
        new(Scale.Minor, "i bVI bIII bVII", "i bVII bVI bVII", "i iv bVI V"),
    ];

    public static Genre Genre => new("pop")
    {
        Neighbours = ["disco", "rock", "hiphop", "country"],
        Years = (1982, 2010),
        Instrumental = 0.05,
        Label = "Pop_Rock",
        NearbyLabels = ["Electronic", "RnB", "Vocal"],
        TitleWords = ["Baby", "Forever", "Summer", "Tonight", "Heart", "Dream", "Girl", "Crazy", "Shine", "Kiss", "Radio", "Sugar"],
        Styles =
        [
            new("dance pop")
            {
                Tempo = (104, 130), Harmonies = FourChords,
                Grooves =
                [
                    new((Kick, "X...X...X...X..."), (Clap, "....X.......X..."), (ClosedHat, "..x...x...x...x.")),
                    new((Kick, "X.....x.X......."), (Snare, "....X.......X..."), (ClosedHat, "x.x.x.x.x.x.x.x.")),
                    new((Kick, "X..x..x.X..x...."), (Clap, "....X.......X..."), (Shaker, "xoxoxoxoxoxoxoxo")),
                ],
                Bass = ["1.1.1.1.1.1.1.1.", "1--1--1-1--1--1-", "1.8.1.8.1.8.1.8.", "1-------1---5---"],
                Comping = [new(Voicing.Close, "x-.x-.x-..x-x-.."), new(Voicing.Arpeggio, "xxxxxxxxxxxxxxxx"), new(Voicing.Close, "x---x---x---x---"), new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-")],
                Melodies = ["x-x-x-x-x---....", "..x-x-x-x-x-x---", "x--x--x-x-------", "x---x-x-x---x---", "x-xxx-x-x-------"],
            },
            new("ballad")
            {
                Tempo = (64, 88), Harmonies = FourChords, Rubato = 0.008,
                Grooves = [new((Kick, "x.......x.x....."), (Snare, "....X.......X..."), (ClosedHat, "x.x.x.x.x.x.x.x.")), new((Kick, "x......xx......."), (Rim, "....x.......x..."), (ClosedHat, "xoxoxoxoxoxoxoxo"))],
                Bass = ["1---------------", "1-----1-1-------", "1-------5---1---"],
                Comping = [new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-"), new(Voicing.Close, "x---x---x---x---"), new(Voicing.Picking, "x.x.x.x.x.x.x.x.")],
                Melodies = ["..x-x-x-x-------", "x---x-x-x---x---", "x-----x-x-------", "x-x-x-x-x-------"],
            },
            new("guitar pop")
            {
                Tempo = (96, 140), Harmonies = FourChords,
                Grooves = [new((Kick, "x.....x.x......."), (Snare, "....X.......X..."), (ClosedHat, "x.x.x.x.x.x.x.x.")), new((Kick, "x.x.....x.x....."), (Snare, "....X.......X..."), (Tambourine, "..x...x...x...x."), (ClosedHat, "x.x.x.x.x.x.x.x."))],
                Bass = ["1.1.1.1.1.1.1.1.", "1-----1-5-----5-"],
                Comping = [new(Voicing.Strum, "x---x-xx.xx-x-xx"), new(Voicing.Strum, "x-x-X-x-x-x-X-x-"), new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-")],
                Melodies = ["x-x-x-x-x---....", "x---x---x-x-x---", "..x-x-x-x-------", "x-x-x---x-x-x---"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [DrumMachine, TightKit], Bass = [SynthBass, SubBass], Chords = [SynthPluck, BrightPad, ElectricPiano], Pad = [WarmPad, BrightPad], Lead = [SynthLead, Bell, SquareLead], Voice = [Soprano, Alto, Tenor] },
            new() { Drums = [TightKit, RockKit], Bass = [FingerBass, PickBass], Chords = [SteelGuitar, CleanGuitar], Pad = [WarmPad, StringSection], Lead = [CleanGuitar, SynthLead, LeadGuitar], Voice = [Tenor, Alto, Soprano] },
            new() { Drums = [TightKit, DrumMachine], Bass = [FingerBass, SynthBass], Chords = [GrandPiano, ElectricPiano], Pad = [StringSection, WarmPad], Lead = [Saxophone, StringSection, SynthLead], Voice = [Soprano, Alto, Tenor] },
        ],
        Production = new() { Bass = (3, 9), Treble = (0, 9), Room = (0.5, 2), Wetness = (0.15, 0.5), Loudness = (-18, -10), Hiss = (-85, -60), Compression = (0.3, 1), HighCut = (7500, 10500), Crackle = (0.04, 2), Wow = (0, 2) },
    };
}
