using Pipeline.Dsp.Segments;
using Xunit;

namespace Pipeline.Tests.Dsp.Segments;

public sealed class SectionsTests
{
    [Fact]
    public void A_section_begins_where_the_sound_changes()
    {
        (float[] starts, float[] timbre, float[] pitches) = Song(20, 45, 60);
        float[] beats = [.. Enumerable.Range(0, 150).Select(i => 0.1f + i * 0.5f)];
        (float[] found, float[] confidence) = Sections.Find(starts, timbre, pitches, beats, 75);
        Assert.Equal(4, found.Length);
        Assert.Equal((0f, 1f), (found[0], confidence[0]));
        Assert.Equal(20, found[1], 1.0);
        Assert.Equal(45, found[2], 1.0);
        Assert.Equal(60, found[3], 1.0);
        Assert.Superset(found.Skip(1).ToHashSet(), beats.ToHashSet());
        Assert.All(confidence, c => Assert.InRange(c, 0, 1));
    }

    [Fact]
    public void What_does_not_change_is_one_section()
    {
        (float[] starts, float[] timbre, float[] pitches) = Song();
        Assert.Equal([0f], Sections.Find(starts, timbre, pitches, [], 75).Start);
    }

    [Fact]
    public void Without_beats_they_begin_on_segments()
    {
        (float[] starts, float[] timbre, float[] pitches) = Song(30);
        (float[] found, _) = Sections.Find(starts, timbre, pitches, [], 75);
        Assert.Equal(2, found.Length);
        Assert.Equal(30, found[1], 1.0);
        Assert.Contains(found[1], starts);
    }

    [Fact]
    public void Nothing_has_none_and_the_shortest_has_one()
    {
        Assert.Empty(Sections.Find([], [], [], [], 0).Start);
        Assert.Equal([0f], Sections.Find([0], new float[12], new float[12], [], 0.1).Start);
        Assert.Equal([0f], Sections.Find([0, 0.5f], new float[24], new float[24], [0.1f, 0.4f, 0.7f, 1], 1).Start);
    }

    // Segments of 0.25 s for 75 s whose pitches and timbre vary at random and jump at the times given.
    private static (float[] Starts, float[] Timbre, float[] Pitches) Song(params double[] jumps)
    {
        var random = new Random(11);
        float[] starts = [.. Enumerable.Range(0, 300).Select(i => i * 0.25f)];
        float[] Values() =>
        [
            .. starts.SelectMany(s => Enumerable.Range(0, 12).Select(c =>
            {
                int section = jumps.Count(j => j <= s);
                double level = new Random(100 * section + c).NextDouble();
                return (float)(level + 0.6 * random.NextDouble());
            })),
        ];
        return (starts, Values(), Values());
    }
}
