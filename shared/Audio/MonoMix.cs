namespace Pipeline.Audio;

/// <summary>Many channels to one.</summary>
public static partial class MonoMix
{
    /// <summary>Each frame's average: the sum of its channels in their order, divided by their number.</summary>
    /// <param name="interleaved">Frames x channels.</param>
    /// <param name="channels">Channels, 1 or more.</param>
    /// <param name="mono">Where to: as many samples as there are frames.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public static void Mix(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (interleaved.Length != (long)mono.Length * channels)
        {
            throw new ArgumentException($"{interleaved.Length} samples of {channels} channels do not make {mono.Length} frames", nameof(mono));
        }

        int done = channels == 2 && IsVectorSupported ? MixStereoVector(interleaved, mono) : 0;
        MixReference(interleaved[(done * channels)..], channels, mono[done..]);
    }

    /// <summary>The definition, one frame at a time.</summary>
    internal static void MixReference(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        for (int frame = 0; frame < mono.Length; frame++)
        {
            float sum = 0;
            foreach (float sample in interleaved.Slice(frame * channels, channels))
            {
                sum += sample;
            }

            mono[frame] = sum / channels;
        }
    }
}
