using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Pipeline.Dsp.Tonal;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>The strength of the twelve pitch classes over time.</summary>
internal sealed class ChromaRepresentation(Func<ReadOnlySpan<float>, FrameMatrix> compute) : AudioRepresentation
{
    private static readonly string[] Names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

    private const double MostEstimated = 0.5; // bins, of a tuning that the music itself tells

    public static AudioPlan Read(RecipeSection section, int sampleRate)
    {
        var axes = new FeatureAxes("pitch class", null, Names, "share of the strongest");
        var transform = section.Choice("transform", ChromaTransform.Stft);
        double? tuning = section.NumberOrNone("tuning", null, -0.5, 0.5); // in semitones; null: estimated
        if (transform == ChromaTransform.Stft)
        {
            var settings = new ChromaSettings { SampleRate = sampleRate, Stft = StftSection.Read(section, new StftSettings()), Tuning = tuning };
            return new AudioPlan(() => new ChromaRepresentation(new ChromaStft(settings).Compute), axes, FrameGrid.Of(settings.Stft));
        }

        var constantQ = new ChromaCqtSettings { SampleRate = sampleRate, Hop = section.Int("hop", 512, 1, 1 << 16) };
        CheckReach(section, constantQ, tuning * constantQ.BinsPerOctave / 12 ?? MostEstimated);
        return new AudioPlan(
            () =>
            {
                var chroma = new ChromaCqt(constantQ);
                var smoothing = new ChromaCens();
                return new ChromaRepresentation(samples =>
                {
                    double bins = tuning * constantQ.BinsPerOctave / 12 ?? chroma.EstimateTuning(samples);
                    return transform == ChromaTransform.Cens ? smoothing.Compute(chroma.Sum(samples, bins)) : chroma.Compute(samples, bins);
                });
            },
            axes,
            FrameGrid.Centred(constantQ.Hop));
    }

    public override FrameMatrix Compute(ReadOnlySpan<float> samples) => compute(samples);

    // Filters of music that is tuned high reach higher: no example may be met that they are too high for.
    private static void CheckReach(RecipeSection section, ChromaCqtSettings settings, double tuning)
    {
        try
        {
            _ = new ChromaCqt(settings with { LowestFrequency = settings.LowestFrequency * Math.Pow(2, tuning / settings.BinsPerOctave) });
        }
        catch (ArgumentException e)
        {
            throw section.Refuse("transform", $"is not possible at {settings.SampleRate} samples a second: {e.Message}");
        }
    }
}
