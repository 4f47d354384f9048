namespace Pipeline.Nn.Training;

/// <summary>
/// Mixes each sample of a batch, and its targets, with another one of the batch (Zhang and others, mixup: Beyond Empirical Risk Minimization,
/// 2018). A sample's share of itself is drawn from Beta(alpha, alpha).
/// </summary>
public sealed class Mixup
{
    // Below it, numbers of a gamma distribution are too small for a double.
    private const double LeastAlpha = 0.02;

    private readonly double alpha;
    private float[] before = [];

    /// <summary>A small alpha leaves most samples nearly alone; with 1, all shares are equally likely.</summary>
    public Mixup(double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(alpha, LeastAlpha);
        this.alpha = alpha;
    }

    /// <summary>Mixes a batch.</summary>
    /// <param name="inputs">What the network reads: all of a sample are mixed by the same share.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="targets">As many numbers for each sample.</param>
    /// <param name="seed">Of the epoch.</param>
    /// <param name="number">Of the first sample in the epoch.</param>
    public void Apply(IEnumerable<Tensor> inputs, int batch, Span<float> targets, uint seed, uint number)
    {
        var draws = new Draws(CounterHash.Of(seed, number));
        int[] partners = [.. Enumerable.Range(0, batch)];
        for (int i = batch - 1; i > 0; i--)
        {
            int other = draws.UpTo(i);
            (partners[i], partners[other]) = (partners[other], partners[i]);
        }

        var shares = new float[batch];
        for (int i = 0; i < batch; i++)
        {
            shares[i] = (float)draws.Beta(alpha);
        }

        foreach (Tensor input in inputs)
        {
            int count = input.Shape.Count;
            Span<float> all = Room(batch * count);
            for (int i = 0; i < batch; i++)
            {
                input.Read(i, all.Slice(i * count, count));
            }

            float[] mixed = new float[count];
            for (int i = 0; i < batch; i++)
            {
                Mix(all, i, partners[i], shares[i], mixed);
                input.Write(i, mixed);
            }
        }

        int each = targets.Length / Math.Max(1, batch);
        Span<float> old = Room(targets.Length);
        targets.CopyTo(old);
        for (int i = 0; i < batch; i++)
        {
            Mix(old, i, partners[i], shares[i], targets.Slice(i * each, each));
        }
    }

    private static void Mix(ReadOnlySpan<float> all, int sample, int partner, float share, Span<float> to)
    {
        ReadOnlySpan<float> one = all.Slice(sample * to.Length, to.Length), other = all.Slice(partner * to.Length, to.Length);
        for (int k = 0; k < to.Length; k++)
        {
            to[k] = share * one[k] + (1 - share) * other[k];
        }
    }

    private Span<float> Room(int length)
    {
        if (before.Length < length)
        {
            before = new float[length];
        }

        return before.AsSpan(0, length);
    }
}
