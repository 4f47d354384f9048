namespace Pipeline.Tests;

/// <summary>Fisher's discriminant with one covariance for all classes: the plainest classifier that uses many descriptors at once.</summary>
internal sealed class LinearDiscriminant
{
    private readonly Dictionary<string, (double[] Weights, double Offset)> classes;

    /// <param name="examples">What to learn from; values of mean 0 and deviation 1.</param>
    /// <param name="ridge">Added to each variance, for few examples.</param>
    public LinearDiscriminant(IReadOnlyList<(string Class, double[] Values)> examples, double ridge)
    {
        int size = examples[0].Values.Length;
        Dictionary<string, double[]> means = examples.GroupBy(e => e.Class).ToDictionary(
            group => group.Key,
            group => Enumerable.Range(0, size).Select(d => group.Average(e => e.Values[d])).ToArray());
        double[][] covariance = [.. Enumerable.Range(0, size).Select(_ => new double[size])];
        foreach ((string name, double[] values) in examples)
        {
            double[] mean = means[name];
            for (int a = 0; a < size; a++)
            {
                for (int b = 0; b < size; b++)
                {
                    covariance[a][b] += (values[a] - mean[a]) * (values[b] - mean[b]) / examples.Count;
                }
            }
        }

        for (int a = 0; a < size; a++)
        {
            covariance[a][a] += ridge;
        }

        classes = means.ToDictionary(m => m.Key, m =>
        {
            double[] weights = Solve(covariance, m.Value);
            return (weights, -0.5 * Dot(weights, m.Value));
        });
    }

    /// <summary>The likeliest class.</summary>
    public string Guess(double[] values) => classes.MaxBy(c => Dot(c.Value.Weights, values) + c.Value.Offset).Key;

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    // Gauss's elimination; the matrix is positive definite, so that no pivot need be sought.
    private static double[] Solve(double[][] matrix, double[] right)
    {
        double[][] a = [.. matrix.Select(row => (double[])[.. row])];
        double[] b = [.. right];
        for (int i = 0; i < b.Length; i++)
        {
            for (int row = i + 1; row < b.Length; row++)
            {
                double factor = a[row][i] / a[i][i];
                for (int column = i; column < b.Length; column++)
                {
                    a[row][column] -= factor * a[i][column];
                }

                b[row] -= factor * b[i];
            }
        }

        for (int i = b.Length - 1; i >= 0; i--)
        {
            for (int column = i + 1; column < b.Length; column++)
            {
                b[i] -= a[i][column] * b[column];
            }

            b[i] /= a[i][i];
        }

        return b;
    }
}
