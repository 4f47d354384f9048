namespace Pipeline.Features;

/// <summary>What is made of the music. The names in recipes and tables are these in small letters.</summary>
public enum Representation
{
    /// <summary>28 values of each segment, as the Million Song Dataset has them: see <see cref="SegmentChannels"/>.</summary>
    Segments,

    /// <summary>Levels in mel bands over time, in decibels.</summary>
    Logmel,

    /// <summary>Mel-frequency cepstral coefficients over time.</summary>
    Mfcc,

    /// <summary>A spectrogram of a given height and width, whatever the music's length.</summary>
    Spectrogram,

    /// <summary>The strength of the twelve pitch classes over time, 0 to 1.</summary>
    Chroma,

    /// <summary>Statistics of many descriptors over the whole: one frame of as many channels as there are columns.</summary>
    Stats,

    /// <summary>A spectrogram that somebody else has drawn, of a given height and width.</summary>
    Picture,

    /// <summary>Several representations of the same sound with the same frames, one under the other: see <see cref="FeatureSettings.Stack"/>.</summary>
    Stack,
}
