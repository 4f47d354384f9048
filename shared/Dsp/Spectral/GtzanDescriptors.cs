using Pipeline.Dsp.Rhythm;

namespace Pipeline.Dsp.Spectral;

/// <summary>
/// The 57 numbers of the widely used table <c>features_30_sec.csv</c> of the GTZAN clips: mean and variance of descriptors, and
/// the tempo. It keeps buffers and is for one thread at a time.
/// </summary>
public sealed class GtzanDescriptors
{
    private const int Coefficients = 20;

    private readonly FrameDescriptors frames;
    private readonly RootMeanSquare strength;
    private readonly HarmonicPercussive parts;
    private readonly OnsetStrength onsets;
    private readonly BeatTracking beats;

    /// <summary>Plans it.</summary>
    public GtzanDescriptors(GtzanSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        StftSettings stft = settings.Stft;
        frames = new FrameDescriptors(settings.SampleRate, stft, hasContrast: false);
        strength = new RootMeanSquare(new FrameSettings { Length = stft.FftSize, Hop = stft.Hop, IsCentred = stft.IsCentred, Padding = stft.Padding });
        parts = new HarmonicPercussive(new HarmonicPercussiveSettings { Stft = stft });
        onsets = new OnsetStrength(new OnsetSettings
        {
            LogMel = new LogMelSettings { Mel = new MelSettings { SampleRate = settings.SampleRate, Stft = stft } },
            Aggregate = OnsetAggregate.Median,
        });
        beats = new BeatTracking(new BeatSettings { Tempo = new TempoSettings { SampleRate = settings.SampleRate, Hop = stft.Hop } });
    }

    /// <summary>The names of the numbers, in the table's order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        .. WithStatistics("chroma_stft", "rms", "spectral_centroid", "spectral_bandwidth", "rolloff", "zero_crossing_rate", "harmony", "perceptr"),
        "tempo",
        .. WithStatistics([.. Enumerable.Range(1, Coefficients).Select(n => $"mfcc{n}")]),
    ];

    /// <summary>The numbers of a signal, in the order of <see cref="Columns"/>.</summary>
    /// <param name="signal">One sample or more.</param>
    public float[] Compute(ReadOnlySpan<float> signal)
    {
        (float[] harmonic, float[] percussive) = parts.Separate(signal);

        // The older library left the samples behind the last frame's middle out of what it put together again.
        int end = signal.Length / parts.Settings.Stft.Hop * parts.Settings.Stft.Hop;
        harmonic.AsSpan(end).Clear();
        percussive.AsSpan(end).Clear();
        return Compute(signal, harmonic, percussive, beats.Track(onsets.Compute(signal)).Tempo);
    }

    /// <summary>The same of parts and a tempo that are there already.</summary>
    /// <param name="signal">One sample or more.</param>
    /// <param name="harmonic">The signal's harmonic part, as long as it (librosa's <c>effects.hpss</c>).</param>
    /// <param name="percussive">The signal's percussive part.</param>
    /// <param name="tempo">Beats per minute.</param>
    internal float[] Compute(ReadOnlySpan<float> signal, ReadOnlySpan<float> harmonic, ReadOnlySpan<float> percussive, double tempo)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(harmonic.Length, signal.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(percussive.Length, signal.Length);
        frames.Compute(signal);
        var row = new List<float>(Columns.Count);
        Add(frames.Chroma.Values);
        Add(strength.Compute(signal).Values);
        Add(frames.Centroid.Values);
        Add(frames.Bandwidth.Values);
        Add(frames.RollOff.Values);
        Add(frames.Crossings.Values);
        Add(harmonic);
        Add(percussive);
        row.Add((float)tempo);
        float[] coefficients = frames.Mfcc.ToChannelMajor();
        for (int n = 0; n < Coefficients; n++)
        {
            Add(coefficients.AsSpan(n * frames.Mfcc.Frames, frames.Mfcc.Frames));
        }

        return [.. row];

        void Add(ReadOnlySpan<float> values)
        {
            (double mean, double variance, _, _) = values.IsEmpty ? default : Moments.Of(values);
            row.Add((float)mean);
            row.Add((float)variance);
        }
    }

    private static IEnumerable<string> WithStatistics(params string[] descriptors) => descriptors.SelectMany(name => (string[])[$"{name}_mean", $"{name}_var"]);
}
