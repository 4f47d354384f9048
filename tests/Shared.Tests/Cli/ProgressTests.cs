using Pipeline.Cli;
using Xunit;

namespace Pipeline.Tests.Cli;

[Collection(nameof(ConsoleCollection))]
public sealed class ProgressTests
{
    [Fact]
    public void Away_from_a_terminal_a_line_comes_at_every_interval()
    {
        using var errors = new CapturedErrors();
        using (var progress = Progress.Start("examples", 5000, quiet: false, TimeSpan.FromMilliseconds(50)))
        {
            progress.Advance(1200);
            SpinWait.SpinUntil(() => errors.Lines.Length >= 2, TimeSpan.FromSeconds(20));
        }
        Assert.True(errors.Lines.Length >= 2);
        Assert.Matches(@": examples 1200/5000 \(24 %\) \d+/s, .+ left$", errors.Lines[0]);
    }

    [Fact]
    public void Quick_work_leaves_no_line()
    {
        using var errors = new CapturedErrors();
        using (var progress = Progress.Start("examples", 10))
        {
            progress.Advance(10);
        }
        Assert.Empty(errors.Lines);
    }

    [Fact]
    public void Work_of_more_than_a_second_leaves_one_line_with_its_time()
    {
        using var errors = new CapturedErrors();
        using (var progress = Progress.Start("examples", null))
        {
            progress.Advance(10);
            Thread.Sleep(1100);
        }
        Assert.Matches(@": examples 10 \d\.\d/s, 1 s in all$", Assert.Single(errors.Lines));
    }

    [Fact]
    public void Quiet_shows_nothing()
    {
        using var errors = new CapturedErrors();
        using (Progress.Start("examples", 10, quiet: true, TimeSpan.FromMilliseconds(20)))
        {
            Thread.Sleep(1100);
        }
        Assert.Empty(errors.Lines);
    }

    [Fact]
    public void Every_thread_is_counted()
    {
        using var progress = Progress.Start("examples", null, quiet: true);
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                progress.Advance();
            }
        });
        Assert.Equal(80_000, progress.Done);
    }

    [Fact]
    public void Starting_another_ends_the_one_before()
    {
        using var errors = new CapturedErrors();
        using var first = Progress.Start("recordings", 10, quiet: false, TimeSpan.FromMilliseconds(50));
        using var second = Progress.Start("examples", 10, quiet: true);
        int lines = errors.Lines.Length;
        Thread.Sleep(300);
        Assert.Equal(lines, errors.Lines.Length);
    }

    [Theory]
    [InlineData(1200, 5000L, 350, "1200/5000 (24 %) 350/s, 11 s left")]
    [InlineData(1200, null, 350, "1200 350/s")]
    [InlineData(4999, 5000L, 3.5, "4999/5000 (99 %) 3.5/s, 1 s left")]
    [InlineData(5000, 5000L, 350, "5000/5000 (100 %) 350/s")]
    [InlineData(0, 5000L, 0, "0/5000 (0 %) 0/s")]
    [InlineData(1, 101L, 1, "1/101 (0 %) 1.0/s, 1 min 40 s left")]
    [InlineData(0, 7500L, 1, "0/7500 (0 %) 1.0/s, 2 h 05 min left")]
    [InlineData(1, 2L, 0.025, "1/2 (50 %) 1.5/min, 40 s left")]
    [InlineData(0, 0L, 0, "0/0 (100 %) 0/s")]
    public void A_running_line_says_what_is_known(long done, long? total, double rate, string text) =>
        Assert.Equal(text, ProgressText.Running(done, total, rate));

    [Fact]
    public void The_pace_is_the_mean_at_first_and_follows_a_change_later()
    {
        var pace = new Pace();
        Assert.Equal(100, pace.Update(1, 100), precision: 6);
        Assert.Equal(100, pace.Update(2, 200), precision: 6);
        double rate = 0;
        for (int second = 3; second <= 202; second++)
        {
            rate = pace.Update(second, 200 + (second - 2) * 10);
        }
        Assert.InRange(rate, 10, 11);
    }
}
