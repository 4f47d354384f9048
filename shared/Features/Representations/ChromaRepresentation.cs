using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Pipeline.Dsp.Tonal;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>The strength of the twelve pitch classes over time.</summary>
internal sealed class ChromaRepresentation(int hop, Func<ReadOnlySpan<float>, FrameMatrix> compute) : AudioRepresentation
{
    private static readonly string[] Names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

    public override int Hop => hop;

    public static AudioPlan Read(RecipeSection section, int sampleRate)
    {
        var axes = new FeatureAxes("pitch class", null, Names, "share of the strongest");
        var transform = section.Choice("transform", ChromaTransform.Stft);
        double? tuning = section.NumberOrNone("tuning", null, -0.5, 0.5); // in semitones; null: estimated
        if (transform == ChromaTransform.Stft)
        {
            var settings = new ChromaSettings { SampleRate = sampleRate, Stft = StftSection.Read(section, new StftSettings()), Tuning = tuning };
            return new AudioPlan(
                () =>
                {
                    var chroma = new ChromaStft(settings);
                    return new ChromaRepresentation(settings.Stft.Hop, chroma.Compute);
                },
                axes);
        }

        var constantQ = new ChromaCqtSettings { SampleRate = sampleRate, Hop = section.Int("hop", 512, 1, 1 << 16) };
        return new AudioPlan(
            () =>
            {
                var chroma = new ChromaCqt(constantQ);
                var smoothing = new ChromaCens();
                return new ChromaRepresentation(constantQ.Hop, samples =>
                {
                    double bins = tuning * constantQ.BinsPerOctave / 12 ?? chroma.EstimateTuning(samples);
                    return transform == ChromaTransform.Cens ? smoothing.Compute(chroma.Sum(samples, bins)) : chroma.Compute(samples, bins);
                });
            },
            axes);
    }

    public override FrameMatrix Compute(ReadOnlySpan<float> samples) => compute(samples);
}
