namespace Pipeline.Audio;

/// <summary>A whole sound in memory.</summary>
/// <param name="Samples">Frame after frame, channels interleaved (frames x channels); 1 is full scale.</param>
/// <param name="Channels">Channels, 1 or more.</param>
/// <param name="SampleRate">Frames per second.</param>
/// <param name="Format">The kind of file it came from.</param>
/// <param name="Damage">What was wrong with the file, null if it was sound.</param>
public sealed record Sound(float[] Samples, int Channels, int SampleRate, AudioFormat Format, string? Damage)
{
    /// <summary>Samples of each channel.</summary>
    public int Frames => Samples.Length / Channels;

    /// <summary>Length in seconds.</summary>
    public double DurationS => (double)Frames / SampleRate;

    /// <summary>The average of the channels; the sound itself where it has one channel.</summary>
    public Sound ToMono()
    {
        if (Channels == 1)
        {
            return this;
        }

        float[] mono = GC.AllocateUninitializedArray<float>(Frames);
        MonoMix.Mix(Samples, Channels, mono);
        return this with { Samples = mono, Channels = 1 };
    }
}
