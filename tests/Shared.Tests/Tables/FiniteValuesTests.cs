using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests.Tables;

public sealed class FiniteValuesTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void The_first_value_that_is_not_finite_is_found_wherever_it_is(float other)
    {
        for (int length = 1; length <= 40; length++)
        {
            for (int at = 0; at < length; at++)
            {
                float[] values = new float[length];
                Array.Fill(values, float.MaxValue);
                Array.Fill(values, float.MinValue, 0, at);
                values[at] = other;
                values[^1] = other;

                Assert.Equal(at, FiniteValues.FirstOther(values));
            }
        }
    }

    [Fact]
    public void Finite_values_have_none()
    {
        for (int length = 0; length <= 40; length++)
        {
            Assert.Equal(-1, FiniteValues.FirstOther(Enumerable.Repeat(float.MaxValue, length).ToArray()));
        }
    }
}
