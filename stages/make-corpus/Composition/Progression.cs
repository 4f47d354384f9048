namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>Chords bar by bar, written as musicians do: bars are parted by spaces, chords within a bar by commas: <c>ii7,V7 Imaj7</c>.</summary>
internal sealed class Progression
{
    private readonly Chord[][] bars;

    private Progression(Chord[][] bars) => this.bars = bars;

    /// <summary>How many bars it has before it begins again.</summary>
    public int Bars => bars.Length;

    /// <exception cref="FormatException">A chord cannot be read.</exception>
    public static Progression Parse(string text) =>
        new([.. text.Split(' ').Select(bar => bar.Split(',').Select(Chord.Parse).ToArray())]);

    /// <summary>The chord that sounds at a place of a bar.</summary>
    /// <param name="bar">From 0, over any number of repetitions.</param>
    /// <param name="share">How much of the bar has passed, 0 to below 1.</param>
    public Chord At(int bar, double share)
    {
        Chord[] chords = bars[bar % bars.Length];
        return chords[Math.Min((int)(share * chords.Length), chords.Length - 1)];
    }
}
