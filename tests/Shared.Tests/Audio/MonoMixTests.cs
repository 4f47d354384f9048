using Pipeline.Audio;
using Xunit;

namespace Pipeline.Tests.Audio;

public sealed class MonoMixTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Vectors_give_the_bits_of_the_reference(int channels)
    {
        var random = new Random(channels);
        for (int frames = 0; frames < 40; frames++)
        {
            float[] samples = [.. Enumerable.Range(0, frames * channels).Select(_ => random.NextSingle() * 2 - 1)];
            float[] expected = new float[frames], actual = new float[frames];
            MonoMix.MixReference(samples, channels, expected);
            MonoMix.Mix(samples, channels, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void The_average_is_that_of_each_frame()
    {
        float[] mono = new float[2];
        MonoMix.Mix([1, 0.5f, 0, -1, 0.25f, 0.75f], 3, mono);
        Assert.Equal([0.5f, 0], mono);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => MonoMix.Mix(new float[5], 2, new float[2]));
}
