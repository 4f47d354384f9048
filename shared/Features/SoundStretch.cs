using Pipeline.Audio;

namespace Pipeline.Features;

/// <summary>The sound that features are computed of: what training and verdicts look at is brought to its rate and cut here.</summary>
public static class SoundStretch
{
    /// <summary>All of a sound at another rate.</summary>
    /// <param name="sound">One channel.</param>
    /// <param name="file">The file that it came from, for messages.</param>
    /// <param name="sampleRate">Samples per second that are wanted.</param>
    /// <exception cref="AudioException">It would be too long.</exception>
    public static float[] AtRate(Sound sound, string file, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(sound);
        return (double)sound.Samples.Length * sampleRate / sound.SampleRate <= Array.MaxLength
            ? Resampler.Resample(sound.Samples, sound.SampleRate, sampleRate)
            : throw new AudioException(file, $"{sound.Samples.Length} samples at {sound.SampleRate} a second are too many at {sampleRate}");
    }

    /// <summary>A stretch of it, which ends with the sound at the latest.</summary>
    /// <param name="samples">All of it.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="offsetS">Beginning of the stretch in seconds.</param>
    /// <param name="lengthS">Its length in seconds.</param>
    public static ReadOnlySpan<float> Cut(ReadOnlySpan<float> samples, int sampleRate, double offsetS, double lengthS)
    {
        int start = (int)Math.Clamp(Math.Round(offsetS * sampleRate), 0, samples.Length);
        int length = (int)Math.Clamp(Math.Round(lengthS * sampleRate), 0, samples.Length - start);
        return samples.Slice(start, length);
    }
}
