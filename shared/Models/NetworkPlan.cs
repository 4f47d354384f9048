using Pipeline.Recipes;

namespace Pipeline.Models;

/// <summary>
/// The layers of a network, as a recipe's section <c>network</c> has them: one input with its layers, or several, whose
/// outputs are put beside each other, and the layers behind that. A dense layer with a value for each genre ends every network.
/// </summary>
public sealed record NetworkPlan
{
    /// <summary>What the names of parameters behind several inputs begin with, and of the last layer's.</summary>
    internal const string Merged = "merged", Output = "output";

    // The inputs' names begin those of parameters too, and stand beside the output's in files of other formats.
    private static readonly string[] Taken = [Merged, Output, "probabilities"];

    private NetworkPlan(RecipeSection section)
    {
        if (section.Has("inputs"))
        {
            var inputs = new List<InputPlan>();
            foreach (RecipeSection input in section.List("inputs"))
            {
                string name = input.Text("name", "");
                if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || Taken.Contains(name) || inputs.Any(i => i.Name == name))
                {
                    throw input.Refuse("name", $"must be letters, digits and dashes, none of {string.Join(", ", Taken)}, and differ from the other inputs'");
                }

                inputs.Add(InputPlan.Read(input, name));
                input.Finish(InputPlan.ChannelsSetting);
            }

            if (inputs.Count < 2)
            {
                throw section.Refuse("inputs", "is for two or more: leave it out where there is one input, whose settings stand in 'network' itself");
            }

            Inputs = inputs;
            Layers = LayerPlan.ReadAll(section, View.Vector);
        }
        else
        {
            Inputs = [InputPlan.Read(section, "")];
            Layers = [];
        }

        Views = section.Int("views", 5, 1, 1000);
        OutputL2 = (float)section.Number("output_l2", 0, 0, 1000);
        section.Finish(section.Has("inputs") ? [] : [InputPlan.ChannelsSetting]);
        Json = section.Complete;
    }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<InputPlan> Inputs { get; }

    /// <summary>What follows the inputs' own layers, of vectors; none where there is one input.</summary>
    public IReadOnlyList<LayerPlan> Layers { get; }

    /// <summary>In how many views a window is looked at for a verdict, where the network looks at fewer frames than a window has.</summary>
    public int Views { get; }

    /// <summary>Strength of the penalty on the squares of the last layer's weights.</summary>
    public float OutputL2 { get; }

    /// <summary>All settings as JSON, those that the recipe does not give included.</summary>
    public string Json { get; }

    /// <summary>Reads a recipe's section.</summary>
    /// <exception cref="RecipeException">A setting is not known, or not possible.</exception>
    public static NetworkPlan Read(RecipeSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return new NetworkPlan(section);
    }

    /// <summary>Reads what <see cref="Json"/> gave.</summary>
    public static NetworkPlan Parse(string json, string file) => new(RecipeSection.Parse(json, file));
}
