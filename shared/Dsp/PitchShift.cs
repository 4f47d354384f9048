using Pipeline.Audio;

namespace Pipeline.Dsp;

/// <summary>
/// Makes a sound higher or lower without changing its length: it is stretched and then played faster or slower; librosa's
/// pitch_shift. The ratio is the simplest fraction within a tenth of a cent, of which both steps are exact, so that nothing
/// moves in time. It keeps buffers and is for one thread at a time.
/// </summary>
public sealed class PitchShift
{
    private const double MostErrorCents = 0.1;
    private const int CentsPerOctave = 1200;
    private const double MostOctaves = 8;

    private readonly TimeStretch stretch;

    /// <summary>Prepares the shifting.</summary>
    /// <param name="settings">How the spectra are made in between; frames must overlap by half at least.</param>
    public PitchShift(StftSettings settings) => stretch = new TimeStretch(settings);

    /// <summary>The shifted sound, as long as the other.</summary>
    /// <param name="signal">The samples.</param>
    /// <param name="semitones">How much higher, in twelfths of an octave; negative for lower. Up to eight octaves.</param>
    public float[] Shift(ReadOnlySpan<float> signal, double semitones)
    {
        (int stretched, int original) = Ratio(semitones);
        float[] shifted = new float[signal.Length];
        float[] slow = stretch.Stretch(signal, (double)original / stretched);
        float[] same = Resampler.Resample(slow, stretched, original);
        same.AsSpan(0, Math.Min(same.Length, shifted.Length)).CopyTo(shifted);
        return shifted;
    }

    /// <summary>The fraction that frequencies are multiplied by.</summary>
    internal static (int Numerator, int Denominator) Ratio(double semitones)
    {
        if (!(Math.Abs(semitones) <= 12 * MostOctaves))
        {
            throw new ArgumentOutOfRangeException(nameof(semitones), semitones, "the shift is eight octaves at most");
        }

        double ratio = Math.Pow(2, semitones / 12);
        for (int denominator = 1; ; denominator++)
        {
            int numerator = Math.Max(1, (int)Math.Round(ratio * denominator));
            if (Math.Abs(Math.Log2(numerator / (denominator * ratio))) * CentsPerOctave <= MostErrorCents)
            {
                return (numerator, denominator);
            }
        }
    }
}
