using Pipeline.Audio;
using Pipeline.Dsp;
using Pipeline.Dsp.Segments;
using Pipeline.Features.Representations;
using Pipeline.Pictures;
using Pipeline.Tables;

namespace Pipeline.Features;

/// <summary>
/// Computes the features of an example, window by window. The same code serves tables and predictions. It keeps plans and
/// buffers and is for one thread at a time.
/// </summary>
public sealed class FeatureExtractor
{
    private readonly FeatureSettings settings;
    private readonly AudioRepresentation? representation;
    private readonly HarmonicPercussive? parts;
    private readonly SongAnalyzer? analyzer;
    private readonly PictureRepresentation? pictures;

    /// <summary>Prepares what the settings ask for.</summary>
    public FeatureExtractor(FeatureSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        representation = settings.Plan?.Create();
        parts = settings.Part == SoundPart.All ? null : new HarmonicPercussive(new HarmonicPercussiveSettings());
        analyzer = settings.Representation == Representation.Segments ? new SongAnalyzer() : null;
        pictures = settings.Picture is { } picture ? new PictureRepresentation(picture) : null;
    }

    /// <summary>The features of music.</summary>
    /// <param name="samples">One channel at the settings' rate.</param>
    /// <exception cref="FeatureException">The music is silent, too short or too long, or a sample is no finite number.</exception>
    public IReadOnlyList<FeatureWindow> OfAudio(ReadOnlySpan<float> samples)
    {
        CheckLength((double)samples.Length / settings.SampleRate);
        CheckSound(samples);
        if (analyzer is not null)
        {
            return OfSegments(SegmentRows.Of("", analyzer.Analyze(samples)));
        }

        try
        {
            ReadOnlySpan<float> part = PartOf(samples);
            return settings.Window.LengthFrames is { } frames ? CutAfter(part, frames) : CutBefore(part);
        }
        catch (OverflowException)
        {
            throw new FeatureException("too-long", $"{samples.Length} samples make a matrix of more than {Array.MaxLength} values: shorter examples or windows have room");
        }
    }

    /// <summary>The features of segments; of no other representation.</summary>
    /// <param name="song">The segments of an example.</param>
    /// <exception cref="FeatureException">There are none, or too few, or they are in no order.</exception>
    public IReadOnlyList<FeatureWindow> OfSegments(Segments song)
    {
        ArgumentNullException.ThrowIfNull(song);
        CheckLength(song.DurationS);
        if (song.Start.Length == 0)
        {
            throw new FeatureException("too-short", "it has no segments");
        }

        for (int i = 1; i < song.Start.Length; i++)
        {
            if (song.Start[i] < song.Start[i - 1])
            {
                throw new FeatureException("faulty", $"segment {i} begins before the one before it");
            }
        }

        int length = settings.Window.LengthFrames ?? 0;
        var windows = new List<FeatureWindow>();
        foreach ((int start, int count) in settings.Window.Cut(song.Start.Length, length))
        {
            float[] values = Filled(SegmentChannels.Of(song, start, count), SegmentChannels.Count, count, length);
            int frames = values.Length / SegmentChannels.Count;
            double seconds = 0;
            foreach (float duration in values.AsSpan((SegmentChannels.Count - 1) * frames))
            {
                seconds += duration;
            }

            windows.Add(new FeatureWindow(windows.Count, song.Start[start], seconds, SegmentChannels.Count, frames, values));
        }

        return windows;
    }

    /// <summary>The features of a picture; of no other representation.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="lengthS">Seconds of music that it shows.</param>
    public IReadOnlyList<FeatureWindow> OfPicture(Picture picture, double lengthS)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return [pictures!.Compute(picture) with { LengthS = lengthS }];
    }

    // Windows of the features of the whole.
    private List<FeatureWindow> CutAfter(ReadOnlySpan<float> samples, int length)
    {
        FrameMatrix whole = Framed(samples);
        IReadOnlyList<(int Start, int Length)> cuts = settings.Window.Cut(whole.Frames, length);
        int missing = cuts[^1].Start + length - whole.Frames;
        if (settings.Window.Fill == ShortFill.Pad && missing > 0)
        {
            // A frame of silence is no zero: what it is, the representation knows.
            whole = Framed(Filled(samples.ToArray(), 1, samples.Length, checked(samples.Length + missing * representation!.Hop)));
            cuts = [.. cuts.Select(c => (c.Start, length))];
        }

        var windows = new List<FeatureWindow>();
        foreach ((int start, int count) in cuts)
        {
            float[] values = whole.ToChannelMajor(start, count);
            windows.Add(new FeatureWindow(
                windows.Count, (double)start * representation!.Hop / settings.SampleRate, (double)length * representation.Hop / settings.SampleRate, whole.Width, length, Filled(values, whole.Width, count, length)));
        }

        return windows;
    }

    // The features of windows of the samples.
    private List<FeatureWindow> CutBefore(ReadOnlySpan<float> samples)
    {
        int length = settings.Window.LengthS is { } seconds ? Math.Max(1, (int)Math.Round(seconds * settings.SampleRate)) : 0;
        var windows = new List<FeatureWindow>();
        foreach ((int start, int count) in settings.Window.Cut(samples.Length, length))
        {
            ReadOnlySpan<float> window = samples.Slice(start, count);
            FrameMatrix features = Framed(count < length ? Filled(window.ToArray(), 1, count, length) : window);
            windows.Add(new FeatureWindow(
                windows.Count, (double)start / settings.SampleRate, (double)Math.Max(count, length) / settings.SampleRate, features.Width, features.Frames, features.ToChannelMajor()));
        }

        return windows;
    }

    private FrameMatrix Framed(ReadOnlySpan<float> samples)
    {
        FrameMatrix features = representation!.Compute(samples);
        return features.Frames > 0 ? features : throw new FeatureException("too-short", $"{samples.Length} samples are less than a frame");
    }

    private ReadOnlySpan<float> PartOf(ReadOnlySpan<float> samples)
    {
        if (parts is null)
        {
            return samples;
        }

        (float[] harmonic, float[] percussive) = parts.Separate(samples);
        return settings.Part == SoundPart.Harmonic ? harmonic : percussive;
    }

    private void CheckLength(double seconds)
    {
        if (seconds < settings.Window.ShortestS)
        {
            throw new FeatureException("too-short", $"{seconds:0.###} s, the recipe wants {settings.Window.ShortestS:0.###} at least");
        }
    }

    private static void CheckSound(ReadOnlySpan<float> samples)
    {
        var meter = new SampleMeter(1);
        meter.Add(samples);
        if (meter.NotFinite > 0)
        {
            throw new FeatureException("not-finite", $"{meter.NotFinite} samples are infinite or no numbers");
        }

        if (meter.IsSilent)
        {
            throw new FeatureException("silent");
        }
    }

    // Channels of so many frames each, made as long as a window.
    private float[] Filled(float[] values, int channels, int count, int length)
    {
        if (count >= length)
        {
            return values;
        }

        float[] filled = new float[checked(channels * length)];
        for (int k = 0; k < channels; k++)
        {
            ReadOnlySpan<float> from = values.AsSpan(k * count, count);
            Span<float> to = filled.AsSpan(k * length, length);
            from.CopyTo(to);
            for (int at = count; at < length && settings.Window.Fill == ShortFill.Loop; at += count)
            {
                from[..Math.Min(count, length - at)].CopyTo(to[at..]);
            }
        }

        return filled;
    }
}
