using Pipeline.Cli;
using Xunit;

namespace Pipeline.Tests.Cli;

public sealed class ShardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void Every_item_belongs_to_exactly_one_part(int count)
    {
        Shard[] parts = Enumerable.Range(0, count).Select(index => Shard.Parse($"{index}/{count}")).ToArray();
        for (long item = 0; item < 100; item++)
        {
            Assert.Single(parts, part => part.Owns(item));
        }
    }

    [Fact]
    public void The_whole_owns_everything() => Assert.All(Enumerable.Range(0, 10), item => Assert.True(Shard.All.Owns(item)));

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
