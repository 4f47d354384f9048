using Pipeline.Dsp;

namespace Pipeline.Features.Changes;

/// <summary>Makes a <see cref="Change"/> to audio: speed, pitch, gain, noise, in this order. It keeps plans and is for one thread at a time.</summary>
public sealed class AudioChanger
{
    private readonly TimeStretch stretch = new(new StftSettings());
    private readonly PitchShift pitch = new(new StftSettings());

    /// <summary>The changed samples; of another length where the speed is changed.</summary>
    public float[] Apply(ReadOnlySpan<float> samples, Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        float[] changed = change.Stretch != 1 ? stretch.Stretch(samples, change.Stretch) : samples.ToArray();
        if (change.PitchSemitones != 0)
        {
            changed = pitch.Shift(changed, change.PitchSemitones);
        }

        if (change.GainDb != 0)
        {
            float gain = MathF.Pow(10, change.GainDb / 20);
            foreach (ref float sample in changed.AsSpan())
            {
                sample *= gain;
            }
        }

        if (change.NoiseSnrDb is { } snr)
        {
            AddNoise(changed, snr, new WhiteNoise(change.Seed));
        }

        return changed;
    }

    private static void AddNoise(Span<float> samples, double snrDb, WhiteNoise noise)
    {
        double energy = 0;
        foreach (float sample in samples)
        {
            energy += (double)sample * sample;
        }

        double level = Math.Sqrt(energy / Math.Max(1, samples.Length)) * Math.Pow(10, -snrDb / 20);
        foreach (ref float sample in samples)
        {
            sample += (float)(level * noise.Next());
        }
    }
}
