using Pipeline.Features;
using Pipeline.Features.Changes;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests.Features;

/// <summary>Tables of examples may be another program's, and ask for anything.</summary>
public sealed class ChangeTests
{
    private static readonly Segments Song = new(
        "a", [0, 1], new float[2], new float[2], new float[2], new float[2], new float[24], new float[24],
        DurationS: 2, Tempo: 120, Key: 0, Mode: 0, TimeSignature: 4, FadeInEndS: 0, FadeOutStartS: 2, [], [], [], [], [], [], [], []);

    [Theory]
    [InlineData(200, 1, 0, null)]
    [InlineData(float.NaN, 1, 0, null)]
    [InlineData(0, 1e-9f, 0, null)]
    [InlineData(0, 100, 0, null)]
    [InlineData(0, -1, 0, null)]
    [InlineData(0, float.NaN, 0, null)]
    [InlineData(0, 1, 1000, null)]
    [InlineData(0, 1, float.NegativeInfinity, null)]
    [InlineData(0, 1, 0, -1000f)]
    [InlineData(0, 1, 0, float.NaN)]
    public void What_nobody_means_is_refused(float semitones, float stretch, float gainDb, float? snrDb)
    {
        var change = new Change(semitones, stretch, gainDb, snrDb, 1);
        Assert.Equal("unchangeable", Assert.Throws<FeatureException>(() => new AudioChanger().Apply(new float[1000], change)).Fault);
        Assert.Equal("unchangeable", Assert.Throws<FeatureException>(() => new SegmentsChanger().Apply(Song, change)).Fault);
    }

    [Theory]
    [InlineData(48, 1, 200, -200f)]
    [InlineData(-48, 16, -200, 200f)]
    [InlineData(0, 0.0625f, 0, null)]
    public void The_greatest_changes_give_numbers(float semitones, float stretch, float gainDb, float? snrDb)
    {
        var change = new Change(semitones, stretch, gainDb, snrDb, 1);
        float[] tone = [.. Enumerable.Range(0, 3000).Select(i => MathF.Sin(i * 0.2f))];
        float[] changed = new AudioChanger().Apply(tone, change);
        Assert.InRange(changed.Length, 3000 / stretch - 1, 3000 / stretch + 1);
        Assert.All(changed, s => Assert.True(float.IsFinite(s)));
        Assert.Null(new SegmentsChanger().Apply(Song, change).FindFault());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Next_to_nothing_can_be_changed(int samples) =>
        Assert.Equal(samples, new AudioChanger().Apply(new float[samples], new Change(2, 1.1f, 3, 10, 1)).Length);
}
