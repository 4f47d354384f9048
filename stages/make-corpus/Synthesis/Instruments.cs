namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>Instruments of bands and orchestras, by kind. Pitches are MIDI's: 28 is the lowest string of a bass, 40 that of a guitar, 60 the middle c.</summary>
internal static class Instruments
{
    // Drums

    public static readonly Instrument RockKit = Kit("rock kit", new DrumKit());
    public static readonly Instrument RoomyKit = Kit("roomy kit", new DrumKit { Kick = (58, 1.4, 0.32, 0.3), Snare = (175, 0.7, 0.3, 1000), Hat = (5200, 0.06, 0.4, 0.35) }, 0.5);
    public static readonly Instrument TightKit = Kit("tight kit", new DrumKit { Kick = (60, 1.2, 0.16, 0.5), Snare = (220, 0.5, 0.13, 1800), Hat = (7000, 0.035, 0.3, 0.4) }, 0.12);
    public static readonly Instrument MetalKit = Kit("metal kit", new DrumKit { Kick = (55, 1.9, 0.16, 1.1), Snare = (200, 0.7, 0.2, 1300), Hat = (5000, 0.06, 0.5, 0.4), Cymbals = 1.5 }, 0.3);
    public static readonly Instrument JazzKit = Kit("jazz kit", new DrumKit { Kick = (68, 0.8, 0.2, 0.15), Snare = (210, 0.6, 0.16, 1600), Hat = (6000, 0.04, 0.3, 0.3), Cymbals = 1.5 }, 0.4);
    public static readonly Instrument BrushKit = Kit("brush kit", new DrumKit { Kick = (70, 0.7, 0.18, 0.08), Snare = (210, 0.4, 0.16, 1600), Hat = (6500, 0.04, 0.25, 0.2), Cymbals = 0.9, Brushes = 0.9 }, 0.4);
    public static readonly Instrument DiscoKit = Kit("disco kit", new DrumKit { Kick = (62, 1.3, 0.2, 0.5), Snare = (230, 0.5, 0.15, 1500), Hat = (6500, 0.04, 0.22, 0.4) }, 0.15);
    public static readonly Instrument DrumMachine = Kit("drum machine", new DrumKit { Kick = (47, 1.7, 0.5, 0.3), Snare = (185, 0.7, 0.18, 1200), Hat = (7200, 0.045, 0.4, 1) }, 0.15);
    public static readonly Instrument SampledKit = Kit("sampled kit", new DrumKit { Kick = (56, 1.2, 0.3, 0.45), Snare = (180, 0.8, 0.22, 900), Hat = (5600, 0.05, 0.3, 0.3) }, 0.15)
        with { Strip = new Strip { HighCut = 7000, Drive = 0.5, Send = 0.12 } };

    public static readonly Instrument DubKit = Kit("dub kit", new DrumKit { Kick = (52, 1.0, 0.3, 0.2), Snare = (260, 0.9, 0.12, 1700), Hat = (6200, 0.04, 0.3, 0.4) }, 0.35);

    // Basses

    public static readonly Instrument UprightBass = new("upright bass", new PluckedPatch(0.32, 0.45, 2.2) { Place = 0.25, Body = 110, Release = 0.2 }, 28, 48) { Strip = new Strip { Send = 0.15 } };
    public static readonly Instrument FingerBass = new("finger bass", new PluckedPatch(0.4, 0.38, 4) { Place = 0.2 }, 28, 46) { Strip = new Strip { Send = 0.05 } };
    public static readonly Instrument PickBass = new("pick bass", new PluckedPatch(0.75, 0.25, 4) { Place = 0.1 }, 28, 46) { Strip = new Strip { Send = 0.05, Drive = 0.8, HighCut = 4500 } };
    public static readonly Instrument DirtyBass = new("dirty bass", new PluckedPatch(0.8, 0.2, 5) { Place = 0.08 }, 28, 46) { Strip = new Strip { Send = 0.08, Drive = 5, HighCut = 4000 } };
    public static readonly Instrument DubBass = new("dub bass", new PluckedPatch(0.22, 0.49, 3) { Place = 0.35 }, 28, 45) { Strip = new Strip { Send = 0.05, HighCut = 900 }, Level = 3 };
    public static readonly Instrument SynthBass = new("synthetic bass", new OscillatorPatch(new(0.005, 0.3, 0.7, 0.06), 2, 3, new(0.003, 0.2, 0.1, 0.1)) { Pulse = 0.5, Resonance = 2, Sub = 0.5 }, 28, 48) { Strip = new Strip { Send = 0.05 } };
    public static readonly Instrument SubBass = new("sub bass", new OscillatorPatch(new(0.01, 0.5, 0.8, 0.12), 1.5, 0.7, new(0.005, 0.3, 0.2, 0.1)) { Pulse = 1, Sub = 1 }, 26, 44) { Strip = new Strip { Send = 0, Drive = 0.6 }, Level = 2 };
    public static readonly Instrument SlapBass = new("slap bass", new FmPatch(new(0.002, 0.5, 0.4, 0.06), 1, 4, new(0.001, 0.12, 0.12, 0.1)) { Second = (3, 5, 3, 0.3) }, 28, 48) { Strip = new Strip { Send = 0.08 } };
    public static readonly Instrument Cellos = new("double basses and cellos", Bowed(0.1, 3, 7), 31, 50) { Strip = new Strip { Send = 0.6 } };

    // Guitars and their kin

    public static readonly Instrument SteelGuitar = new("steel-string guitar", new PluckedPatch(0.85, 0.18, 3.5) { Body = 190, Place = 0.15 }, 40, 64) { Strip = new Strip { LowCut = 80 } };
    public static readonly Instrument NylonGuitar = new("nylon-string guitar", new PluckedPatch(0.4, 0.35, 2.5) { Body = 160, Place = 0.25 }, 40, 66);
    public static readonly Instrument CleanGuitar = new("clean electric guitar", new PluckedPatch(0.65, 0.2, 4) { Place = 0.12 }, 45, 69) { Strip = new Strip { LowCut = 100, Chorus = 2, Cabinet = true } };
    public static readonly Instrument FunkGuitar = new("funk guitar", new PluckedPatch(0.9, 0.12, 3) { Place = 0.06, Release = 0.04 }, 50, 74) { Strip = new Strip { LowCut = 250, Drive = 0.4, Sweep = (0.7, 0.4) } };
    public static readonly Instrument SkankGuitar = new("skank guitar", new PluckedPatch(0.8, 0.2, 2) { Place = 0.1, Release = 0.03 }, 52, 74) { Strip = new Strip { LowCut = 280, Send = 0.35, Cabinet = true } };
    public static readonly Instrument JazzGuitar = new("hollow-body guitar", new PluckedPatch(0.35, 0.35, 3) { Place = 0.3, Body = 220 }, 45, 72) { Strip = new Strip { HighCut = 4000 } };
    public static readonly Instrument CrunchGuitar = new("crunch guitar", new PluckedPatch(0.8, 0.15, 5) { Place = 0.1 }, 40, 64) { Strip = new Strip { LowCut = 80, Drive = 4, Cabinet = true } };
    public static readonly Instrument HeavyGuitar = new("heavy guitar", new PluckedPatch(0.95, 0.08, 7) { Place = 0.06, Release = 0.05 }, 38, 58) { Strip = new Strip { LowCut = 90, Drive = 22, Cabinet = true, Send = 0.1 } };
    public static readonly Instrument LeadGuitar = new("lead guitar", new PluckedPatch(0.8, 0.06, 9) { Place = 0.1, Release = 0.15 }, 57, 84) { Strip = new Strip { LowCut = 150, Drive = 9, Cabinet = true, Echo = (0.75, 0.3, 0.25), Send = 0.4 } };
    public static readonly Instrument BluesGuitar = new("blues guitar", new PluckedPatch(0.7, 0.12, 6) { Place = 0.12 }, 55, 80) { Strip = new Strip { LowCut = 110, Drive = 2.2, Cabinet = true } };
    public static readonly Instrument PedalSteel = new("pedal steel", new OscillatorPatch(new(0.06, 1.5, 0.5, 0.3), 3, 1.2, new(0.02, 0.8, 0.3, 0.3)) { Vibrato = (5.5, 22, 0.3), Pulse = 0.25 }, 57, 81) { Strip = new Strip { LowCut = 200, Send = 0.5 } };
    public static readonly Instrument Banjo = new("banjo", new PluckedPatch(0.95, 0.28, 0.9) { Place = 0.1, Body = 700 }, 50, 74) { Strip = new Strip { LowCut = 150 } };
    public static readonly Instrument Mandolin = new("mandolin", new PluckedPatch(0.9, 0.2, 1.3) { Place = 0.1, Body = 500 }, 57, 81) { Strip = new Strip { LowCut = 180, Chorus = 0.6 } };
    public static readonly Instrument Harpsichord = new("harpsichord", new PluckedPatch(1, 0.1, 2.2) { Place = 0.08, Release = 0.1 }, 45, 79) { Strip = new Strip { Send = 0.45 } };
    public static readonly Instrument Harp = new("harp", new PluckedPatch(0.45, 0.3, 4) { Place = 0.4, Release = 1 }, 45, 79) { Strip = new Strip { Send = 0.5 } };

    // Keys

    public static readonly Instrument GrandPiano = new("grand piano", Piano(0.00018, 7), 45, 79) { Strip = new Strip { Send = 0.35 } };
    public static readonly Instrument UprightPiano = new("upright piano", Piano(0.0004, 4), 45, 77) { Strip = new Strip { Chorus = 0.35, HighCut = 6500 } };
    public static readonly Instrument ElectricPiano = new("electric piano", new FmPatch(new(0.003, 2.2, 0.15, 0.15), 1, 1.6, new(0.002, 0.9, 0.15, 0.2)) { Second = (1, 14, 0.8, 0.4), Tremolo = (5, 0.25) }, 48, 76) { Strip = new Strip { Chorus = 1, Drive = 0.3 } };
    public static readonly Instrument Clavinet = new("clavinet", new FmPatch(new(0.002, 0.6, 0.2, 0.05), 3, 3, new(0.002, 0.25, 0.2, 0.05)), 45, 72) { Strip = new Strip { LowCut = 150, Sweep = (0.5, 0.5) } };
    public static readonly Instrument ToneWheelOrgan = new("tonewheel organ", new HarmonicPatch(new(0.008, 0.1, 1, 0.05), (0.5, 0.9), (1, 1), (1.5, 0.7), (2, 0.5), (3, 0.2), (4, 0.3), (6, 0.1), (8, 0.25)) { Vibrato = (6.4, 8, 0.25), Breath = 0.01 }, 48, 79) { Strip = new Strip { Drive = 0.8, LowCut = 90 } };
    public static readonly Instrument BubbleOrgan = new("bubble organ", new HarmonicPatch(new(0.005, 0.1, 0.9, 0.03), (0.5, 0.7), (1, 1), (2, 0.6), (3, 0.3), (4, 0.3)) { Vibrato = (6, 6, 0.1) }, 52, 76) { Strip = new Strip { LowCut = 200, HighCut = 5000 } };
    public static readonly Instrument ChurchOrgan = new("church organ", new HarmonicPatch(new(0.06, 0.1, 1, 0.25), (0.5, 0.5), (1, 1), (2, 0.9), (3, 0.35), (4, 0.7), (6, 0.25), (8, 0.45), (12, 0.15)) { Breath = 0.03, Second = 4 }, 41, 79) { Strip = new Strip { Send = 0.9 } };
    public static readonly Instrument Vibraphone = new("vibraphone", new ModalPatch((1, 1, 4), (3.98, 0.35, 1), (9.6, 0.12, 0.35)) { Tremolo = (5.5, 0.4), Release = 0.8, Touch = 0.8 }, 53, 84);
    public static readonly Instrument SteelPan = new("steel pan", new ModalPatch((1, 1, 1.4), (2.01, 0.6, 1), (3.03, 0.25, 0.6), (4.2, 0.2, 0.4)) { Release = 0.6 }, 55, 81);
    public static readonly Instrument Bell = new("bell", new FmPatch(new(0.002, 2.5, 0, 1), 3.5, 2.5, new(0.002, 1.5, 0, 1)), 60, 88) { Strip = new Strip { Send = 0.5 } };

    // Strings, winds, brass

    public static readonly Instrument StringSection = new("string section", Bowed(0.14, 3, 14), 50, 79) { Strip = new Strip { Send = 0.6 } };
    public static readonly Instrument DiscoStrings = new("disco strings", Bowed(0.05, 4, 12), 57, 88) { Strip = new Strip { Send = 0.5, LowCut = 200 } };
    public static readonly Instrument Violin = new("violin", Bowed(0.07, 1, 0), 57, 88) { Strip = new Strip { Send = 0.6 } };
    public static readonly Instrument Fiddle = new("fiddle", Bowed(0.03, 1, 0), 55, 84) { Strip = new Strip { Send = 0.25 } };
    public static readonly Instrument Cello = new("cello", Bowed(0.09, 1, 0), 38, 64) { Strip = new Strip { Send = 0.6 } };
    public static readonly Instrument Flute = new("flute", new HarmonicPatch(new(0.06, 0.2, 0.85, 0.1), (1, 1), (2, 0.35), (3, 0.12), (4, 0.05)) { Breath = 0.12, Vibrato = (5.2, 12, 0.2) }, 60, 91) { Strip = new Strip { Send = 0.5 } };
    public static readonly Instrument Clarinet = new("clarinet", new HarmonicPatch(new(0.04, 0.2, 0.9, 0.08), (1, 1), (2, 0.06), (3, 0.5), (5, 0.3), (7, 0.15), (9, 0.08)) { Breath = 0.04, Vibrato = (5, 4, 0.05) }, 52, 84) { Strip = new Strip { Send = 0.4 } };
    public static readonly Instrument Harmonica = new("harmonica", new HarmonicPatch(new(0.04, 0.2, 0.9, 0.06), (1, 1), (2, 0.8), (3, 0.6), (4, 0.5), (5, 0.45), (6, 0.3), (7, 0.25), (8, 0.2), (10, 0.1)) { Breath = 0.08, Vibrato = (5.5, 18, 0.3), Second = 5 }, 57, 82) { Strip = new Strip { Drive = 1.5, LowCut = 250, HighCut = 6500 } };
    public static readonly Instrument Saxophone = new("saxophone", Reed(560, 1350), 50, 79);
    public static readonly Instrument Trumpet = new("trumpet", Brass(1.1), 55, 82);
    public static readonly Instrument MutedTrumpet = new("muted trumpet", Brass(1.1), 55, 82) { Strip = new Strip { LowCut = 700, HighCut = 7000, Send = 0.4 } };
    public static readonly Instrument HornSection = new("horn section", Brass(0.9) with { Unison = (3, 11) }, 50, 76) { Strip = new Strip { LowCut = 120 } };

    // Synthesisers

    public static readonly Instrument WarmPad = new("warm pad", new OscillatorPatch(new(0.4, 0.5, 0.9, 0.7), 2.5, 1, new(0.6, 1, 0.6, 0.8)) { Unison = (3, 14) }, 48, 74) { Strip = new Strip { Send = 0.5, Chorus = 3 } };
    public static readonly Instrument BrightPad = new("bright pad", new OscillatorPatch(new(0.15, 0.5, 0.9, 0.5), 5, 1.5, new(0.3, 1, 0.5, 0.8)) { Unison = (3, 18), Pulse = 0.3 }, 50, 77) { Strip = new Strip { Send = 0.4, Chorus = 2 } };
    public static readonly Instrument SynthLead = new("synthetic lead", new OscillatorPatch(new(0.01, 0.3, 0.8, 0.12), 3, 2, new(0.01, 0.4, 0.4, 0.2)) { Unison = (2, 9), Pulse = 0.4, Resonance = 1.5, Vibrato = (5.5, 14, 0.25) }, 57, 86) { Strip = new Strip { Echo = (0.75, 0.35, 0.3) } };
    public static readonly Instrument SquareLead = new("square lead", new OscillatorPatch(new(0.005, 0.2, 0.8, 0.08), 4, 1, new(0.01, 0.3, 0.5, 0.2)) { Pulse = 1, Width = 0.35, Vibrato = (6, 16, 0.2) }, 60, 86) { Strip = new Strip { HighCut = 6000 } };
    public static readonly Instrument SynthPluck = new("synthetic pluck", new OscillatorPatch(new(0.003, 0.35, 0.1, 0.15), 1.5, 3.5, new(0.002, 0.2, 0.05, 0.1)) { Unison = (2, 8), Resonance = 1.6 }, 50, 79) { Strip = new Strip { Echo = (0.5, 0.3, 0.2) } };
    public static readonly Instrument SynthBrass = new("synthetic brass", new OscillatorPatch(new(0.03, 0.4, 0.8, 0.15), 1.5, 3, new(0.06, 0.5, 0.5, 0.2)) { Unison = (3, 12) }, 50, 77);

    // Voices

    public static readonly Instrument Baritone = new("baritone", new VoicePatch(1), 43, 62) { Strip = Vocal };
    public static readonly Instrument Tenor = new("tenor", new VoicePatch(1.04) { Press = 0.65 }, 48, 67) { Strip = Vocal };
    public static readonly Instrument Alto = new("alto", new VoicePatch(1.15) { Breath = 0.1 }, 53, 72) { Strip = Vocal };
    public static readonly Instrument Soprano = new("soprano", new VoicePatch(1.19) { Press = 0.4 }, 57, 77) { Strip = Vocal };
    public static readonly Instrument BluesVoice = new("hoarse voice", new VoicePatch(1) { Growl = 0.35, Press = 0.8, Vibrato = 40 }, 45, 65) { Strip = Vocal with { Drive = 0.7 } };
    public static readonly Instrument Shouter = new("shouter", new VoicePatch(1.06) { Growl = 0.6, Press = 1, Vibrato = 15 }, 50, 69) { Strip = Vocal with { Drive = 1.5 } };
    public static readonly Instrument Growler = new("growler", new VoicePatch(0.9) { Growl = 1.5, Press = 1, Vibrato = 0, Breath = 0.3 }, 40, 54) { Strip = Vocal with { Drive = 4 } };
    public static readonly Instrument Rapper = new("rapper", new VoicePatch(1.02) { Vibrato = 0, Consonants = 0.9, Press = 0.8, Breath = 0.1 }, 42, 60) { Strip = Vocal with { Send = 0.06 } };
    public static readonly Instrument WomanRapper = new("rapper, high", new VoicePatch(1.16) { Vibrato = 0, Consonants = 0.9, Press = 0.7, Breath = 0.1 }, 52, 68) { Strip = Vocal with { Send = 0.06 } };
    public static readonly Instrument Choir = new("choir", new VoicePatch(1.1) { Singers = 3, Consonants = 0.1 }, 50, 74) { Strip = Vocal with { Send = 0.8 } };

    private static Strip Vocal => new() { LowCut = 110, Send = 0.3 };

    private static Instrument Kit(string name, DrumKit kit, double send = 0.2) => new(name, kit, 0, 127) { Strip = new Strip { Send = send } };

    private static ModalPatch Piano(double stiffness, double ring) =>
        new([.. Enumerable.Range(1, 12).Select(k => ((double)k, 0.5 * Math.Pow(k, -0.85) * (k == 7 ? 0.2 : 1), ring / (1 + 0.35 * (k - 1))))])
        {
            Stiffness = stiffness, Hammer = 0.5, Touch = 0.4, Release = 0.18,
        };

    private static OscillatorPatch Bowed(double attack, int players, double cents) =>
        new(new(attack, 0.4, 0.9, 0.15), 5, 0.8, new(attack * 1.5, 0.5, 0.7, 0.2))
        {
            Unison = (players, cents), Vibrato = (5.6, players == 1 ? 24 : 9, 0.25), Breath = 0.05,
            Body = [(290, 2, 5), (480, 2, 4), (1100, 1.5, -4), (2600, 1.2, 5)],
        };

    private static OscillatorPatch Brass(double opening) =>
        new(new(0.035, 0.3, 0.85, 0.08), 1.6, 2.6 * opening, new(0.05, 0.35, 0.65, 0.1)) { Vibrato = (5.2, 12, 0.35), Breath = 0.03, Body = [(1200, 1, 4)] };

    private static OscillatorPatch Reed(double first, double second) =>
        new(new(0.03, 0.3, 0.85, 0.09), 4, 1.4, new(0.04, 0.4, 0.7, 0.1))
        {
            Pulse = 0.35, Vibrato = (5.3, 20, 0.3), Breath = 0.09, Body = [(first, 2, 6), (second, 1.6, 4), (2900, 1.4, 3)],
        };
}
