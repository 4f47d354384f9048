using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>Levels in mel bands.</summary>
internal sealed class LogMelRepresentation(LogMelSettings settings) : AudioRepresentation
{
    private readonly LogMel mel = new(settings);

    public static AudioPlan Read(RecipeSection section, int sampleRate)
    {
        LogMelSettings settings = MelSection.Read(section, sampleRate);
        MelSettings bands = settings.Mel;
        double[] edges = MelScale.Frequencies(bands.Bands + 2, bands.MinFrequency, bands.MaxFrequency ?? sampleRate / 2.0, bands.Formula);
        return new AudioPlan(() => new LogMelRepresentation(settings), new FeatureAxes("mel bands, Hz", edges[1..^1], null, "dB"), FrameGrid.Of(bands.Stft));
    }

    public override FrameMatrix Compute(ReadOnlySpan<float> samples) => mel.Compute(samples);
}
