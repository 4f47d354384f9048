using Pipeline.Pictures;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>What is done with pictures of spectrograms.</summary>
internal sealed record PictureSettings
{
    /// <summary>Rows of the features, for each colour.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of the features.</summary>
    public required int Width { get; init; }

    /// <summary>Whether red, green and blue are kept apart; otherwise there is one value, 0 to 1.</summary>
    public required bool IsColour { get; init; }

    /// <summary>The map that the picture's colours were taken from, which is undone; <c>none</c> takes colours as they are.</summary>
    public required ColourMapName Map { get; init; }

    /// <summary>Whether white margins, axes and what is written at them are cut off.</summary>
    public required bool IsCropped { get; init; }

    /// <summary>How pixels become fewer, or more.</summary>
    public required ResizeFilter Filter { get; init; }

    /// <summary>What the channels are.</summary>
    public FeatureAxes Axes => new(IsColour ? "row, of red, green and blue" : "row", null, null, "");

    /// <summary>Reads the settings.</summary>
    public static PictureSettings Read(RecipeSection section)
    {
        var settings = new PictureSettings
        {
            Height = section.Int("height", 128, 1, 4096),
            Width = section.Int("width", 384, 1, 4096),
            IsColour = section.Flag("colour", false),
            Map = section.Choice("colour_map", ColourMapName.None),
            IsCropped = section.Flag("crop", true),
            Filter = section.Choice("resize", ResizeFilter.Area),
        };
        return settings is { IsColour: true, Map: not ColourMapName.None }
            ? throw section.Refuse("colour_map", "gives one value for each colour: it does not go together with 'colour'")
            : settings;
    }
}
