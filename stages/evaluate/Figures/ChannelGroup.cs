using System.Globalization;
using Pipeline.Features;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>Channels of a representation that mean something together.</summary>
/// <param name="Name">What they are.</param>
/// <param name="First">The first one.</param>
/// <param name="Count">How many there are.</param>
internal sealed record ChannelGroup(string Name, int First, int Count)
{
    private const int Blocks = 8;

    /// <summary>The groups of a representation: of segments by what they are, of others eight blocks of adjacent channels.</summary>
    public static IReadOnlyList<ChannelGroup> Of(string representation, int channels)
    {
        const int d = Segments.Dimensions;
        if (representation == nameof(Representation.Segments).ToLowerInvariant() && channels == SegmentChannels.Count)
        {
            return [new("timbre", 0, d), new("pitches", d, d), new("loudness", 2 * d, 3), new("duration", 2 * d + 3, 1)];
        }

        int blocks = Math.Min(Blocks, channels);
        return [.. Enumerable.Range(0, blocks).Select(b => Block(channels * b / blocks, channels * (b + 1) / blocks))];
    }

    private static ChannelGroup Block(int first, int end) => new(
        end - first == 1
            ? string.Create(CultureInfo.InvariantCulture, $"channel {first}")
            : string.Create(CultureInfo.InvariantCulture, $"channels {first} to {end - 1}"),
        first, end - first);
}
