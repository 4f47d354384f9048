using Pipeline.Nn;
using Pipeline.Recipes;

namespace Pipeline.Models;

/// <summary>What a network does with one of its inputs before all of them are merged.</summary>
/// <param name="Name">Name of the input; empty where there is only one.</param>
/// <param name="View">How the features are looked at.</param>
/// <param name="Normalise">What the features are brought to mean 0 and standard deviation 1 over.</param>
/// <param name="Frames">Frames that the network looks at; longer windows are looked at in several views. Null for the whole window.</param>
/// <param name="IsAugmented">Whether training changes windows of it at random; a stretch of them is cut out at random all the same.</param>
/// <param name="Layers">Its layers.</param>
public sealed record InputPlan(string Name, View View, Normalise Normalise, int? Frames, bool IsAugmented, IReadOnlyList<LayerPlan> Layers)
{
    /// <summary>Reads the settings of an input.</summary>
    public static InputPlan Read(RecipeSection section, string name)
    {
        View view = section.Choice("view", View.Sequence);
        Normalise normalise = section.Choice("normalise", Normalise.Channel);
        int? frames = section.IntOrNone("frames", null, 1, 1_000_000);
        if (view == View.Vector && frames is not null)
        {
            throw section.Refuse("frames", "is for sequences and pictures: a vector is a whole window");
        }

        return new InputPlan(name, view, normalise, frames, section.Flag("augment", true), LayerPlan.ReadAll(section, view));
    }

    /// <summary>The shape of a whole window of <paramref name="channels"/> by <paramref name="frames"/>.</summary>
    public Shape ShapeOf(int channels, int frames) => View switch
    {
        View.Sequence => new Shape(1, frames, channels),
        View.Picture => new Shape(channels, frames, 1),
        _ => Shape.Vector(checked(channels * frames)),
    };

    /// <summary>The shape of what the network looks at of such a window.</summary>
    /// <exception cref="ModelException">A window has not so many frames.</exception>
    public Shape LookedAt(int channels, int frames) => Frames > frames
        ? throw new ModelException($"the network looks at {Frames} frames, and the windows have {frames}: lower network.frames, or make the features with longer windows")
        : ShapeOf(channels, Frames ?? frames);
}
