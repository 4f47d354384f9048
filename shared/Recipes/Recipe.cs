namespace Pipeline.Recipes;

/// <summary>
/// A file that says how features are computed and a network is trained: a JSON object with a section for each stage that
/// wants one. A stage reads its own section whole and leaves the others alone. Comments and trailing commas are allowed.
/// </summary>
public sealed class Recipe
{
    /// <summary>The sections there are; whatever else stands in a recipe is misspelt.</summary>
    private static readonly string[] Sections = ["features", "balance", "network", "training"];

    private readonly RecipeSection root;

    private Recipe(RecipeSection root, string path)
    {
        this.root = root;
        Name = root.Text("name", Path.GetFileNameWithoutExtension(path));
        Description = root.Text("description", "");
        Corpus = root.Text("corpus", "");
        root.Finish(Sections);
    }

    /// <summary>Name of the recipe; the file's, where it gives none.</summary>
    public string Name { get; }

    /// <summary>What it is for, in words.</summary>
    public string Description { get; }

    /// <summary>Shape of the built-in corpus that is made for it where there is no data (<c>make-corpus --shape</c>); empty for the default.</summary>
    public string Corpus { get; }

    /// <summary>Reads a recipe.</summary>
    /// <exception cref="RecipeException">It is no JSON object, or something in it is not known.</exception>
    public static Recipe Load(string path)
    {
        if (Directory.Exists(path))
        {
            throw new RecipeException($"{path} is a folder: name a recipe in it");
        }

        return File.Exists(path)
            ? new Recipe(RecipeSection.Parse(File.ReadAllText(path), path), path)
            : throw new RecipeException($"there is no file '{path}': a recipe is named by its file, such as manifests/recipes/logmel.json");
    }

    /// <summary>Whether the recipe has a section of this name.</summary>
    public bool Has(string section) => root.Has(section);

    /// <summary>A section; one without settings where the recipe has none of this name.</summary>
    public RecipeSection Section(string name) => Array.IndexOf(Sections, name) >= 0
        ? root.Section(name)
        : throw new ArgumentException($"no recipe has a section '{name}'", nameof(name));
}
