using System.Globalization;
using Pipeline.Recipes;

namespace Pipeline.Stages.Balancing;

/// <summary>How the train part is balanced.</summary>
/// <param name="LeaveOut">Genres to leave out of all parts.</param>
/// <param name="Min">Train recordings that a genre needs.</param>
/// <param name="Small">What becomes of genres with fewer.</param>
/// <param name="PerSourceCap">The most train recordings of a genre from a source; null for any number.</param>
/// <param name="Cap">The most train recordings of a genre; null for any number.</param>
/// <param name="Target">Train examples that a genre gets by copies; null for no copies.</param>
/// <param name="Augmentation">How copies differ.</param>
/// <param name="Media">What files there are to be examples of.</param>
/// <param name="Seed">Seed of the lots.</param>
internal sealed record BalanceSettings(
    IReadOnlyList<string> LeaveOut, int Min, SmallGenres Small, int? PerSourceCap, int? Cap, int? Target, Augmentation Augmentation, Media Media, ulong Seed)
{
    /// <summary>The settings that change the table, by the names of the options.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Provenance =>
    [
        new("features", Media.ToString()),
        new("leave-out", string.Join(", ", LeaveOut)),
        new("min", Text(Min)),
        new("per-source-cap", Text(PerSourceCap)),
        new("cap", Text(Cap)),
        new("target", Text(Target)),
        new("augment", Augmentation.Json),
        new("seed", Seed.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Reads a recipe's section.</summary>
    /// <exception cref="RecipeException">A setting is not known, or not possible.</exception>
    public static BalanceSettings Read(RecipeSection section)
    {
        var settings = new BalanceSettings(
            LeaveOut: [],
            Cap: section.IntOrNone("cap", null, least: 1),
            PerSourceCap: section.IntOrNone("per_source_cap", null, least: 1),
            Target: section.IntOrNone("target", null, least: 1),
            Min: section.Int("min", 0, least: 0),
            Small: section.Choice("small", SmallGenres.Drop),
            Augmentation: Augmentation.Read(section.Section("augment")),
            Media: new Media(null),
            Seed: 0);
        section.Finish();
        return settings;
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
