namespace Pipeline.Dsp.Spectral;

/// <summary>The frames of a signal: pieces of it where they lie within, copies with what stands beyond its ends otherwise.</summary>
internal sealed class SignalFrames
{
    private readonly FrameSettings settings;
    private readonly float[] copy;

    public SignalFrames(FrameSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Hop, 1);
        this.settings = settings;
        copy = new float[settings.Length];
    }

    public int Count(int samples) => settings.IsCentred
        ? 1 + (samples + settings.Length / 2 * 2 - settings.Length) / settings.Hop
        : samples < settings.Length ? 0 : 1 + (samples - settings.Length) / settings.Hop;

    /// <summary>A frame; valid until the next call.</summary>
    public ReadOnlySpan<float> Read(ReadOnlySpan<float> signal, int frame)
    {
        int start = frame * settings.Hop - (settings.IsCentred ? settings.Length / 2 : 0);
        if (start >= 0 && start + settings.Length <= signal.Length)
        {
            return signal.Slice(start, settings.Length);
        }

        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = Sample(signal, start + i);
        }

        return copy;
    }

    private float Sample(ReadOnlySpan<float> signal, int place)
    {
        if ((uint)place < (uint)signal.Length)
        {
            return signal[place];
        }

        if (signal.IsEmpty || settings.Padding == FramePadding.Zero)
        {
            return 0;
        }

        if (settings.Padding == FramePadding.Edge)
        {
            return place < 0 ? signal[0] : signal[^1];
        }

        int period = Math.Max(1, 2 * (signal.Length - 1));
        int within = (place % period + period) % period;
        return signal[within < signal.Length ? within : period - within];
    }
}
