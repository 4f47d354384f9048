using System.Globalization;
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
    /// <summary>A setting that stands in <see cref="NetworkPlan.Json"/> only where a recipe has it: programs that know version 1 of the format do not know it.</summary>
    internal const string ChannelsSetting = "channels";

    /// <summary>Which channels of the features the network looks at: a member of their stack by name, or a range. Null for all.</summary>
    public string? Channels { get; private init; }

    /// <summary>The first of these channels and how many there are, where they are a range; null where they are a member of a stack, or all.</summary>
    public (int First, int Count)? Range { get; private init; }

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

        string? channels = section.Has(ChannelsSetting) ? section.Text(ChannelsSetting, "") : null;
        return new InputPlan(name, view, normalise, frames, section.Flag("augment", true), LayerPlan.ReadAll(section, view))
        {
            Channels = channels,
            Range = channels is null || (channels.Length > 0 && char.IsAsciiLetter(channels[0])) ? null : RangeOf(section, channels),
        };
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

    private static (int First, int Count) RangeOf(RecipeSection section, string text)
    {
        string[] ends = text.Split('-');
        return ends.Length == 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int last)
            && first <= last && last < int.MaxValue
            ? (first, last - first + 1)
            : throw section.Refuse(ChannelsSetting, "must be the name of a member of the features' stack, or the first and the last of a range of channels, counted from 0, such as \"0-127\"");
    }
}
