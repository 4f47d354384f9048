using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>Mel-frequency cepstral coefficients, and how they change where that is wanted.</summary>
internal sealed class MfccRepresentation(MfccSettings settings, int deltas) : AudioRepresentation
{
    private readonly Mfcc mfcc = new(settings);
    private readonly Delta[] changes = [.. Enumerable.Range(1, deltas).Select(order => new Delta(order: order))];

    public static AudioPlan Read(RecipeSection section, int sampleRate)
    {
        var d = new MfccSettings();
        LogMelSettings mel = MelSection.Read(section, sampleRate);
        var settings = new MfccSettings
        {
            LogMel = mel,
            Coefficients = section.Int("coefficients", Math.Min(d.Coefficients, mel.Mel.Bands), 1, mel.Mel.Bands),
            Lifter = section.Number("lifter", d.Lifter, 0, 1e6),
        };
        int deltas = section.Int("deltas", 0, 0, 2);
        string[] names = [.. Enumerable.Range(0, deltas + 1).SelectMany(order => Enumerable.Range(1, settings.Coefficients).Select(i => new string('\'', order) + i))];
        return new AudioPlan(() => new MfccRepresentation(settings, deltas), new FeatureAxes("coefficient", null, names, ""), FrameGrid.Of(mel.Mel.Stft));
    }

    public override FrameMatrix Compute(ReadOnlySpan<float> samples)
    {
        FrameMatrix coefficients = mfcc.Compute(samples);
        if (deltas == 0)
        {
            return coefficients;
        }

        if (coefficients.Frames < changes[0].Width)
        {
            throw new FeatureException("too-short", $"{coefficients.Frames} frames, the change of coefficients needs {changes[0].Width}");
        }

        FrameMatrix[] parts = [coefficients, .. changes.Select(change => change.Compute(coefficients))];
        var together = new FrameMatrix(coefficients.Frames, parts.Length * coefficients.Width);
        for (int t = 0; t < together.Frames; t++)
        {
            for (int part = 0; part < parts.Length; part++)
            {
                parts[part][t].CopyTo(together[t][(part * coefficients.Width)..]);
            }
        }

        return together;
    }
}
