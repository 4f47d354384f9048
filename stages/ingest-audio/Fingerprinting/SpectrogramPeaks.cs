using System.Numerics;
using System.Runtime.CompilerServices;
using Pipeline.Audio;
using Pipeline.Dsp;

namespace Pipeline.Stages.AudioIngestion.Fingerprinting;

/// <summary>
/// Finds the peaks of a recording's spectrogram, block by block: bins that are the loudest of all within
/// <see cref="FramesAround"/> frames and <see cref="BinsAround"/> bins. Which bins these are depends neither on gain nor
/// on coding, and hardly on where the recording begins.
/// </summary>
internal sealed class SpectrogramPeaks
{
    /// <summary>Samples per second that everything is brought to; what is above 5 kHz suffers most from coding.</summary>
    public const int SampleRate = 11025;

    /// <summary>Samples between two frames.</summary>
    public const int Hop = 256;

    private const int FrameSamples = 1024;
    private const int FramesAround = 10;
    private const int BinsAround = 10;

    // 2 * FramesAround + 1 would do; a power of two needs no division.
    private const int RingFrames = 32;

    // Below 100 Hz and above 5 kHz.
    private const int LowestBin = 10;
    private const int HighestBin = 464;

    // Peaks so far below the recording's loudest are noise and rounding.
    private const float Floor = 1e-6f;

    private readonly Resampler resampler;
    private readonly RealFft fft = new(FrameSamples);
    private readonly float[] taper = new float[FrameSamples];
    private readonly float[] tapered = new float[FrameSamples];
    private readonly float[][] ring = new float[RingFrames][]; // the powers of the last frames
    private readonly float[][] maxima = new float[RingFrames][]; // of each of them, the loudest around each bin
    private readonly List<Peak> peaks = [];
    private float[] resampled = [];
    private readonly float[] pending = new float[FrameSamples];
    private int filled;
    private int frames;

    public SpectrogramPeaks(int sampleRate)
    {
        resampler = new Resampler(sampleRate, SampleRate);
        for (int i = 0; i < FrameSamples; i++)
        {
            taper[i] = 0.5f - 0.5f * MathF.Cos(2 * MathF.PI * i / FrameSamples);
        }

        for (int i = 0; i < ring.Length; i++)
        {
            ring[i] = new float[fft.Bins];
            maxima[i] = new float[fft.Bins];
        }
    }

    /// <summary>Takes the next samples of the recording, one channel.</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        int most = resampler.MostOutput(samples.Length);
        if (resampled.Length < most)
        {
            resampled = new float[most];
        }

        Frame(resampled.AsSpan(0, resampler.Process(samples, resampled)));
    }

    /// <summary>The peaks of all that was added, by time.</summary>
    public IReadOnlyList<Peak> Finish()
    {
        int last = frames;
        for (int i = 0; i < FramesAround; i++)
        {
            maxima[frames % RingFrames].AsSpan().Clear();
            ring[frames++ % RingFrames].AsSpan().Clear();
            FindPeaks(frames - 1 - FramesAround);
        }

        float loudest = peaks.Count == 0 ? 0 : peaks.Max(p => p.Power);
        return [.. peaks.Where(p => p.Frame < last && p.Power > loudest * Floor)];
    }

    private void Frame(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            int taken = Math.Min(samples.Length, FrameSamples - filled);
            samples[..taken].CopyTo(pending.AsSpan(filled));
            filled += taken;
            samples = samples[taken..];
            if (filled == FrameSamples)
            {
                Taper();
                fft.Power(tapered, ring[frames % RingFrames]);
                LocalMaxima.Find(ring[frames % RingFrames], BinsAround, maxima[frames % RingFrames]);
                frames++;
                FindPeaks(frames - 1 - FramesAround);
                pending.AsSpan(Hop).CopyTo(pending);
                filled = FrameSamples - Hop;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Taper()
    {
        for (int i = 0; i < FrameSamples; i += Vector<float>.Count)
        {
            (new Vector<float>(pending, i) * new Vector<float>(taper, i)).CopyTo(tapered, i);
        }
    }

    // Looks at a frame once all the frames around it are there.
    private void FindPeaks(int frame)
    {
        if (frame < 0)
        {
            return;
        }

        float[] powers = ring[frame % RingFrames];
        float[] own = maxima[frame % RingFrames];
        for (int bin = LowestBin; bin <= HighestBin; bin++)
        {
            bin = LocalMaxima.Next(powers, own, BinsAround, bin);
            if (bin <= HighestBin && IsLoudest(frame, bin))
            {
                peaks.Add(new Peak(frame, bin, powers[bin]));
            }
        }
    }

    // The loudest within a frame around a bin.
    private float Around(int frame, int bin) => maxima[frame % RingFrames][bin - BinsAround];

    private bool IsLoudest(int frame, int bin)
    {
        float power = ring[frame % RingFrames][bin];
        for (int distance = 1; distance <= FramesAround; distance++)
        {
            if (Around(frame + distance, bin) >= power || frame >= distance && Around(frame - distance, bin) >= power)
            {
                return false;
            }
        }

        // Where two bins of a frame are equally loud, neither is a peak.
        return ring[frame % RingFrames].AsSpan(bin - BinsAround, 2 * BinsAround + 1).Count(power) == 1;
    }
}
