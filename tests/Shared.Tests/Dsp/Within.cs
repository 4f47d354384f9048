using Xunit;

namespace Pipeline.Tests.Dsp;

/// <summary>Many values beside many expected ones.</summary>
internal static class Within
{
    public static void Tolerance(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            // By hand: an assertion takes a hundred times as long as the comparison.
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance))
            {
                Assert.Fail($"value {i} is {actual[i]} instead of {expected[i]}, tolerance {tolerance}");
            }
        }
    }
}
