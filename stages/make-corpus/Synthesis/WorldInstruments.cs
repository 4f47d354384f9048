namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>Instruments of countries, for music that is to sound of somewhere.</summary>
internal static class WorldInstruments
{
    // Skins

    public static readonly Instrument FrameDrums = new("frame drums", new DrumKit { Kick = (74, 0.5, 0.35, 0.15), Snare = (240, 1, 0.06, 2600), Hat = (5200, 0.06, 0.2, 0.1), Cymbals = 0.3 }, 0, 127) { Strip = new Strip { Send = 0.35 } };
    public static readonly Instrument WarDrums = new("war drums", new DrumKit { Kick = (44, 0.9, 0.6, 0.3), Snare = (150, 0.9, 0.2, 1500), Hat = (4500, 0.05, 0.3, 0.2), Cymbals = 0.8 }, 0, 127) { Strip = new Strip { Send = 0.6 } };

    // Strings

    public static readonly Instrument Oud = new("oud", new PluckedPatch(0.6, 0.28, 1.4) { Place = 0.14, Body = 240, Release = 0.1 }, 40, 67) { Strip = new Strip { LowCut = 70, Send = 0.35 } };
    public static readonly Instrument Lyre = new("lyre", new PluckedPatch(0.7, 0.2, 2) { Place = 0.3, Body = 420, Release = 0.5 }, 48, 79) { Strip = new Strip { LowCut = 120, Send = 0.45 } };

    // Winds

    public static readonly Instrument Accordion = new("accordion", new HarmonicPatch(new(0.03, 0.1, 0.95, 0.06), (1, 1), (2, 0.7), (3, 0.55), (4, 0.4), (5, 0.3), (6, 0.2), (8, 0.12)) { Second = 12, Breath = 0.02 }, 50, 81) { Strip = new Strip { LowCut = 120 } };
    public static readonly Instrument Bagpipes = new("bagpipes", new HarmonicPatch(new(0.015, 0.1, 1, 0.02), (1, 0.6), (2, 0.9), (3, 1), (4, 0.8), (5, 0.6), (6, 0.5), (7, 0.4), (9, 0.25), (11, 0.15)) { Second = 6, Breath = 0.03 }, 60, 82) { Strip = new Strip { LowCut = 180, Send = 0.4 } };
    public static readonly Instrument Drone = new("drone", new HarmonicPatch(new(0.1, 0.1, 1, 0.1), (1, 1), (2, 0.7), (3, 0.6), (4, 0.35), (5, 0.3), (7, 0.15)) { Second = 5, Breath = 0.02 }, 38, 55) { Strip = new Strip { Send = 0.4 } };
    public static readonly Instrument Whistle = new("whistle", new HarmonicPatch(new(0.02, 0.1, 0.9, 0.05), (1, 1), (2, 0.2), (3, 0.06)) { Breath = 0.09, Vibrato = (5.5, 10, 0.1) }, 67, 93) { Strip = new Strip { Send = 0.45 } };
    public static readonly Instrument ReedFlute = new("reed flute", new HarmonicPatch(new(0.07, 0.2, 0.85, 0.12), (1, 1), (2, 0.5), (3, 0.25), (4, 0.1)) { Breath = 0.35, Vibrato = (4.6, 26, 0.25) }, 57, 84) { Strip = new Strip { Send = 0.55 } };

    // Wood and metal that is struck

    public static readonly Instrument Marimba = new("marimba", new ModalPatch((1, 1, 0.5), (3.93, 0.3, 0.15), (9.2, 0.1, 0.06)) { Release = 0.4, Touch = 0.8 }, 43, 79) { Strip = new Strip { Send = 0.35 } };
    public static readonly Instrument Kalimba = new("thumb piano", new ModalPatch((1, 1, 0.9), (5.4, 0.25, 0.2), (14, 0.1, 0.08)) { Release = 0.4, Hammer = 0.3 }, 52, 84) { Strip = new Strip { Send = 0.4 } };
    public static readonly Instrument TowerBells = new("tower bells", new ModalPatch((0.5, 0.5, 5), (1, 1, 4), (1.19, 0.5, 3), (1.5, 0.4, 2), (2, 0.6, 2.5), (2.66, 0.25, 1.2), (4.07, 0.2, 0.8)) { Release = 2, Touch = 0.4 }, 52, 76) { Strip = new Strip { Send = 0.8 } };
}
