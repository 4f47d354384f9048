using System.Runtime.Intrinsics;
using Pipeline.Nn;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class ElementaryTests
{
    [Fact]
    public void Exponential_is_right_to_two_parts_in_ten_million() =>
        Check(-87, 88, 2e-7, Elementary.Exp, ElementaryReference.Exp);

    [Fact]
    public void Sigmoid_is_right_to_three_parts_in_ten_million() =>
        Check(-80, 80, 3e-7, Elementary.Sigmoid, ElementaryReference.Sigmoid);

    [Fact]
    public void Tangent_is_right_to_half_a_millionth_of_itself_near_zero_too()
    {
        Check(-20, 20, 5e-7, Elementary.Tanh, ElementaryReference.Tanh);
        Check(-0.5f, 0.5f, 5e-7, Elementary.Tanh, ElementaryReference.Tanh);
        Check(-1e-3f, 1e-3f, 5e-7, Elementary.Tanh, ElementaryReference.Tanh);
    }

    [Fact]
    public void Share_and_density_of_the_normal_distribution_are_right_to_a_few_ten_millionths()
    {
        for (int i = -9000; i <= 9000; i++)
        {
            float x = i / 1000f;
            float share = Elementary.NormalShare(Vector512.Create(x), out Vector512<float> density)[0];
            Assert.Equal(ElementaryReference.NormalShare(x), share, 3e-7);
            Assert.Equal(ElementaryReference.NormalDensity(x), density[0], 3e-7);
        }
    }

    [Fact]
    public void Far_away_they_are_at_their_ends_and_no_number_stays_none()
    {
        Vector512<float> values = Vector512.Create(float.NaN, 1e30f, -1e30f, float.PositiveInfinity, float.NegativeInfinity, 0, -0f, 1, 0, 0, 0, 0, 0, 0, 0, 0);
        Vector512<float> exp = Elementary.Exp(values), sigmoid = Elementary.Sigmoid(values), tanh = Elementary.Tanh(values), share = Elementary.NormalShare(values, out _);

        Assert.True(float.IsNaN(exp[0]) && float.IsNaN(sigmoid[0]) && float.IsNaN(tanh[0]) && float.IsNaN(share[0]));
        Assert.Equal([1, 0, 1, 0, 0.5f, 0.5f], [sigmoid[1], Math.Max(0, sigmoid[2] - 1e-37f), sigmoid[3], Math.Max(0, sigmoid[4] - 1e-37f), sigmoid[5], sigmoid[6]]);
        Assert.Equal([1, -1, 1, -1, 0, 0], [tanh[1], tanh[2], tanh[3], tanh[4], tanh[5], tanh[6]]);
        Assert.Equal([1, 1, 0.5f], [share[1], share[3], share[5]], (a, b) => Math.Abs(a - b) < 1e-7f);
        Assert.Equal(1, exp[5]);
    }

    private static void Check(float from, float to, double tolerance, Func<Vector512<float>, Vector512<float>> fast, Func<double, double> reference)
    {
        for (int i = 0; i <= 20_000; i++)
        {
            float x = from + (to - from) * i / 20_000;
            double expected = reference(x);
            Assert.True(Math.Abs(fast(Vector512.Create(x))[3] - expected) <= tolerance * Math.Abs(expected), $"at {x}: {fast(Vector512.Create(x))[3]}, not {expected}");
        }
    }
}
