using Pipeline.Features;
using Xunit;

namespace Pipeline.Tests.Features;

public sealed class WindowSettingsTests
{
    [Fact]
    public void Without_a_length_there_is_one_window() => Assert.Equal([(0, 1000)], new WindowSettings().Cut(1000, 0));

    [Theory]
    [InlineData(100, "0+100")]
    [InlineData(60, "0+60")] // a short one is all there is
    [InlineData(115, "0+100")] // 15 of 100 are no window
    [InlineData(120, "0+100")] // neither is a share of exactly a fifth
    [InlineData(121, "0+100 100+21")]
    [InlineData(300, "0+100 100+100 200+100")]
    public void A_tail_is_kept_where_it_is_longer_than_the_given_share(int total, string expected) =>
        Assert.Equal(expected, Cuts(new WindowSettings { KeepTail = 0.2 }, total));

    [Theory]
    [InlineData(200, "0+100 50+100 100+100")]
    [InlineData(210, "0+100 50+100 100+100")] // of the next window 10 would be new
    [InlineData(230, "0+100 50+100 100+100 150+80")]
    public void Windows_overlap_by_the_given_share(int total, string expected) =>
        Assert.Equal(expected, Cuts(new WindowSettings { Overlap = 0.5, KeepTail = 0.2 }, total));

    [Fact]
    public void Every_sample_is_in_a_window_where_every_tail_is_kept()
    {
        for (int total = 1; total < 400; total += 7)
        {
            foreach (double overlap in new[] { 0, 0.3, 0.75, 0.99 })
            {
                int seen = 0;
                foreach ((int start, int length) in new WindowSettings { Overlap = overlap, KeepTail = 0 }.Cut(total, 50))
                {
                    Assert.InRange(start, 0, seen);
                    Assert.InRange(length, 1, 50);
                    seen = start + length;
                }

                Assert.Equal(total, seen);
            }
        }
    }

    [Fact]
    public void Windows_may_end_where_counting_does() =>
        Assert.Equal(
            [(0, 2_000_000_000), (1_000_000_000, int.MaxValue - 1_000_000_000)],
            new WindowSettings { Overlap = 0.5, KeepTail = 0 }.Cut(int.MaxValue, 2_000_000_000));

    private static string Cuts(WindowSettings settings, int total) =>
        string.Join(' ', settings.Cut(total, 100).Select(c => $"{c.Start}+{c.Length}"));
}
