using System.Numerics;

namespace Pipeline.Dsp.Segments;

/// <summary>
/// The strength of the twelve pitch classes in each segment, as the Million Song Dataset gives it: the power of the notes over five
/// octaves, folded into one, compressed, and divided by the strongest class. It keeps buffers and is for one thread at a time.
/// </summary>
/// <remarks>
/// The published values show how they came about. What neighbouring classes share changes in steps at lengths of 1024, 2048, 4096
/// and 8192 samples, and not between: a segment is seen through as many of its samples as make a power of two. In the shortest D
/// goes with D#, E with F, F# with G, G# with A, the notes that are nearest to one frequency of such a transform. And B, C and C#
/// are cut off from A#: the lowest note is the B of 62 Hz, or, where the spectrum is too coarse for it, the C above. The other
/// choices (no window, spectra of twice the length, notes between two frequencies) are those with the likest correlations.
/// </remarks>
public sealed class SegmentPitches
{
    private const int LeastSamples = 512;
    private const int A4 = 69;

    private readonly Plan[] plans; // of 512, 1024, ... samples
    private readonly float[] padded;
    private readonly float[] power;
    private readonly float exponent;

    /// <summary>Prepares the analysis of sound of a sample rate, with the defaults otherwise.</summary>
    public SegmentPitches(int sampleRate)
        : this(new PitchSettings { SampleRate = sampleRate })
    {
    }

    /// <summary>Prepares the analysis.</summary>
    public SegmentPitches(PitchSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.SampleRate, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MostSamples, LeastSamples);
        Settings = settings;
        exponent = (float)settings.Exponent;
        plans = [.. Enumerable.Range(0, BitOperations.Log2((uint)settings.MostSamples) - BitOperations.Log2(LeastSamples) + 1)
            .Select(i => new Plan(settings, LeastSamples << i))];
        padded = new float[plans[^1].Fft.Size];
        power = new float[plans[^1].Fft.Bins];
    }

    /// <summary>What was asked for.</summary>
    public PitchSettings Settings { get; }

    /// <summary>The pitch classes of all segments.</summary>
    /// <param name="signal">The whole signal.</param>
    /// <param name="segmentStarts">Start of each of the n segments in seconds, ascending.</param>
    /// <param name="durationS">End of the last segment in seconds.</param>
    /// <returns>12 x n values, 12 of each segment, C to B, the strongest 1; all are 1 where there is no sound at all.</returns>
    public float[] Compute(ReadOnlySpan<float> signal, ReadOnlySpan<float> segmentStarts, double durationS)
    {
        float[] pitches = new float[SongAnalysis.Dimensions * segmentStarts.Length];
        for (int i = 0; i < segmentStarts.Length; i++)
        {
            int start = Sample(segmentStarts[i], signal.Length);
            int end = Sample(i + 1 < segmentStarts.Length ? segmentStarts[i + 1] : durationS, signal.Length);
            Of(signal[start..Math.Max(start, end)], pitches.AsSpan(i * SongAnalysis.Dimensions, SongAnalysis.Dimensions));
        }

        return pitches;
    }

    private int Sample(double seconds, int samples) => (int)Math.Clamp(Math.Round(seconds * Settings.SampleRate), 0, samples);

    private void Of(ReadOnlySpan<float> segment, Span<float> pitches)
    {
        int octaves = BitOperations.Log2((uint)Math.Max(segment.Length, LeastSamples)) - BitOperations.Log2(LeastSamples);
        Plan plan = plans[Math.Min(octaves, plans.Length - 1)];
        Span<float> input = padded.AsSpan(0, plan.Fft.Size);
        input.Clear();
        segment[..Math.Min(segment.Length, plan.Samples)].CopyTo(input);
        plan.Fft.Power(input, power.AsSpan(0, plan.Fft.Bins));
        foreach (Note note in plan.Notes)
        {
            pitches[note.Class] += power[note.Bin] + note.Share * (power[note.Bin + 1] - power[note.Bin]);
        }

        float strongest = 0;
        foreach (float pitch in pitches)
        {
            strongest = Math.Max(strongest, pitch);
        }

        foreach (ref float pitch in pitches)
        {
            pitch = strongest > 0 && float.IsFinite(strongest) ? MathF.Pow(Math.Max(0, pitch / strongest), exponent) : 1;
        }
    }

    // The note's frequency lies at Bin + Share.
    private readonly record struct Note(int Class, int Bin, float Share);

    // The transform of so many samples, as many zeros behind them, and the notes' places in its spectrum.
    private sealed class Plan
    {
        public Plan(PitchSettings settings, int samples)
        {
            Samples = samples;
            Fft = new RealFft(2 * samples);
            double binHz = (double)settings.SampleRate / samples;
            double lowest = Math.Ceiling(settings.LowestHz / binHz) * binHz;
            double highest = Math.Min(settings.HighestHz, settings.SampleRate / 2.0 - binHz);
            var notes = new List<Note>();
            for (int midi = 0; midi < 128; midi++)
            {
                double hz = settings.TuningHz * Math.Pow(2, (midi - A4) / 12.0);
                double place = 2 * hz / binHz;
                if (hz >= lowest && hz <= highest)
                {
                    notes.Add(new Note(midi % 12, (int)place, (float)(place - (int)place)));
                }
            }

            Notes = [.. notes];
        }

        public int Samples { get; }

        public RealFft Fft { get; }

        public Note[] Notes { get; }
    }
}
