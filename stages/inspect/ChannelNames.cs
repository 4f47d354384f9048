using System.Globalization;
using Pipeline.Cli;
using Pipeline.Features;
using Pipeline.Tables;

namespace Pipeline.Stages.Inspection;

/// <summary>Prints what the channels of a table of features are: a number and a name, or a frequency, on each line.</summary>
internal static class ChannelNames
{
    /// <summary>Prints them.</summary>
    /// <param name="path">The table.</param>
    /// <exception cref="StageException">The table's history does not tell.</exception>
    public static void Write(string path)
    {
        FeatureAxes axes = FeatureSettings.Of(TableReader<FeatureRow>.Open(path))?.Axes
            ?? throw new StageException($"{path} does not say what it was made with: only tables of extract-features do");
        IEnumerable<string> names = axes.Names
            ?? axes.Hertz?.Select(h => h.ToString("0.##", CultureInfo.InvariantCulture) + " Hz")
            ?? throw new StageException($"the channels of {path} have no names: each is a {axes.Channels}");
        int number = 0;
        foreach (string name in names)
        {
            Console.Out.WriteLine($"{number++}\t{name}");
        }
    }
}
