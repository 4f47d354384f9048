using Pipeline.Features.Representations;
using Pipeline.Recipes;
using Pipeline.Tables;

namespace Pipeline.Features;

/// <summary>
/// All that the features depend on. It is read from a recipe's section <c>features</c> and comes back, complete, from
/// <see cref="Json"/>, which is what stands in a table's footer and in a model. Any number of threads may share it.
/// </summary>
public sealed class FeatureSettings
{
    /// <summary>The rate that the analysis of segments is made for.</summary>
    private const int AnalysisRate = 22_050;

    private FeatureSettings(RecipeSection section)
    {
        Representation = section.Choice("representation", Representation.Segments);
        if (Representation is not (Representation.Segments or Representation.Picture))
        {
            SampleRate = section.Int("sample_rate", AnalysisRate, 1000, 768_000);
            Members = Representation == Representation.Stack ? StackSection.Read(section, SampleRate) : [Only(section)];
        }
        else if (Representation == Representation.Segments)
        {
            SampleRate = AnalysisRate;
        }
        else
        {
            Picture = PictureSettings.Read(section);
        }

        bool hasFrames = Members.All(m => m.Plan.Frames.Hop > 0); // segments too, which are frames themselves
        if (Picture is null)
        {
            RecipeSection window = section.Section("window");
            Window = WindowSettings.Read(window, hasFrames, hasSeconds: Representation != Representation.Segments);
            CheckRoom(window);
            StackSection.CheckFrames(section, Members, WindowSamples);
        }

        section.Finish();
        Json = section.Complete;
    }

    // The one representation of most recipes.
    private StackMember Only(RecipeSection section)
    {
        SoundPart part = section.Choice("part", SoundPart.All);
        return new StackMember("", Representation, part, 0, AudioPlan.Read(Representation, section, SampleRate));
    }

    // A window lies in one array, and so does the sound that it is made of.
    private void CheckRoom(RecipeSection window)
    {
        if (Window.LengthS * SampleRate > Array.MaxLength)
        {
            throw window.Refuse("length_s", $"is too much: a window has {Array.MaxLength} samples at most");
        }

        if ((long?)Window.LengthFrames * Channels > Array.MaxLength)
        {
            throw window.Refuse("length_frames", $"is too much: a window has {Array.MaxLength} values at most, and a frame has {Channels}");
        }
    }

    /// <summary>What is made of the music.</summary>
    public Representation Representation { get; }

    /// <summary>The representation's name in tables.</summary>
    public string Name => Representation.ToString().ToLowerInvariant();

    /// <summary>Samples per second that the music is brought to; 0 for pictures.</summary>
    public int SampleRate { get; }

    /// <summary>How examples are cut into windows.</summary>
    public WindowSettings Window { get; } = new();

    /// <summary>The representations that stand one under the other, by name, where there are several; none of any other representation.</summary>
    public IReadOnlyList<StackMember> Stack => Representation == Representation.Stack ? Members : [];

    /// <summary>All settings as JSON, those that the recipe does not give included.</summary>
    public string Json { get; }

    /// <summary>What is done with pictures; null for everything else.</summary>
    internal PictureSettings? Picture { get; }

    /// <summary>What the channels and values are.</summary>
    public FeatureAxes Axes => Representation switch
    {
        Representation.Segments => new FeatureAxes("channel", null, SegmentChannels.Names, ""),
        Representation.Picture => Picture!.Axes,
        Representation.Stack => StackSection.AxesOf(Members),
        _ => Members[0].Plan.Axes,
    };

    /// <summary>What is made of samples, one of it under the other; nothing of segments and pictures.</summary>
    internal IReadOnlyList<StackMember> Members { get; } = [];

    /// <summary>Channels of what is made of samples, or of segments.</summary>
    internal int Channels => Members.Count > 0 ? Members.Sum(m => m.Count) : SegmentChannels.Count;

    /// <summary>Samples of a window, where the sound is cut before its features are computed; otherwise null.</summary>
    internal int? WindowSamples => Window.LengthS is { } seconds ? Math.Max(1, (int)Math.Round(seconds * SampleRate)) : null;

    /// <summary>Reads a recipe's section.</summary>
    /// <exception cref="RecipeException">A setting is not known, or not possible.</exception>
    public static FeatureSettings Read(RecipeSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return new FeatureSettings(section);
    }

    /// <summary>The settings that a table of features was made with; null where its history has none, as another program's may not.</summary>
    /// <param name="table">The table.</param>
    public static FeatureSettings? Of(TableReader<FeatureRow> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        string? json = table.Provenance.Entries.SelectMany(e => e.Settings).LastOrDefault(s => s.Key == "features").Value;
        return json is null ? null : Parse(json, table.Path);
    }

    /// <summary>Reads what <see cref="Json"/> gave.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">What errors name as its place.</param>
    /// <exception cref="RecipeException">It is something else.</exception>
    public static FeatureSettings Parse(string json, string file) => new(RecipeSection.Parse(json, file));
}
