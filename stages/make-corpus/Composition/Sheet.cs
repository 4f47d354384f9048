namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>What the players of a song have before them: style, form, chords, and a clock.</summary>
internal sealed class Sheet
{
    private readonly (Progression Progression, int Bar)[] chords;

    public Sheet(Style style, Clock clock, int key, Scale scale, IReadOnlyList<(Section Section, Progression Progression)> form, double looseness, Dice dice)
    {
        Style = style;
        Clock = clock;
        Key = key;
        Scale = scale;
        Looseness = looseness;
        Dice = dice;
        Sections = [.. form.Select(f => f.Section)];
        chords = [.. form.SelectMany(f => Enumerable.Range(0, f.Section.Bars).Select(bar => (f.Progression, bar)))];
    }

    public Style Style { get; }

    public Clock Clock { get; }

    /// <summary>Pitch class of the tonic.</summary>
    public int Key { get; }

    public Scale Scale { get; }

    public IReadOnlyList<Section> Sections { get; }

    /// <summary>Deviation of onsets, in seconds.</summary>
    public double Looseness { get; }

    public Dice Dice { get; }

    public int Bars => chords.Length;

    /// <summary>The chord at a place of a bar counted over the whole song.</summary>
    public Chord ChordAt(int bar, double share) =>
        chords[Math.Min(bar, Bars - 1)].Progression.At(chords[Math.Min(bar, Bars - 1)].Bar, share);

    /// <summary>A note between two places of a bar (shares of it), as people play it.</summary>
    public Note Play(int bar, double from, double to, double pitch, double velocity, Dice dice)
    {
        double start = Clock.At((bar + from) * Style.Meter);
        double end = Clock.At((bar + to) * Style.Meter);
        double onset = Math.Max(0, start + dice.Gauss(Looseness));
        return new Note(onset, Math.Max(0.03, end - onset), pitch, Math.Clamp(velocity * Swell(bar + from) + dice.Gauss(0.05), 0.05, 1));
    }

    // Up to the middle of a phrase and down again, and the same more slowly over four of them.
    private double Swell(double bar) =>
        1 + Style.Swell * (Math.Sin(Math.PI * (bar % 4) / 4) + Math.Sin(Math.PI * (bar % 16) / 16) - 1.2);

    /// <summary>The pitch of a class that lies nearest to another pitch.</summary>
    public static int Nearest(int pitchClass, double to) =>
        (int)(Math.Round((to - pitchClass) / 12) * 12) + pitchClass;
}
