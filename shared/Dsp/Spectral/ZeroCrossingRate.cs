using System.Numerics;

namespace Pipeline.Dsp.Spectral;

/// <summary>
/// The share of a frame's samples whose sign differs from that of the sample before: librosa's <c>zero_crossing_rate</c>, where 0
/// is positive and the edge is repeated beyond the ends. It keeps buffers and is for one thread at a time.
/// </summary>
public sealed partial class ZeroCrossingRate
{
    private readonly FrameSettings settings;
    private readonly float threshold;
    private ulong[] crossings = []; // a bit for each sample of the signal with its padding

    /// <summary>Plans it.</summary>
    /// <param name="settings">The frames; their padding is always <see cref="FramePadding.Edge"/>.</param>
    /// <param name="threshold">Samples from minus this on count as positive.</param>
    public ZeroCrossingRate(FrameSettings settings, double threshold = 1e-10)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Hop, 1);
        (this.settings, this.threshold) = (settings, (float)threshold);
    }

    /// <summary>Frames x 1.</summary>
    public FrameMatrix Compute(ReadOnlySpan<float> signal) => Compute(signal, IsVectorSupported);

    internal FrameMatrix Compute(ReadOnlySpan<float> signal, bool isVector)
    {
        // The edge repeated has no crossings: bit n, for sample n and the one before, is 0 beyond the signal.
        int words = signal.Length / 64 + 1;
        if (crossings.Length < words)
        {
            crossings = new ulong[words];
        }

        Span<ulong> bits = crossings.AsSpan(0, words);
        bits.Clear();
        for (int i = isVector ? MarkVector(signal, bits) : 1; i < signal.Length; i++)
        {
            bool differs = signal[i] < -threshold != signal[i - 1] < -threshold;
            bits[i / 64] |= differs ? 1UL << i : 0;
        }

        int margin = settings.IsCentred ? settings.Length / 2 : 0;
        int samples = signal.Length + 2 * margin;
        var rate = new FrameMatrix(samples < settings.Length ? 0 : 1 + (samples - settings.Length) / settings.Hop, 1);
        for (int t = 0; t < rate.Frames; t++)
        {
            // A frame's first sample has none before it.
            int first = t * settings.Hop - margin + 1;
            int end = Math.Min(signal.Length, first - 1 + settings.Length);
            rate.Values[t] = (float)Count(bits, Math.Max(0, first), end) / settings.Length;
        }

        return rate;
    }

    // Bits set from first to before end.
    private static int Count(ReadOnlySpan<ulong> bits, int first, int end)
    {
        if (end <= first)
        {
            return 0;
        }

        (int word, int last) = (first / 64, (end - 1) / 64);
        ulong head = ulong.MaxValue << first, tail = ulong.MaxValue >> (63 - (end - 1) % 64);
        if (word == last)
        {
            return BitOperations.PopCount(bits[word] & head & tail);
        }

        int count = BitOperations.PopCount(bits[word] & head) + BitOperations.PopCount(bits[last] & tail);
        for (word++; word < last; word++)
        {
            count += BitOperations.PopCount(bits[word]);
        }

        return count;
    }
}
