using Pipeline.Recipes;
using Pipeline.Tables;

namespace Pipeline.Stages.Balancing;

/// <summary>The kinds of files that a recipe's features can be computed of: of others no examples are planned.</summary>
/// <param name="Features">Name of the features; null where there is no recipe, and anything may be wanted.</param>
internal sealed record Media(string? Features)
{
    /// <summary>Reads what a recipe computes.</summary>
    /// <param name="features">The recipe's section for it, whose other settings are another stage's.</param>
    public static Media Read(RecipeSection features) => new(features.Text("representation", "segments"));

    /// <summary>What a file holds, by its name.</summary>
    public static Medium Of(string path) =>
        Recording.IsSongFile(path) ? Medium.SongFile
        : Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase) ? Medium.Picture
        : Medium.Sound;

    /// <summary>How people call it, in the plural.</summary>
    public static string Name(Medium medium) => medium switch
    {
        Medium.Picture => "pictures",
        Medium.SongFile => "song files",
        _ => "sound files",
    };

    /// <summary>Whether there are features of such a file.</summary>
    public bool Has(Medium medium) => Features switch
    {
        null => true,
        "picture" => medium == Medium.Picture,
        "segments" => medium != Medium.Picture,
        _ => medium == Medium.Sound,
    };

    /// <summary>As the provenance tells it.</summary>
    public override string ToString() => Features ?? "any";
}
