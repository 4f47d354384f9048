using Pipeline.Dsp.Spectral;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>The settings that a recipe has for decibels.</summary>
internal static class LevelSection
{
    /// <summary>Reads the section <c>level</c>.</summary>
    public static DecibelSettings Read(RecipeSection section)
    {
        var d = new DecibelSettings();
        RecipeSection level = section.Section("level");
        var settings = new DecibelSettings
        {
            Reference = level.NumberOrNone("reference", d.Reference, 1e-12), // null: the greatest of all
            LeastPower = level.Number("least_power", d.LeastPower, 1e-30),
            Range = level.NumberOrNone("range_db", d.Range, 1),
        };
        level.Finish();
        return settings;
    }
}
