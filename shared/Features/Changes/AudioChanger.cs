using Pipeline.Dsp;

namespace Pipeline.Features.Changes;

/// <summary>Makes a <see cref="Change"/> to audio: speed, pitch, gain, noise, in this order. It keeps plans and is for one thread at a time.</summary>
public sealed class AudioChanger
{
    private readonly TimeStretch stretch = new(new StftSettings());
    private readonly PitchShift pitch = new(new StftSettings());

    /// <summary>The changed samples; of another length where the speed is changed.</summary>
    /// <exception cref="FeatureException">The change is not possible, or what comes out has no room in memory.</exception>
    public float[] Apply(ReadOnlySpan<float> samples, Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        change.Check();
        double slowest = samples.Length / change.Stretch * Math.Max(1, Math.Pow(2, change.PitchSemitones / 12));
        if (slowest > Array.MaxLength)
        {
            throw new FeatureException("too-long", $"{samples.Length} samples become {slowest:0} on the way");
        }

        float[] changed = change.Stretch != 1 ? stretch.Stretch(samples, change.Stretch) : samples.ToArray();
        if (change.PitchSemitones != 0)
        {
            changed = pitch.Shift(changed, change.PitchSemitones);
        }

        // The phase vocoder smears, and what is smeared is weaker: the level is not to change unless it is asked to.
        double kept = Strength(changed) is > 0 and var weaker ? Strength(samples) / weaker : 1;
        float gain = (float)(kept * Math.Pow(10, change.GainDb / 20));
        foreach (ref float sample in changed.AsSpan())
        {
            sample *= gain;
        }

        if (change.NoiseSnrDb is { } snr)
        {
            double level = Strength(changed) * Math.Pow(10, -snr / 20);
            var noise = new WhiteNoise(change.Seed);
            foreach (ref float sample in changed.AsSpan())
            {
                sample += (float)(level * noise.Next());
            }
        }

        return changed;
    }

    // Root of the mean square.
    private static double Strength(ReadOnlySpan<float> samples)
    {
        double energy = 0;
        foreach (float sample in samples)
        {
            energy += (double)sample * sample;
        }

        return Math.Sqrt(energy / Math.Max(1, samples.Length));
    }
}
