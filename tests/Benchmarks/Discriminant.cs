namespace Pipeline.Benchmarks;

/// <summary>Fisher's linear discriminant of two kinds of rows, and how well it tells rows apart that it has not seen.</summary>
internal static class Discriminant
{
    private const int Folds = 10;
    private const double Ridge = 1e-3; // beside a variance of 1

    /// <summary>
    /// The area under the curve over ten folds: 0.5 cannot tell, 1 always tells. Rows of a group are never divided.
    /// </summary>
    public static double CrossValidatedArea(double[][] rows, bool[] kinds, int[] groups)
    {
        var scores = new double[rows.Length];
        double[] centre = Mean(rows), spread = [.. Enumerable.Range(0, centre.Length).Select(j => Math.Sqrt(rows.Average(r => (r[j] - centre[j]) * (r[j] - centre[j]))) + 1e-9)];
        double[][] scaled = [.. rows.Select(r => r.Select((v, j) => (v - centre[j]) / spread[j]).ToArray())];
        for (int fold = 0; fold < Folds; fold++)
        {
            int[] seen = [.. Enumerable.Range(0, rows.Length).Where(i => groups[i] % Folds != fold)];
            double[] direction = Direction([.. seen.Where(i => kinds[i]).Select(i => scaled[i])], [.. seen.Where(i => !kinds[i]).Select(i => scaled[i])], out double middle);
            foreach (int i in Enumerable.Range(0, rows.Length).Where(i => groups[i] % Folds == fold))
            {
                scores[i] = scaled[i].Zip(direction, (a, b) => a * b).Sum() - middle;
            }
        }

        return Area(scores, kinds);
    }

    // (pooled covariance)^-1 (difference of the means), and its value half way between them.
    private static double[] Direction(double[][] first, double[][] second, out double middle)
    {
        double[] a = Mean(first), b = Mean(second);
        int n = a.Length;
        var covariance = new double[n, n];
        foreach ((double[][] rows, double[] mean) in new[] { (first, a), (second, b) })
        {
            foreach (double[] row in rows)
            {
                for (int i = 0; i < n; i++)
                {
                    for (int j = 0; j < n; j++)
                    {
                        covariance[i, j] += (row[i] - mean[i]) * (row[j] - mean[j]) / (first.Length + second.Length);
                    }
                }
            }
        }

        double[] direction = [.. a.Zip(b, (x, y) => x - y)];
        for (int i = 0; i < n; i++)
        {
            covariance[i, i] += Ridge;
        }

        Solve(covariance, direction);
        middle = Enumerable.Range(0, n).Sum(i => direction[i] * (a[i] + b[i]) / 2);
        return direction;
    }

    // Gauss's elimination of a positive definite matrix; the right side becomes the solution.
    private static void Solve(double[,] matrix, double[] right)
    {
        int n = right.Length;
        for (int k = 0; k < n; k++)
        {
            for (int i = k + 1; i < n; i++)
            {
                double factor = matrix[i, k] / matrix[k, k];
                for (int j = k; j < n; j++)
                {
                    matrix[i, j] -= factor * matrix[k, j];
                }

                right[i] -= factor * right[k];
            }
        }

        for (int k = n - 1; k >= 0; k--)
        {
            for (int j = k + 1; j < n; j++)
            {
                right[k] -= matrix[k, j] * right[j];
            }

            right[k] /= matrix[k, k];
        }
    }

    // The share of pairs of either kind in which the first has the greater score.
    private static double Area(double[] scores, bool[] kinds)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderBy(i => scores[i])];
        double below = 0, won = 0;
        foreach (int i in order)
        {
            won += kinds[i] ? below : 0;
            below += kinds[i] ? 0 : 1;
        }

        return won / below / kinds.Count(k => k);
    }

    private static double[] Mean(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(j => rows.Average(r => r[j]))];
}
