using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Pipeline.Dsp.Tonal;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>Statistics of descriptors over the whole: one frame, a channel for each column of a published table.</summary>
internal sealed class StatisticsRepresentation(Func<float[], float[]> compute) : AudioRepresentation
{
    public static AudioPlan Read(RecipeSection section, int sampleRate)
    {
        var set = section.Choice("set", DescriptorSet.Fma);
        return set == DescriptorSet.Gtzan
            ? new AudioPlan(
                () => Gtzan(sampleRate),
                new FeatureAxes("column", null, GtzanDescriptors.Columns, ""))
            : new AudioPlan(
                () => Fma(sampleRate),
                new FeatureAxes("column", null, FmaDescriptors.Columns, ""));
    }

    public override FrameMatrix Compute(ReadOnlySpan<float> samples)
    {
        float[] columns = compute(samples.ToArray());
        var matrix = new FrameMatrix(1, columns.Length);
        columns.CopyTo(matrix.Values, 0);
        return matrix;
    }

    private static StatisticsRepresentation Gtzan(int sampleRate)
    {
        var settings = new GtzanSettings { SampleRate = sampleRate };
        var descriptors = new GtzanDescriptors(settings);
        var parts = new HarmonicPercussive(new HarmonicPercussiveSettings { Stft = settings.Stft });
        return new StatisticsRepresentation(samples =>
        {
            (float[] harmonic, float[] percussive) = parts.Separate(samples);
            return descriptors.Compute(samples, harmonic, percussive, 0);
        });
    }

    private static StatisticsRepresentation Fma(int sampleRate)
    {
        var settings = new FmaSettings { SampleRate = sampleRate };
        var descriptors = new FmaDescriptors(settings);
        var constantQ = new ChromaCqtSettings { SampleRate = sampleRate };
        var chroma = new ChromaCqt(constantQ);
        var tune = new ChromaStft(new ChromaSettings { SampleRate = sampleRate, Classes = constantQ.BinsPerOctave });
        var smoothing = new ChromaCens();
        return new StatisticsRepresentation(samples =>
        {
            FrameMatrix sum = chroma.Sum(samples, tune.EstimateTuning(samples));
            FrameMatrix smoothed = smoothing.Compute(sum);
            return descriptors.Compute(samples, sum, smoothed);
        });
    }
}
