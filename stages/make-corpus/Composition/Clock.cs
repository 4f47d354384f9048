namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>When a beat is: tempo, its bending (rubato), and swing.</summary>
internal sealed class Clock
{
    // Rubato needs no finer grid than a quarter of a beat: between its points time runs evenly.
    private const int Grid = 4;

    private readonly double[] times;
    private readonly double swing, pair;

    /// <param name="tempo">Beats per minute.</param>
    /// <param name="beats">Length of the song.</param>
    /// <param name="style">Swing and rubato.</param>
    /// <param name="phrase">Beats of a phrase: rubato slows towards its end.</param>
    /// <param name="dice">For the drift of people who play.</param>
    public Clock(double tempo, int beats, Style style, int phrase, Dice dice)
    {
        swing = style.Swing;
        pair = style.SwingPair;
        times = new double[beats * Grid + Grid + 1];
        double drift = 0;
        for (int i = 1; i < times.Length; i++)
        {
            double place = (double)(i - 1) / Grid % phrase / phrase;
            // Forward in the middle of a phrase, back at its end.
            double bend = style.Rubato * (0.6 * Math.Sin(Math.PI * place) - 1.6 * Math.Pow(place, 6));
            drift = 0.98 * drift + dice.Gauss(0.0015 + 0.02 * style.Rubato);
            times[i] = times[i - 1] + 60 / (tempo * (1 + bend + drift)) / Grid;
        }
    }

    /// <summary>Seconds of a place counted in beats, unswung.</summary>
    public double Straight(double beat)
    {
        double place = Math.Clamp(beat * Grid, 0, times.Length - 1.001);
        int i = (int)place;
        return times[i] + (place - i) * (times[i + 1] - times[i]);
    }

    /// <summary>Seconds of a place counted in beats as written: the second half of a pair comes late where the style swings.</summary>
    public double At(double beat)
    {
        double start = Math.Floor(beat / pair + 1e-9) * pair;
        double place = (beat - start) / pair;
        // Triplets are swung as written.
        bool isTriplet = Math.Abs(place * 3 - Math.Round(place * 3)) < 1e-6 && place > 0.01;
        double swung = isTriplet ? place : place < 0.5 ? 2 * place * swing : swing + (2 * place - 1) * (1 - swing);
        return Straight(start + swung * pair);
    }
}
