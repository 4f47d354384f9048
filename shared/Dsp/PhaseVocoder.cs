namespace Pipeline.Dsp;

/// <summary>
/// Spectra at other moments than those they were taken at: magnitudes lie between those of the two frames around, phases
/// advance from one moment to the next as they do between these two; librosa's phase_vocoder. Phases are kept as complex
/// numbers of magnitude 1, which are multiplied instead of angles added. It keeps buffers and is for one thread at a time.
/// </summary>
public sealed partial class PhaseVocoder
{
    private readonly float[] phaseRe; // of the next moment
    private readonly float[] phaseIm;
    private Column before;
    private Column after;
    private bool isBegun;

    /// <summary>Prepares for spectra of so many bins.</summary>
    public PhaseVocoder(int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        (phaseRe, phaseIm) = (new float[bins], new float[bins]);
        (before, after) = (new Column(bins), new Column(bins));
    }

    /// <summary>Values of a spectrum.</summary>
    public int Bins => phaseRe.Length;

    /// <summary>Makes ready for another sound.</summary>
    public void Restart() => isBegun = false;

    /// <summary>Takes the next frame, which from now on is the later of the two.</summary>
    /// <param name="real"><see cref="Bins"/> real parts.</param>
    /// <param name="imaginary"><see cref="Bins"/> imaginary parts.</param>
    public void Append(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(real.Length, Bins);
        ArgumentOutOfRangeException.ThrowIfNotEqual(imaginary.Length, Bins);
        (before, after) = (after, before);
        Part(real, imaginary, after);
        if (!isBegun)
        {
            isBegun = true;
            after.Re.CopyTo(phaseRe, 0);
            after.Im.CopyTo(phaseIm, 0);
        }
    }

    /// <summary>The spectrum of the next moment, between the last two frames.</summary>
    /// <param name="share">Where it is: 0 at the earlier frame, 1 at the later.</param>
    /// <param name="real">Takes <see cref="Bins"/> real parts.</param>
    /// <param name="imaginary">Takes <see cref="Bins"/> imaginary parts.</param>
    public void Next(float share, Span<float> real, Span<float> imaginary)
    {
        real = real[..Bins];
        imaginary = imaginary[..Bins];
        NextReference(share, real, imaginary, NextVector(share, real, imaginary));
    }

    private static void Part(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Column column) =>
        PartReference(real, imaginary, column, PartVector(real, imaginary, column));

    private static void PartReference(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Column column, int first)
    {
        for (int k = first; k < real.Length; k++)
        {
            float magnitude = MathF.Sqrt(real[k] * real[k] + imaginary[k] * imaginary[k]);
            column.Magnitude[k] = magnitude;
            (column.Re[k], column.Im[k]) = magnitude > 0 ? (real[k] / magnitude, imaginary[k] / magnitude) : (1, 0); // the angle of nothing is 0
        }
    }

    private void NextReference(float share, Span<float> real, Span<float> imaginary, int first)
    {
        for (int k = first; k < real.Length; k++)
        {
            float magnitude = before.Magnitude[k] + share * (after.Magnitude[k] - before.Magnitude[k]);
            (float re, float im) = (phaseRe[k], phaseIm[k]);
            (real[k], imaginary[k]) = (magnitude * re, magnitude * im);
            float advanceRe = after.Re[k] * before.Re[k] + after.Im[k] * before.Im[k];
            float advanceIm = after.Im[k] * before.Re[k] - after.Re[k] * before.Im[k];
            (re, im) = (re * advanceRe - im * advanceIm, re * advanceIm + im * advanceRe);

            // A step of Newton's towards magnitude 1, which rounding leads away from.
            float correction = 1.5f - 0.5f * (re * re + im * im);
            (phaseRe[k], phaseIm[k]) = (re * correction, im * correction);
        }
    }

    // A frame: magnitudes, and phases as numbers of magnitude 1.
    private sealed class Column(int bins)
    {
        public readonly float[] Magnitude = new float[bins];
        public readonly float[] Re = new float[bins];
        public readonly float[] Im = new float[bins];
    }
}
