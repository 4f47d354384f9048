using Pipeline.Cli;
using Pipeline.Features;
using Pipeline.Models;
using Pipeline.Tables;

namespace Pipeline.Stages.Training;

/// <summary>Finds what an input looks at, of what its table has.</summary>
internal static class InputFeatures
{
    /// <summary>The features of an input, which are not yet normalised.</summary>
    /// <param name="plan">What the recipe says of it.</param>
    /// <param name="first">A window of its table.</param>
    /// <param name="table">The table.</param>
    /// <exception cref="StageException">The table has no such channels.</exception>
    public static ModelInput Of(InputPlan plan, FeatureRow first, TableReader<FeatureRow> table)
    {
        FeatureSettings? settings = FeatureSettings.Of(table);
        (int channel, int count) = plan.Channels is null ? (0, first.Channels) : plan.Range ?? OfMember(plan.Channels, settings, table.Path);
        if (channel > first.Channels - count)
        {
            throw new StageException($"{Setting(plan.Channels!)} ends at channel {channel + count - 1}, and the windows of {table.Path} have {first.Channels}, counted from 0");
        }

        return new ModelInput(plan.Name, first.Representation, count, first.Frames, settings?.Json, Normalisation.None(count)) { FirstChannel = channel, WindowChannels = first.Channels };
    }

    private static (int First, int Count) OfMember(string name, FeatureSettings? settings, string path)
    {
        if (settings is null)
        {
            throw new StageException($"{Setting(name)} is a member of a stack, and {path} does not say what it was made with: give a range of channels such as \"0-127\"");
        }

        if (settings.Stack.Count == 0)
        {
            throw new StageException(
                $"{Setting(name)} is a member of a stack, and {path} was made of {settings.Name} alone: make features with a recipe whose representation is 'stack', give a range of channels, or leave 'channels' out");
        }

        string[] names = [.. settings.Stack.Select(m => m.Name)];
        string hint = NearestName.Of(name, names) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
        StackMember member = settings.Stack.FirstOrDefault(m => m.Name == name)
            ?? throw new StageException($"{Setting(name)} is no member of the stack that {path} was made of{hint}: it has {string.Join(", ", names)}");
        return (member.First, member.Count);
    }

    private static string Setting(string channels) => $"network.channels '{channels}'";
}
