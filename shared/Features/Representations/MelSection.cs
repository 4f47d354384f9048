using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>The settings that a recipe has for mel bands and for their levels.</summary>
internal static class MelSection
{
    /// <summary>Reads the sections <c>stft</c>, <c>mel</c> and <c>level</c>.</summary>
    public static LogMelSettings Read(RecipeSection section, int sampleRate)
    {
        var d = new MelSettings();
        StftSettings stft = StftSection.Read(section, new StftSettings());
        RecipeSection mel = section.Section("mel");
        double nyquist = sampleRate / 2.0;
        var bands = new MelSettings
        {
            SampleRate = sampleRate,
            Stft = stft,
            Bands = mel.Int("bands", d.Bands, 1, 4096),
            MinFrequency = mel.Number("lowest_hz", d.MinFrequency, 0, nyquist),
            MaxFrequency = mel.NumberOrNone("highest_hz", d.MaxFrequency, 1, nyquist),
            Formula = mel.Choice("formula", d.Formula),
            Norm = mel.Choice("norm", d.Norm),
        };
        if (bands.MaxFrequency is { } highest && highest <= bands.MinFrequency)
        {
            throw mel.Refuse("highest_hz", "must be above 'lowest_hz'");
        }

        mel.Finish();
        return new LogMelSettings { Mel = bands, Decibels = LevelSection.Read(section) };
    }
}
