using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>Statistics of descriptors over the whole: one frame, a channel for each column of a published table.</summary>
internal sealed class StatisticsRepresentation(Func<ReadOnlySpan<float>, float[]> compute) : AudioRepresentation
{
    public static AudioPlan Read(RecipeSection section, int sampleRate)
    {
        var set = section.Choice("set", DescriptorSet.Fma);
        AudioPlan plan = set == DescriptorSet.Gtzan
            ? new AudioPlan(
                () => new StatisticsRepresentation(new GtzanDescriptors(new GtzanSettings { SampleRate = sampleRate }).Compute),
                new FeatureAxes("column", null, GtzanDescriptors.Columns, ""),
                FrameGrid.Fixed(1))
            : new AudioPlan(
                () => new StatisticsRepresentation(new FmaDescriptors(new FmaSettings { SampleRate = sampleRate }).Compute),
                new FeatureAxes("column", null, FmaDescriptors.Columns, ""),
                FrameGrid.Fixed(1));
        try
        {
            plan.Create();
        }
        catch (ArgumentException e)
        {
            throw section.Refuse("set", $"is not possible at {sampleRate} samples a second: {e.Message}");
        }

        return plan;
    }

    public override FrameMatrix Compute(ReadOnlySpan<float> samples)
    {
        float[] columns = compute(samples);
        var matrix = new FrameMatrix(1, columns.Length);
        columns.CopyTo(matrix.Values, 0);
        return matrix;
    }
}
