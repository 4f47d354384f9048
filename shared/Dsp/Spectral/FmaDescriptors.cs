using System.Globalization;
using Pipeline.Dsp.Tonal;

namespace Pipeline.Dsp.Spectral;

/// <summary>
/// The 518 numbers of FMA's table <c>features.csv</c> (Defferrard et al., "FMA: A dataset for music analysis", 2017): seven
/// statistics of each value of eleven descriptors. It keeps buffers and is for one thread at a time.
/// </summary>
/// <remarks>
/// The published table was computed at each file's own sample rate, while centroid, bandwidth, contrast, roll-off and the tuning
/// were told 22,050 Hz: for files of 44,100 Hz its frequencies are half of what they should be. Here the rate is the signal's.
/// </remarks>
public sealed class FmaDescriptors
{
    private static readonly (string Name, int Width)[] Descriptors =
    [
        ("chroma_cens", 12), ("chroma_cqt", 12), ("chroma_stft", 12), ("mfcc", 20), ("rmse", 1), ("spectral_bandwidth", 1),
        ("spectral_centroid", 1), ("spectral_contrast", 7), ("spectral_rolloff", 1), ("tonnetz", 6), ("zcr", 1),
    ];

    private static readonly string[] Statistics = ["kurtosis", "max", "mean", "median", "min", "skew", "std"];

    private readonly FrameDescriptors frames;
    private readonly ConstantQ constantQ;
    private readonly ChromaCqt chroma;
    private readonly ChromaCens cens = new();
    private float[] column = [];

    /// <summary>Plans it.</summary>
    public FmaDescriptors(FmaSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        frames = new FrameDescriptors(settings.SampleRate, settings.Stft, hasContrast: true);
        int rate = (int)Math.Round(settings.SampleRate);
        constantQ = new ConstantQ(new ConstantQSettings { SampleRate = rate, Hop = settings.Stft.Hop, Padding = settings.Stft.Padding });
        chroma = new ChromaCqt(new ChromaCqtSettings
        {
            SampleRate = rate, Hop = settings.Stft.Hop, Padding = settings.Stft.Padding, BinsPerOctave = constantQ.Settings.BinsPerOctave,
        });
    }

    /// <summary>The names of the numbers, in the table's order: descriptor, statistic and number from 01 on, as <c>mfcc_mean_01</c>.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        .. from d in Descriptors
           from statistic in Statistics
           from n in Enumerable.Range(1, d.Width)
           select string.Create(CultureInfo.InvariantCulture, $"{d.Name}_{statistic}_{n:D2}"),
    ];

    /// <summary>The numbers of a signal, in the order of <see cref="Columns"/>.</summary>
    /// <param name="signal">One sample or more.</param>
    public float[] Compute(ReadOnlySpan<float> signal)
    {
        FrameMatrix magnitudes = constantQ.Magnitude(signal, constantQ.EstimateTuning(signal));
        FrameMatrix classes = chroma.Compute(magnitudes);
        return Compute(signal, classes, cens.Compute(classes));
    }

    /// <summary>The same of pitch classes that are there already.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="chromaCqt">Its pitch classes by the constant-Q transform, frames x 12, one frame or more.</param>
    /// <param name="chromaCens">The same smoothed and normalised (CENS); the tonal centroid is computed from them.</param>
    internal float[] Compute(ReadOnlySpan<float> signal, FrameMatrix chromaCqt, FrameMatrix chromaCens)
    {
        ArgumentNullException.ThrowIfNull(chromaCqt);
        ArgumentNullException.ThrowIfNull(chromaCens);
        frames.Compute(signal);
        FrameMatrix[] values =
        [
            chromaCens, chromaCqt, frames.Chroma, frames.Mfcc, frames.BinRms, frames.Bandwidth,
            frames.Centroid, frames.Contrast, frames.RollOff, Tonnetz.FromChroma(chromaCens), frames.Crossings,
        ];
        float[] row = new float[Columns.Count];
        Span<float> rest = row;
        for (int d = 0; d < values.Length; d++)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(values[d].Width, Descriptors[d].Width);
            Describe(values[d], rest);
            rest = rest[(values[d].Width * Statistics.Length)..];
        }

        return row;
    }

    private void Describe(FrameMatrix values, Span<float> numbers)
    {
        if (column.Length < values.Frames)
        {
            column = new float[values.Frames];
        }

        Span<float> over = column.AsSpan(0, values.Frames);
        int width = values.Width;
        for (int i = 0; i < width; i++)
        {
            for (int t = 0; t < over.Length; t++)
            {
                over[t] = values.Values[t * width + i];
            }

            DescriptorStatistics s = DescriptorStatistics.Of(over);
            ReadOnlySpan<double> ordered = [s.Kurtosis, s.Max, s.Mean, s.Median, s.Min, s.Skew, s.StandardDeviation];
            for (int k = 0; k < ordered.Length; k++)
            {
                numbers[k * width + i] = (float)ordered[k];
            }
        }
    }
}
