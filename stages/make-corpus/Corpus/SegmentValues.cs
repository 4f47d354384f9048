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
        double sudden = attack / (attack + 1);
        Confidence[segment] = Rounded(Math.Clamp(0.15 + 0.7 * sudden + dice.Gauss(0.12), 0, 1));
        LoudnessMax[segment] = Rounded(loudness);
        LoudnessStart[segment] = Rounded(Math.Max(-60, loudness - 2 - 18 * sudden * dice.Share()));
        LoudnessMaxTime[segment] = Rounded(dice.Between(0.01, 0.08));
    }

    /// <summary>Sets pitches: the strongest is 1.</summary>
    public void SetPitches(int segment, ReadOnlySpan<double> chroma, Dice dice)
    {
        // What is in no tone is in the room: also in silence one pitch is the strongest.
        double loudest = Math.Max(1e-9, Greatest(chroma));
        Span<double> heard = stackalloc double[Dimensions];
        for (int i = 0; i < Dimensions; i++)
        {
            heard[i] = chroma[i] / loudest + Math.Abs(dice.Gauss(0.05));
        }

        double strongest = Greatest(heard);
        for (int i = 0; i < Dimensions; i++)
        {
            Pitches[Dimensions * segment + i] = Rounded(heard[i] / strongest);
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
                1 => 90 * height + 60 * colour[i] / energy,
                3 => 40 * (attack - 0.5) + 20 * colour[i] / energy,
                _ => 330.0 / (i + 3) * colour[i] / energy,
            };
            Timbre[Dimensions * segment + i] = Rounded(value + dice.Gauss(i == 0 ? 0.5 : 60.0 / (i + 3)));
        }
    }

    private static double Greatest(ReadOnlySpan<double> values)
    {
        double greatest = values[0];
        foreach (double value in values)
        {
            greatest = Math.Max(greatest, value);
        }

        return greatest;
    }

    private static float Rounded(double value) => (float)Math.Round(value, 3);
}
