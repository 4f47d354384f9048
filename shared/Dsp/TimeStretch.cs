namespace Pipeline.Dsp;

/// <summary>
/// Makes a sound faster or slower without changing its pitch: librosa's time_stretch. It keeps buffers and is for one thread
/// at a time.
/// </summary>
public sealed class TimeStretch
{
    private readonly Stft stft;
    private readonly InverseStft inverse;
    private readonly PhaseVocoder vocoder;
    private readonly float[] real;
    private readonly float[] imaginary;

    /// <summary>Prepares the stretching.</summary>
    /// <param name="settings">How the spectra are made in between; frames must overlap by half at least.</param>
    public TimeStretch(StftSettings settings)
    {
        stft = new Stft(settings);
        inverse = new InverseStft(settings);
        vocoder = new PhaseVocoder(stft.Bins);
        (real, imaginary) = (new float[stft.Bins], new float[stft.Bins]);
    }

    /// <summary>The stretched sound.</summary>
    /// <param name="signal">n samples.</param>
    /// <param name="rate">How many times faster; below 1 slower.</param>
    /// <returns>n / <paramref name="rate"/> samples, rounded (halves to the even number, as Python).</returns>
    public float[] Stretch(ReadOnlySpan<float> signal, double rate)
    {
        if (!(rate > 0 && double.IsFinite(rate)))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "a rate is above 0");
        }

        float[] stretched = new float[checked((int)Math.Round(signal.Length / rate, MidpointRounding.ToEven))];
        int frames = stft.FrameCount(signal.Length);
        int wanted = inverse.FramesWithin(stretched.Length, (int)Math.Min(int.MaxValue, Math.Ceiling(frames / rate)));
        vocoder.Restart();
        int read = 0;
        for (int t = 0; t < wanted; t++)
        {
            double place = t * rate;
            for (; read < (int)place + 2; read++)
            {
                Read(signal, read, frames);
            }

            vocoder.Next((float)(place - (int)place), real, imaginary);
            inverse.Add(real, imaginary, t, stretched);
        }

        inverse.Normalize(wanted, stretched);
        return stretched;
    }

    // Behind the last frame is silence.
    private void Read(ReadOnlySpan<float> signal, int t, int frames)
    {
        if (t < frames)
        {
            stft.Transform(signal, t, real, imaginary);
        }
        else
        {
            Array.Clear(real);
            Array.Clear(imaginary);
        }

        vocoder.Append(real, imaginary);
    }
}
