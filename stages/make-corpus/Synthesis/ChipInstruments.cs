namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>What games of old play on: channels of their sound chips, and what the next ones had of frequency modulation.</summary>
internal static class ChipInstruments
{
    // Programmable sound generators

    public static readonly Instrument NoiseKit = new("noise channel", new ChipKit(), 0, 127) { Strip = Dry };
    public static readonly Instrument DarkNoiseKit = new("noise channel, low", new ChipKit { Hold = 5, Length = 1.3 }, 0, 127) { Strip = Dry };
    public static readonly Instrument TriangleBass = new("triangle channel", new ChipPatch(0), 33, 55) { Strip = Dry };
    public static readonly Instrument PulseBass = new("pulse channel, low", new ChipPatch(0.5) { Fall = 0.3, Held = 0.3 }, 33, 52) { Strip = Dry };
    public static readonly Instrument ThinPulse = new("pulse channel, 1/8", new ChipPatch(0.125) { Fall = 0.35 }, 52, 79) { Strip = Dry };
    public static readonly Instrument ReedyPulse = new("pulse channel, 1/4", new ChipPatch(0.25) { Fall = 0.5, Held = 0.5 }, 52, 81) { Strip = Dry };
    public static readonly Instrument HollowPulse = new("pulse channel, 1/2", new ChipPatch(0.5) { Fall = 0.6, Held = 0.5 }, 52, 84) { Strip = Dry };
    public static readonly Instrument SingingPulse = new("pulse channel with vibrato", new ChipPatch(0.25) { Vibrato = (6, 18, 0.25), Fall = 1.2, Held = 0.6, Release = 5 }, 60, 88) { Strip = Dry };
    public static readonly Instrument SoftPulse = new("square channel with vibrato", new ChipPatch(0.5) { Vibrato = (5, 14, 0.3), Fall = 1, Held = 0.6, Release = 6 }, 60, 88) { Strip = Dry };
    public static readonly Instrument EchoedPulse = new("pulse channel with its echo", new ChipPatch(0.125) { Vibrato = (6, 14, 0.2), Fall = 0.8 }, 60, 88) { Strip = new Strip { Echo = (0.5, 0.3, 0.4), Send = 0 } };

    // Frequency modulation

    public static readonly Instrument FmBass = new("FM bass", new FmPatch(new(0.002, 0.5, 0.5, 0.05), 1, 3, new(0.001, 0.2, 0.2, 0.1)), 31, 50) { Strip = Dry };
    public static readonly Instrument FmBrass = new("FM brass", new FmPatch(new(0.03, 0.3, 0.85, 0.08), 1, 3.2, new(0.06, 0.4, 0.7, 0.1)), 50, 79) { Strip = Studio };
    public static readonly Instrument FmLead = new("FM lead", new FmPatch(new(0.005, 0.4, 0.7, 0.1), 2, 2.2, new(0.005, 0.4, 0.5, 0.1)), 57, 86) { Strip = Studio with { Echo = (0.5, 0.25, 0.25) } };
    public static readonly Instrument FmHarp = new("FM harp", new FmPatch(new(0.002, 0.8, 0.05, 0.3), 3, 1.4, new(0.001, 0.3, 0, 0.2)), 52, 84) { Strip = Studio };
    public static readonly Instrument FmOrgan = new("FM organ", new FmPatch(new(0.01, 0.1, 0.95, 0.06), 2, 1.1, new(0.01, 0.2, 0.9, 0.1)), 48, 76) { Strip = Studio };

    private static Strip Dry => new() { Send = 0.04 };

    private static Strip Studio => new() { Send = 0.2 };
}
