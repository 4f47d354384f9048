namespace Pipeline.Audio;

/// <summary>
/// Measures samples as they pass by, block by block: peak, loudness, silence, clipping, and what is no number at all.
/// The results do not depend on how the samples are divided into blocks, but for the last digits of <see cref="Rms"/>.
/// </summary>
/// <param name="channels">Channels of the interleaved samples.</param>
public sealed partial class SampleMeter(int channels = 1)
{
    /// <summary>Equal samples in a row from which on they count as clipped: two are met in any wave's crest.</summary>
    public const int ClippedRun = 3;

    /// <summary>Where full scale starts to be near: samples that are clipped lie above, even after a codec moved them a little.</summary>
    public const float NearFullScale = 0.95f;

    /// <summary>Silence is what never leaves two steps of 16 bits: dither moves by one.</summary>
    public const float SilenceFloor = 2 / 32768f;

    // Looked at as one: most hold no extreme value and are done with in vectors.
    private const int PieceSize = 512;

    private readonly Runs runs = new(channels);
    private long samples;
    private long numbers;
    private double squares;

    /// <summary>Channels of the interleaved samples.</summary>
    public int Channels { get; } = channels > 0 ? channels : throw new ArgumentOutOfRangeException(nameof(channels));

    /// <summary>Samples of each channel so far.</summary>
    public long Frames => samples / Channels;

    /// <summary>The largest magnitude of a finite sample; 1 is full scale.</summary>
    public float Peak => samples == 0 ? 0 : MathF.Max(0, MathF.Max(runs.Highest, -runs.Lowest));

    /// <summary>Samples that are NaN or infinite. They are left out of everything else.</summary>
    public long NotFinite => samples - numbers;

    /// <summary>Root of the mean square of all finite samples; a sine at full scale has 0.707.</summary>
    public double Rms => numbers == 0 ? 0 : Math.Sqrt(squares / numbers);

    /// <summary>Whether no sample exceeds <see cref="SilenceFloor"/>; also where there are no samples.</summary>
    public bool IsSilent => Peak <= SilenceFloor;

    /// <summary>
    /// The share of samples that are clipped, 0 to 1: in runs of <see cref="ClippedRun"/> or more equal samples of one channel, at the highest or
    /// the lowest value of all, where that is at <see cref="NearFullScale"/> or beyond.
    /// </summary>
    public double Clipping => samples == 0
        ? 0
        : (double)((runs.Highest >= NearFullScale ? runs.AtHighest : 0) + (runs.Lowest <= -NearFullScale ? runs.AtLowest : 0)) / samples;

    /// <summary>Adds a block of whole frames.</summary>
    /// <exception cref="ArgumentException">The samples are no whole number of frames.</exception>
    public void Add(ReadOnlySpan<float> interleaved)
    {
        if (interleaved.Length % Channels != 0)
        {
            throw new ArgumentException($"{interleaved.Length} samples are no whole number of frames of {Channels} channels", nameof(interleaved));
        }

        int step = Math.Max(PieceSize / Channels, 1) * Channels;
        for (; interleaved.Length > step; interleaved = interleaved[step..])
        {
            AddPiece(interleaved[..step]);
        }

        AddPiece(interleaved);
    }

    private void AddPiece(ReadOnlySpan<float> piece)
    {
        Extent extent = MeasureVector(piece);
        if (extent.AllFinite)
        {
            samples += piece.Length;
            numbers += piece.Length;
            squares += extent.Squares;
            if (extent.Highest < runs.Highest && extent.Lowest > runs.Lowest)
            {
                runs.Break();
            }
            else
            {
                runs.Add(piece);
            }
        }
        else
        {
            AddReference(piece);
        }
    }

    /// <summary>The definition, one sample at a time.</summary>
    internal void AddReference(ReadOnlySpan<float> piece)
    {
        samples += piece.Length;
        foreach (float sample in piece)
        {
            if (float.IsFinite(sample))
            {
                numbers++;
                squares += (double)sample * sample;
            }
        }

        runs.Add(piece);
    }

    /// <summary>Runs of equal samples at the highest and the lowest value so far, each channel by itself.</summary>
    private sealed class Runs(int channels)
    {
        private readonly int[] high = new int[channels];
        private readonly int[] low = new int[channels];
        private bool isRunning;

        public float Highest { get; private set; } = float.NegativeInfinity;

        public float Lowest { get; private set; } = float.PositiveInfinity;

        public long AtHighest { get; private set; }

        public long AtLowest { get; private set; }

        /// <summary>Samples passed by of which none was at an extreme.</summary>
        public void Break()
        {
            if (isRunning)
            {
                Array.Clear(high);
                Array.Clear(low);
                isRunning = false;
            }
        }

        public void Add(ReadOnlySpan<float> interleaved)
        {
            isRunning = true;
            int channel = 0;
            foreach (float sample in interleaved)
            {
                // A new extreme makes all that was counted at the old one ordinary.
                if (sample > Highest && float.IsFinite(sample))
                {
                    Highest = sample;
                    AtHighest = 0;
                    Array.Clear(high);
                }

                if (sample < Lowest && float.IsFinite(sample))
                {
                    Lowest = sample;
                    AtLowest = 0;
                    Array.Clear(low);
                }

                AtHighest += Lengthen(ref high[channel], sample == Highest);
                AtLowest += Lengthen(ref low[channel], sample == Lowest);
                channel = channel + 1 == high.Length ? 0 : channel + 1;
            }
        }

        // How many samples are found to be in a long run by this one: the first ones are, once it has become long.
        private static int Lengthen(ref int run, bool goesOn)
        {
            // A file of one value throughout may outlast the counter.
            run = goesOn ? Math.Min(run, ClippedRun) + 1 : 0;
            return run < ClippedRun ? 0 : run == ClippedRun ? ClippedRun : 1;
        }
    }

    /// <summary>What a piece has in it.</summary>
    private readonly record struct Extent(bool AllFinite, float Highest, float Lowest, double Squares);
}
