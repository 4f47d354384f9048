using Pipeline.Models;
using Pipeline.Nn;
using Xunit;

namespace Pipeline.Tests.Models;

public class ViewsTests
{
    private static readonly Shape Short = new(2, 3, 2), Long = new(2, 8, 2);

    [Fact]
    public void There_are_several_only_where_a_window_is_longer()
    {
        Assert.Equal(5, Views.Count([Long], [Short], 5));
        Assert.Equal(1, Views.Count([Long], [Long], 5));
        Assert.Equal(1, Views.Count([Short], [Long], 5));
        Assert.Equal(5, Views.Count([Short, Long], [Short, Short], 5));
    }

    [Fact]
    public void They_go_from_the_beginning_to_the_end_evenly_and_a_single_one_is_in_the_middle()
    {
        Assert.Equal([0, 1, 2, 3, 5], Enumerable.Range(0, 5).Select(v => Views.Start(Long, Short, v, 5)));
        Assert.Equal(2, Views.Start(Long, Short, 0, 1));
        Assert.Equal([0, 0], Enumerable.Range(0, 2).Select(v => Views.Start(Short, Long, v, 2)));
        Assert.Equal(2_000_000_000, Views.Start(new Shape(1, 2_000_000_001, 1), new Shape(1, 1, 1), 999, 1000));
    }

    [Theory]
    [InlineData(8, 3, 5)]
    [InlineData(8, 3, 0)]
    [InlineData(5, 5, 0)]
    public void What_is_cut_is_the_same_columns_of_every_line(int width, int lookedAt, int start)
    {
        Shape from = new(2, width, 2), to = new(2, lookedAt, 2);
        float[] window = [.. Enumerable.Range(0, from.Count).Select(i => (float)i)], view = new float[to.Count];
        Views.Cut(window, from, to, start, view);
        var expected = from h in Enumerable.Range(0, 2)
                       from w in Enumerable.Range(0, lookedAt)
                       from c in Enumerable.Range(0, 2)
                       select window[(h * width + (start + w) % width) * 2 + c];
        Assert.Equal(expected, view);
    }
}
