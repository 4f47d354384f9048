namespace Pipeline.Dsp.Segments;

/// <summary>Into how many tatums the beats are divided.</summary>
internal static class TatumGrid
{
    private const double FastestTatumS = 0.12;

    // Two is the rule; how much stronger than at halves the onsets at other places have to be.
    private const double ThirdsFactor = 1.3;
    private const double QuartersShare = 0.55;

    /// <summary>Tatums per beat: 1 to 4.</summary>
    /// <param name="onsets">The onsets.</param>
    /// <param name="beats">The beats in steps.</param>
    /// <param name="period">Steps from beat to beat.</param>
    public static int PerBeat(BeatOnsets onsets, double[] beats, double period)
    {
        double halves = Mean(onsets, beats, 1 / 2.0);
        double thirds = 0.5 * (Mean(onsets, beats, 1 / 3.0) + Mean(onsets, beats, 2 / 3.0));
        double quarters = 0.5 * (Mean(onsets, beats, 1 / 4.0) + Mean(onsets, beats, 3 / 4.0));
        double beatS = period / onsets.Rate;
        if (thirds > ThirdsFactor * Math.Max(halves, quarters) && beatS / 3 >= FastestTatumS)
        {
            return 3;
        }

        if (quarters > QuartersShare * halves && beatS / 4 >= FastestTatumS)
        {
            return 4;
        }

        return beatS / 2 >= FastestTatumS && halves > 0 ? 2 : 1;
    }

    /// <summary>Places of the tatums in steps, between the first beat and the last.</summary>
    public static double[] Divide(double[] beats, int perBeat)
    {
        double[] tatums = new double[Math.Max(0, (beats.Length - 1) * perBeat + 1)];
        for (int i = 0; i < tatums.Length; i++)
        {
            (int beat, int part) = (i / perBeat, i % perBeat);
            tatums[i] = part == 0 ? beats[beat] : beats[beat] + (beats[beat + 1] - beats[beat]) * part / perBeat;
        }

        return tatums;
    }

    // Mean strength at a place between beats.
    private static double Mean(BeatOnsets onsets, double[] beats, double place)
    {
        double sum = 0;
        for (int i = 0; i + 1 < beats.Length; i++)
        {
            sum += BeatOnsets.At(onsets.Strength, beats[i] + place * (beats[i + 1] - beats[i]));
        }

        return sum / Math.Max(1, beats.Length - 1);
    }
}
