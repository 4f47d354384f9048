namespace Pipeline.Features;

/// <summary>A sound and its parts, each of as many samples.</summary>
internal readonly ref struct PartedSound
{
    private readonly ReadOnlySpan<float> all;
    private readonly ReadOnlySpan<float> harmonic;
    private readonly ReadOnlySpan<float> percussive;

    /// <summary>A sound with its parts, which are empty where nobody looks at them.</summary>
    public PartedSound(ReadOnlySpan<float> all, ReadOnlySpan<float> harmonic, ReadOnlySpan<float> percussive)
    {
        this.all = all;
        this.harmonic = harmonic;
        this.percussive = percussive;
    }

    /// <summary>Samples of each.</summary>
    public int Length => all.Length;

    /// <summary>The samples of a part.</summary>
    public ReadOnlySpan<float> this[SoundPart part] => part switch
    {
        SoundPart.Harmonic => harmonic,
        SoundPart.Percussive => percussive,
        _ => all,
    };

    /// <summary>A stretch of all of them.</summary>
    public PartedSound Slice(int start, int count) =>
        new(all.Slice(start, count), harmonic.IsEmpty ? [] : harmonic.Slice(start, count), percussive.IsEmpty ? [] : percussive.Slice(start, count));

    /// <summary>All of them made as long as is wanted.</summary>
    /// <param name="length">Samples that are wanted, more than there are.</param>
    /// <param name="window">What fills them up.</param>
    public PartedSound Filled(int length, WindowSettings window) =>
        new(window.Filled(all, 1, length), harmonic.IsEmpty ? [] : window.Filled(harmonic, 1, length), percussive.IsEmpty ? [] : window.Filled(percussive, 1, length));
}
