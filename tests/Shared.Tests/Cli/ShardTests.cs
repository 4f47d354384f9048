using Pipeline.Cli;
using Xunit;

namespace Pipeline.Tests.Cli;

public sealed class ShardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void The_parts_one_after_the_other_are_the_whole(int count)
    {
        foreach (long items in (long[])[0, 1, 2, 15, 16, 17, 1_000_003, long.MaxValue])
        {
            long end = 0;
            foreach (Shard part in Enumerable.Range(0, count).Select(index => Shard.Parse($"{index}/{count}")))
            {
                Assert.Equal(end, part.First(items));
                end = part.End(items);
                Assert.InRange(end - part.First(items) - items / count, 0, items % count == 0 ? 0 : 1);
            }

            Assert.Equal(items, end);
        }
    }

    [Fact]
    public void The_whole_has_everything() => Assert.Equal((0, 10), (Shard.All.First(10), Shard.All.End(10)));

    [Fact]
    public void A_part_reads_back_as_it_is_written() => Assert.Equal(new Shard(2, 16), Shard.Parse(new Shard(2, 16).ToString()));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1/2/3")]
    [InlineData("-1/2")]
    [InlineData("2/2")]
    [InlineData("0/0")]
    [InlineData("a/b")]
    [InlineData(" 1/2")]
    public void Anything_else_is_refused_with_a_sentence_that_quotes_it(string text)
    {
        var e = Assert.Throws<FormatException>(() => Shard.Parse(text));
        Assert.Contains($"'{text}'", e.Message);
    }
}
