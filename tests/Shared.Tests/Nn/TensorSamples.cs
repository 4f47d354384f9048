using Pipeline.Nn;
using Xunit;

namespace Pipeline.Tests.Nn;

/// <summary>All samples of a batch in one array, and where a tensor must hold zeros.</summary>
internal static class TensorSamples
{
    public static void WriteAll(this Tensor tensor, ReadOnlySpan<float> values)
    {
        int count = tensor.Shape.Count;
        for (int sample = 0; sample < values.Length / count; sample++)
        {
            tensor.Write(sample, values.Slice(sample * count, count));
        }
    }

    public static float[] ReadAll(this Tensor tensor, int batch)
    {
        int count = tensor.Shape.Count;
        var values = new float[batch * count];
        for (int sample = 0; sample < batch; sample++)
        {
            tensor.Read(sample, values.AsSpan(sample * count, count));
        }

        return values;
    }

    /// <summary>
    /// Asserts that what fills up the rows of a batch is zero, and every halo: the rows that a window can see in front of, between
    /// and behind the samples.
    /// </summary>
    public static unsafe void AssertZeroAround(this Tensor tensor, int batch)
    {
        var places = new HashSet<long>();
        for (int sample = 0; sample < batch; sample++)
        {
            for (int line = 0; line < tensor.Shape.Height; line++)
            {
                for (int column = 0; column < tensor.Shape.Width; column++)
                {
                    places.Add(tensor.Row(sample, line, column));
                }
            }
        }

        for (long row = -tensor.Guard; row < tensor.Rows(batch) + tensor.Guard; row++)
        {
            for (int i = 0; i < tensor.Pitch; i++)
            {
                if (!places.Contains(row) || i % tensor.RunPitch >= tensor.Run)
                {
                    float value = tensor.Data[row * tensor.Pitch + i];
                    Assert.True(value == 0, $"row {row}, float {i}: {value}");
                }
            }
        }
    }
}
