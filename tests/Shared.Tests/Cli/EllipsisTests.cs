using Pipeline.Cli;
using Xunit;

namespace Pipeline.Tests.Cli;

public sealed class EllipsisTests
{
    [Fact]
    public void Text_is_cut_to_the_width_and_never_within_a_letter()
    {
        Assert.Equal(("blues", "bl...", "b...s", "..."), (Ellipsis.AtEnd("blues", 5), Ellipsis.AtEnd("bluegrass", 5), Ellipsis.Inside("bluegrass", 5), Ellipsis.AtEnd("blues", 2)));
        Assert.Equal("b...", Ellipsis.AtEnd("b\U0001F3B8lues", 5));
        Assert.Equal("...", Ellipsis.Inside("\U0001F3B8lues\U0001F3B8", 5));
        Assert.Equal("\U0001F3B8...\U0001F3B8", Ellipsis.Inside("\U0001F3B8lues\U0001F3B8", 7));
    }

    [Fact]
    public void Of_many_names_ten_are_told()
    {
        Assert.Equal("a, b", Ellipsis.Names(["a", "b"]));
        Assert.Equal("0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more", Ellipsis.Names([.. Enumerable.Range(0, 12).Select(i => $"{i}")]));
    }
}
