using Pipeline.Cli;
using Xunit;

namespace Pipeline.Tests.Cli;

public sealed class TallyTests
{
    [Fact]
    public void The_most_frequent_comes_first_and_equals_by_name()
    {
        var tally = new Tally();
        Assert.Equal(("", 0), (tally.ToString(), tally.Total));
        foreach (string name in (string[])["silent", "cut", "cut", "b", "a"])
        {
            tally.Add(name);
        }

        Assert.Equal(("2 cut, 1 a, 1 b, 1 silent", 5), (tally.ToString(), tally.Total));
    }
}
