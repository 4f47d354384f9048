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
            Part = section.Choice("part", SoundPart.All);
            Plan = AudioPlan.Read(Representation, section, SampleRate);
        }
        else if (Representation == Representation.Segments)
        {
            SampleRate = AnalysisRate;
        }
        else
        {
            Picture = PictureSettings.Read(section);
        }

        bool hasFrames = Representation is Representation.Segments or Representation.Logmel or Representation.Mfcc or Representation.Chroma;
        if (Picture is null)
        {
            RecipeSection window = section.Section("window");
            Window = WindowSettings.Read(window, hasFrames, hasSeconds: Representation != Representation.Segments);
            CheckRoom(window);
        }

        section.Finish();
        Json = section.Complete;
    }

    // A window lies in one array, and so does the sound that it is made of.
    private void CheckRoom(RecipeSection window)
    {
        if (Window.LengthS * SampleRate > Array.MaxLength)
        {
            throw window.Refuse("length_s", $"is too much: a window has {Array.MaxLength} samples at most");
        }

        int channels = Axes.Hertz?.Count ?? Axes.Names?.Count ?? 1;
        if ((long?)Window.LengthFrames * channels > Array.MaxLength)
        {
            throw window.Refuse("length_frames", $"is too much: a window has {Array.MaxLength} values at most, and a frame has {channels}");
        }
    }

    /// <summary>What is made of the music.</summary>
    public Representation Representation { get; }

    /// <summary>The representation's name in tables.</summary>
    public string Name => Representation.ToString().ToLowerInvariant();

    /// <summary>Samples per second that the music is brought to; 0 for pictures.</summary>
    public int SampleRate { get; }

    /// <summary>What part of the sound is looked at.</summary>
    public SoundPart Part { get; }

    /// <summary>How examples are cut into windows.</summary>
    public WindowSettings Window { get; } = new();

    /// <summary>All settings as JSON, those that the recipe does not give included.</summary>
    public string Json { get; }

    /// <summary>What is done with pictures; null for everything else.</summary>
    internal PictureSettings? Picture { get; }

    /// <summary>What the channels and values are.</summary>
    public FeatureAxes Axes => Plan?.Axes ?? Picture?.Axes ?? new FeatureAxes("channel", null, SegmentChannels.Names, "");

    /// <summary>What computes the features of samples; null for segments and pictures.</summary>
    internal AudioPlan? Plan { get; }

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
