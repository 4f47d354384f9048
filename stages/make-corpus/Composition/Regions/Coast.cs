using static Pipeline.Stages.MakeCorpus.Composition.Drum;
using static Pipeline.Stages.MakeCorpus.Synthesis.Instruments;
using static Pipeline.Stages.MakeCorpus.Synthesis.WorldInstruments;

namespace Pipeline.Stages.MakeCorpus.Composition.Regions;

/// <summary>Harbours: sailors' dances in six or four, accordion and guitar.</summary>
internal static class Coast
{
    private static readonly Harmony[] Open =
    [
        new(Scale.Major, "I V I IV", "I IV V I", "I vi IV V"),
        new(Scale.Mixolydian, "I bVII I IV", "I bVII IV I"),
        new(Scale.Lydian, "I II I V", "Imaj7 II vi V"),
    ];

    public static Genre Genre => new("Coast")
    {
        Neighbours = ["Highlands"],
        Years = World.Years,
        Length = World.Length,
        TitleWords = ["Tide", "Gull", "Anchor", "Salt", "Lighthouse", "Net", "Bay", "Keel", "Foam", "Pier"],
        Styles =
        [
            new("shanty")
            {
                Tempo = (92, 132), Harmonies = Open,
                Grooves = [new((Kick, "x.....x....."), (Tambourine, "...x.....x..")), new((Kick, "x.....x....."), (Snare, "...o.xo..o.x"), (Shaker, "x.xx.xx.xx.x"))],
                Bass = ["1--..51--..5", "1-----5-----", "1--3--5--3--"],
                Comping = [new(Voicing.Strum, "x.xx.xx.xx.x"), new(Voicing.Close, "..x..x..x..x"), new(Voicing.Strum, "x-.x-xx-.x-x")],
                Melodies = ["x-xx-xx--x--", "x--x-xx-----", "x-xxxxx--...", "x-----x-xx-x"],
            },
            new("breeze")
            {
                Tempo = (76, 116), Harmonies = Open, Swell = 0.2,
                Grooves = [new((Kick, "x.......x......."), (Shaker, "x.x.x.x.x.x.x.x.")), new((Conga, "x..x..x.x..x..x."), (Shaker, "..x...x...x...x."))],
                Bass = ["1-----1-5-------", "1-------5---3---", "1---------------"],
                Comping = [new(Voicing.Picking, "x.x.x.x.x.x.x.x."), new(Voicing.Arpeggio, "x-x-x-x-x-x-x-x-"), new(Voicing.Strum, "x---x-x---x-x---")],
                Melodies = ["x---x-x-x-------", "x-------x---x---", "..x-x-x-x---....", "x-x-x---x-------"],
            },
        ],
        Ensembles =
        [
            new() { Drums = [FrameDrums], Bass = [UprightBass], Chords = [NylonGuitar, Mandolin], Lead = [Accordion, Clarinet] },
            new() { Drums = [FrameDrums, BrushKit], Bass = [UprightBass, Cello], Chords = [Mandolin, NylonGuitar], Pad = [Accordion], Lead = [Flute, Accordion] },
            new() { Bass = [UprightBass], Chords = [NylonGuitar, Harp], Pad = [Accordion], Lead = [Flute, Clarinet, Fiddle] },
        ],
        Production = World.Production,
    };
}
