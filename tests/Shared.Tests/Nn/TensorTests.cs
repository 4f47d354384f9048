using Pipeline.Nn;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed unsafe class TensorTests
{
    [Theory]
    [InlineData(1, 1, 5, 0, 0, false)]
    [InlineData(1, 7, 3, 0, 2, false)]
    [InlineData(4, 5, 17, 1, 1, false)]
    [InlineData(4, 5, 17, 2, 3, true)]
    public void What_was_written_is_read_and_everything_around_it_is_zero(int height, int width, int channels, int lines, int columns, bool isData)
    {
        using var tensor = new Tensor(new Shape(height, width, channels), new Halo(lines, columns), 3, isData);
        float[] values = [.. Enumerable.Range(1, 3 * tensor.Shape.Count).Select(i => (float)i)];
        tensor.WriteAll(values);
        Assert.Equal(values, tensor.ReadAll(3));
        tensor.AssertZeroAround(3);
        Assert.Equal(isData ? channels : Tensor.RoundUp(channels), tensor.Pitch);
    }

    [Fact]
    public void A_flat_tensor_is_the_same_floats_as_one_vector_a_sample()
    {
        using var tensor = new Tensor(new Shape(2, 3, 5), Halo.None, 2);
        using Tensor flat = tensor.Flat();
        Assert.Equal(Shape.Vector(30), flat.Shape);
        float[] values = [.. Enumerable.Range(1, 60).Select(i => (float)i)];
        flat.WriteAll(values);
        Assert.Equal(values, tensor.ReadAll(2));
        Assert.Equal(values, flat.ReadAll(2));
        flat.AssertZeroAround(2);
    }

    [Fact]
    public void A_tensor_with_a_halo_cannot_be_made_flat()
    {
        using var tensor = new Tensor(new Shape(2, 3, 5), new Halo(0, 1), 2);
        Assert.Throws<InvalidOperationException>(tensor.Flat);
    }

    [Fact]
    public void A_sample_of_another_size_is_refused()
    {
        using var tensor = new Tensor(new Shape(2, 3, 5), Halo.None, 2);
        Assert.Throws<ArgumentException>(() => tensor.Write(0, new float[29]));
    }

    [Fact]
    public void Halos_of_a_batch_become_zero_and_nothing_else()
    {
        using var tensor = new Tensor(new Shape(3, 4, 2), new Halo(2, 1), 3);
        new Span<float>(tensor.Data, tensor.Rows(2) * tensor.Pitch).Fill(7);
        tensor.ClearHalos(2);
        Assert.All(tensor.ReadAll(2), value => Assert.Equal(7, value));
        for (int row = 0; row < tensor.Rows(2); row++)
        {
            bool isPlace = row % tensor.SampleRows / tensor.Columns >= 2 && row % tensor.Columns >= 1;
            Assert.Equal(isPlace ? 7 : 0, tensor.Data[row * tensor.Pitch + 1]);
        }
    }
}
