namespace Pipeline.Dsp.Spectral;

/// <summary>Pitch classes from a spectrum. The defaults are librosa's.</summary>
public sealed record ChromaSettings
{
    /// <summary>Samples per second.</summary>
    public double SampleRate { get; init; } = 22_050;

    /// <summary>Frames and transform.</summary>
    public StftSettings Stft { get; init; } = new();

    /// <summary>Pitch classes of an octave.</summary>
    public int Classes { get; init; } = 12;

    /// <summary>How far the music is from A = 440 Hz, in classes; null to estimate it from each signal.</summary>
    public double? Tuning { get; init; }

    /// <summary>Octave that counts most, in octaves above 27.5 Hz.</summary>
    public double CentreOctave { get; init; } = 5;

    /// <summary>Width of the octaves that count, as the standard deviation of a bell; null for all alike.</summary>
    public double? OctaveWidth { get; init; } = 2;

    /// <summary>The first class is C; otherwise it is A.</summary>
    public bool BeginsWithC { get; init; } = true;

    /// <summary>Scale of each frame.</summary>
    public ChromaNorm Norm { get; init; } = ChromaNorm.Maximum;
}
