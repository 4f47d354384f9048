using Pipeline.Recipes;

namespace Pipeline.Features;

/// <summary>How an example is cut into windows of one length. Without a length there is one window, the whole.</summary>
public sealed record WindowSettings
{
    /// <summary>Seconds of a window; the features are computed of each alone. Null where frames count, or nothing.</summary>
    public double? LengthS { get; init; }

    /// <summary>Frames of a window; the features are computed of the whole and cut. Null where seconds count, or nothing.</summary>
    public int? LengthFrames { get; init; }

    /// <summary>Share of a window that the next one repeats, 0 to less than 1.</summary>
    public double Overlap { get; init; }

    /// <summary>What is left at the end makes one more window where it is more than this share of one, 0 to 1.</summary>
    public double KeepTail { get; init; } = 0.2;

    /// <summary>What fills up such a last window, and the only one of a short example.</summary>
    public ShortFill Fill { get; init; } = ShortFill.Loop;

    /// <summary>Seconds; what is shorter is a fault.</summary>
    public double ShortestS { get; init; } = 0.5;

    /// <summary>Whether the whole is the only window.</summary>
    public bool IsWhole => LengthS is null && LengthFrames is null;

    /// <summary>Reads the section.</summary>
    /// <param name="section">The section <c>window</c>.</param>
    /// <param name="hasFrames">Whether the features have frames that a window may be cut from.</param>
    /// <param name="hasSeconds">Whether the music can be cut before its features are computed.</param>
    internal static WindowSettings Read(RecipeSection section, bool hasFrames, bool hasSeconds)
    {
        var d = new WindowSettings();
        double? seconds = hasSeconds ? section.NumberOrNone("length_s", d.LengthS, 0.01, 86_400) : null;
        double? frames = hasFrames ? section.NumberOrNone("length_frames", d.LengthFrames, 1, 1 << 24) : null;
        if (seconds is not null && frames is not null)
        {
            throw section.Refuse("length_frames", "and 'length_s' exclude each other: give one of them");
        }

        if (frames is { } count && count != Math.Floor(count))
        {
            throw section.Refuse("length_frames", "must be a whole number");
        }

        var settings = new WindowSettings
        {
            LengthS = seconds,
            LengthFrames = (int?)frames,
            Overlap = section.Number("overlap", d.Overlap, 0, 0.99),
            KeepTail = section.Number("keep_tail", d.KeepTail, 0, 1),
            Fill = section.Choice("fill", d.Fill),
            ShortestS = section.Number("shortest_s", d.ShortestS, 0, 86_400),
        };
        if (!hasSeconds && settings.Fill == ShortFill.Pad)
        {
            throw section.Refuse("fill", "must be loop: there is no segment that stands for nothing");
        }

        if (settings.IsWhole && settings.Overlap > 0)
        {
            throw section.Refuse("overlap", $"needs {(hasFrames ? "'length_frames'" : "'length_s'")}: the whole has nothing to overlap with");
        }

        section.Finish();
        return settings;
    }

    /// <summary>The stretches of something that has <paramref name="total"/> samples or frames.</summary>
    /// <param name="total">How many there are, 1 or more.</param>
    /// <param name="length">How many a window has; 0 for the whole.</param>
    internal IReadOnlyList<(int Start, int Length)> Cut(int total, int length)
    {
        if (length == 0)
        {
            return [(0, total)];
        }

        int step = Math.Max(1, (int)Math.Round(length * (1 - Overlap)));
        var cuts = new List<(int, int)> { (0, Math.Min(length, total)) };
        long end = length;
        for (long start = step; end < total; start += step)
        {
            // what no window has seen yet decides
            if (start + length > total && total - end <= KeepTail * length)
            {
                break;
            }

            cuts.Add(((int)start, (int)Math.Min(length, total - start)));
            end = start + length;
        }

        return cuts;
    }

    /// <summary>Channels made as long as a window.</summary>
    /// <param name="values">All values of the first channel, then all of the second.</param>
    /// <param name="channels">How many channels there are.</param>
    /// <param name="length">Values of a channel that are wanted, more than there are.</param>
    internal float[] Filled(ReadOnlySpan<float> values, int channels, int length)
    {
        int count = values.Length / channels;
        float[] filled = new float[checked(channels * length)];
        for (int k = 0; k < channels; k++)
        {
            ReadOnlySpan<float> from = values.Slice(k * count, count);
            Span<float> to = filled.AsSpan(k * length, length);
            from.CopyTo(to);
            for (int at = count; at < length && Fill == ShortFill.Loop; at += count)
            {
                from[..Math.Min(count, length - at)].CopyTo(to[at..]);
            }
        }

        return filled;
    }
}
