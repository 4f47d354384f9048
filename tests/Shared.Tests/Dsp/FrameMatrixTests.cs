using Pipeline.Dsp;
using Xunit;

namespace Pipeline.Tests.Dsp;

public sealed class FrameMatrixTests
{
    [Theory]
    [InlineData(1, 1, 0, 1)]
    [InlineData(5, 3, 1, 3)]
    [InlineData(37, 5, 0, 37)]
    [InlineData(37, 20, 3, 33)]
    [InlineData(16, 2, 16, 0)]
    public void Turning_a_matrix_puts_each_frame_in_a_column(int frames, int width, int start, int count)
    {
        var matrix = new FrameMatrix(frames, width);
        for (int i = 0; i < matrix.Values.Length; i++)
        {
            matrix.Values[i] = i;
        }

        float[] turned = matrix.ToChannelMajor(start, count);

        Assert.Equal(width * count, turned.Length);
        for (int i = 0; i < turned.Length; i++)
        {
            Assert.Equal((start + i % count) * width + i / count, turned[i]);
        }
    }
}
