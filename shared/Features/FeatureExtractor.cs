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
    private readonly AudioRepresentation[] representations; // of each member
    private readonly HarmonicPercussive? parts;
    private readonly SongAnalyzer? analyzer;
    private readonly PictureRepresentation? pictures;

    /// <summary>Prepares what the settings ask for.</summary>
    public FeatureExtractor(FeatureSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        representations = [.. settings.Members.Select(m => m.Plan.Create())];
        parts = settings.Members.All(m => m.Part == SoundPart.All) ? null : new HarmonicPercussive(new HarmonicPercussiveSettings());
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
            PartedSound sound = Parted(samples);
            return settings.Window.LengthFrames is { } frames ? CutAfter(sound, frames) : CutBefore(sound);
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
            float[] values = SegmentChannels.Of(song, start, count);
            values = count < length ? settings.Window.Filled(values, SegmentChannels.Count, length) : values;
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
    private List<FeatureWindow> CutAfter(PartedSound sound, int length)
    {
        FrameMatrix[] whole = Framed(sound);
        int hop = settings.Members[0].Plan.Frames.Hop;
        IReadOnlyList<(int Start, int Length)> cuts = settings.Window.Cut(whole[0].Frames, length);
        int missing = cuts[^1].Start + length - whole[0].Frames;
        if (settings.Window.Fill == ShortFill.Pad && missing > 0)
        {
            // A frame of silence is no zero: what it is, the representation knows.
            whole = Framed(sound.Filled(checked(sound.Length + missing * hop), settings.Window));
            cuts = [.. cuts.Select(c => (c.Start, length))];
        }

        var windows = new List<FeatureWindow>();
        foreach ((int start, int count) in cuts)
        {
            float[] values = ChannelMajor(whole, start, count);
            values = count < length ? settings.Window.Filled(values, settings.Channels, length) : values;
            windows.Add(new FeatureWindow(windows.Count, (double)start * hop / settings.SampleRate, (double)length * hop / settings.SampleRate, settings.Channels, length, values));
        }

        return windows;
    }

    // The features of windows of the samples.
    private List<FeatureWindow> CutBefore(PartedSound sound)
    {
        int length = settings.WindowSamples ?? 0;
        var windows = new List<FeatureWindow>();
        foreach ((int start, int count) in settings.Window.Cut(sound.Length, length))
        {
            PartedSound window = sound.Slice(start, count);
            FrameMatrix[] features = Framed(count < length ? window.Filled(length, settings.Window) : window);
            windows.Add(new FeatureWindow(
                windows.Count, (double)start / settings.SampleRate, (double)Math.Max(count, length) / settings.SampleRate,
                settings.Channels, features[0].Frames, ChannelMajor(features, 0, features[0].Frames)));
        }

        return windows;
    }

    // The frames of each member, as many of one as of the other.
    private FrameMatrix[] Framed(PartedSound sound)
    {
        var features = new FrameMatrix[representations.Length];
        for (int i = 0; i < features.Length; i++)
        {
            features[i] = representations[i].Compute(sound[settings.Members[i].Part]);
        }

        return features[0].Frames > 0 ? features : throw new FeatureException("too-short", $"{sound.Length} samples are less than a frame");
    }

    // Some of the frames, the members' channels one after the other.
    private float[] ChannelMajor(FrameMatrix[] members, int start, int count)
    {
        if (members.Length == 1)
        {
            return members[0].ToChannelMajor(start, count);
        }

        float[] values = GC.AllocateUninitializedArray<float>(checked(settings.Channels * count));
        for (int i = 0; i < members.Length; i++)
        {
            members[i].ToChannelMajor(start, count).CopyTo(values.AsSpan(settings.Members[i].First * count));
        }

        return values;
    }

    private PartedSound Parted(ReadOnlySpan<float> samples)
    {
        if (parts is null)
        {
            return new PartedSound(samples, [], []);
        }

        (float[] harmonic, float[] percussive) = parts.Separate(samples);
        return new PartedSound(samples, harmonic, percussive);
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
}
