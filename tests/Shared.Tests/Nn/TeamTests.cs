using Pipeline.Nn;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class TeamTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(7)]
    public void Every_part_runs_once(int threads)
    {
        using var team = new Team(threads);
        foreach (int parts in (int[])[0, 1, 2, 5, 1000])
        {
            int[] runs = new int[parts];
            team.For(parts, part => Interlocked.Increment(ref runs[part]));
            Assert.All(runs, count => Assert.Equal(1, count));
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(7)]
    public void What_a_part_throws_comes_out_and_the_team_works_on(int threads)
    {
        using var team = new Team(threads);
        for (int round = 0; round < 20; round++)
        {
            var thrown = Assert.Throws<FormatException>(() => team.For(50, part => throw new FormatException($"part {part}")));
            Assert.StartsWith("part ", thrown.Message, StringComparison.Ordinal);
            int sum = 0;
            team.For(50, part => Interlocked.Add(ref sum, part));
            Assert.Equal(49 * 50 / 2, sum);
        }
    }

    [Fact]
    public void Many_short_jobs_in_a_row_come_to_an_end()
    {
        using var team = new Team(3);
        long sum = 0;
        for (int job = 0; job < 5_000; job++)
        {
            team.For(4, part => Interlocked.Add(ref sum, part));
            if (job % 1000 == 0)
            {
                Thread.Sleep(1); // long enough for the others to fall asleep
            }
        }

        Assert.Equal(5_000 * 6, sum);
    }

    [Fact]
    public void The_parts_of_a_job_see_what_was_written_before_it_and_the_caller_sees_what_they_wrote()
    {
        using var team = new Team(4);
        int[] values = new int[64];
        for (int job = 1; job <= 500; job++)
        {
            Array.Fill(values, job);
            int expected = job;
            team.For(values.Length, part => values[part] = values[part] == expected ? -expected : 0);
            Assert.DoesNotContain(values, value => value != -expected);
        }
    }

    [Fact]
    public void A_team_that_was_sent_home_takes_no_work()
    {
        var team = new Team(2);
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() => team.For(2, _ => { }));
    }
}
