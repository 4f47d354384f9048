using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>A representation as a recipe describes it, ready to be planned by every thread for itself.</summary>
/// <param name="Create">Plans it.</param>
/// <param name="Axes">What its channels are.</param>
/// <param name="Frames">Where its frames lie.</param>
internal sealed record AudioPlan(Func<AudioRepresentation> Create, FeatureAxes Axes, FrameGrid Frames)
{
    /// <summary>How many channels it has.</summary>
    public int Channels => Axes.Hertz?.Count ?? Axes.Names!.Count;

    /// <summary>Reads the settings of a representation of samples.</summary>
    public static AudioPlan Read(Representation representation, RecipeSection section, int sampleRate) => representation switch
    {
        Representation.Logmel => LogMelRepresentation.Read(section, sampleRate),
        Representation.Mfcc => MfccRepresentation.Read(section, sampleRate),
        Representation.Spectrogram => SpectrogramRepresentation.Read(section, sampleRate),
        Representation.Chroma => ChromaRepresentation.Read(section, sampleRate),
        Representation.Stats => StatisticsRepresentation.Read(section, sampleRate),
        _ => throw new ArgumentOutOfRangeException(nameof(representation), representation, "not of samples alone"),
    };
}
