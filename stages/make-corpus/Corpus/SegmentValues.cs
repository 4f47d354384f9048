using Pipeline.Msd;
using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>The values of a song's segments, in the ranges that the Million Song Dataset's have.</summary>
internal sealed class SegmentValues(int count)
{
    private const int Dimensions = MsdLayout.SegmentValues;

    public float[] Confidence { get; } = new float[count];

    public float[] LoudnessStart { get; } = new float[count];

    public float[] LoudnessMax { get; } = new float[count];

    public float[] LoudnessMaxTime { get; } = new float[count];

    public float[] Pitches { get; } = new float[Dimensions * count];

    public float[] Timbre { get; } = new float[Dimensions * count];

    /// <summary>Sets how a segment begins.</summary>
    public void Set(int segment, double attack, double loudness, Dice dice)
    {
        double sudden = Math.Clamp(attack, 0, 1);
        Confidence[segment] = Rounded(Math.Clamp(0.15 + 0.7 * sudden + dice.Gauss(0.12), 0, 1));
        LoudnessMax[segment] = Rounded(loudness);
        LoudnessStart[segment] = Rounded(loudness - 2 - 12 * sudden * dice.Share());
        LoudnessMaxTime[segment] = Rounded(dice.Between(0.01, 0.08));
    }

    /// <summary>Sets pitches: the strongest is 1.</summary>
    public void SetPitches(int segment, ReadOnlySpan<double> chroma, Dice dice)
    {
        double strongest = 1e-9;
        foreach (double value in chroma)
        {
            strongest = Math.Max(strongest, value);
        }

        for (int i = 0; i < Dimensions; i++)
        {
            double value = chroma[i] / strongest;
            Pitches[Dimensions * segment + i] = Rounded(value >= 1 ? 1 : Math.Clamp(value + Math.Abs(dice.Gauss(0.05)), 0, 1));
        }
    }

    /// <summary>Sets timbre: the first is loudness, the second brightness, the fourth how sudden it begins; the rest are the instruments'.</summary>
    public void SetTimbre(int segment, double loudness, double height, double attack, ReadOnlySpan<double> colour, double energy, Dice dice)
    {
        for (int i = 0; i < Dimensions; i++)
        {
            double value = i switch
            {
                0 => loudness,
                1 => 90 * height + 40 * colour[i] / energy,
                3 => 40 * (attack - 0.5) + 20 * colour[i] / energy,
                _ => 220.0 / (i + 3) * colour[i] / energy,
            };
            Timbre[Dimensions * segment + i] = Rounded(value + dice.Gauss(i == 0 ? 0.5 : 60.0 / (i + 3)));
        }
    }

    private static float Rounded(double value) => (float)Math.Round(value, 3);
}
