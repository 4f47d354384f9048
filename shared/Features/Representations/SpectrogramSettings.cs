using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Pipeline.Pictures;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>A spectrogram of a given height and width, whatever the music's length.</summary>
internal sealed record SpectrogramSettings
{
    /// <summary>Frames and their transform.</summary>
    public required StftSettings Stft { get; init; }

    /// <summary>Samples per second.</summary>
    public required int SampleRate { get; init; }

    /// <summary>Rows of frequencies.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of time.</summary>
    public required int Width { get; init; }

    /// <summary>How the rows lie over the frequencies.</summary>
    public required FrequencyScale Scale { get; init; }

    /// <summary>Frequency at the lower edge in hertz.</summary>
    public required double LowestHz { get; init; }

    /// <summary>Frequency at the upper edge in hertz.</summary>
    public required double HighestHz { get; init; }

    /// <summary>What the values are.</summary>
    public required SpectrumValues Values { get; init; }

    /// <summary>How decibels are taken.</summary>
    public required DecibelSettings Level { get; init; }

    /// <summary>How many frames and frequencies become fewer, or more.</summary>
    public required ResizeFilter Filter { get; init; }

    /// <summary>Reads the settings.</summary>
    public static SpectrogramSettings Read(RecipeSection section, int sampleRate)
    {
        double nyquist = sampleRate / 2.0;
        var scale = section.Choice("frequency", FrequencyScale.Linear);
        var settings = new SpectrogramSettings
        {
            SampleRate = sampleRate,
            Stft = StftSection.Read(section, new StftSettings()),
            Height = section.Int("height", 128, 1, 4096),
            Width = section.Int("width", 256, 1, 4096),
            Scale = scale,
            LowestHz = section.Number("lowest_hz", scale == FrequencyScale.Log ? 32.703195662574764 : 0, scale == FrequencyScale.Log ? 1 : 0, nyquist),
            HighestHz = section.NumberOrNone("highest_hz", null, 1, nyquist) ?? nyquist,
            Values = section.Choice("values", SpectrumValues.Db),
            Level = LevelSection.Read(section),
            Filter = section.Choice("resize", ResizeFilter.Area),
        };
        return settings.HighestHz > settings.LowestHz ? settings : throw section.Refuse("highest_hz", "must be above 'lowest_hz'");
    }

    /// <summary>Frequency in the middle of a row, in hertz; the first row is the lowest.</summary>
    public double HertzOf(double row) => Scale == FrequencyScale.Linear
        ? LowestHz + (HighestHz - LowestHz) * (row + 0.5) / Height
        : LowestHz * Math.Pow(HighestHz / LowestHz, (row + 0.5) / Height);
}
