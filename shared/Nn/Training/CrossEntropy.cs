namespace Pipeline.Nn.Training;

/// <summary>
/// Softmax and the mean cross-entropy of a batch, with classes that weigh differently, targets that may be mixtures, and smoothing.
/// With t the target of a sample, w the classes' weights and s = sum(w t) the sample's weight, the loss is
/// sum(s * -sum(t' log p)) / sum(s), where t' = (1 - smoothing) t + smoothing / classes. For targets of one class without
/// smoothing this is PyTorch's weighted mean.
/// </summary>
public sealed unsafe class CrossEntropy
{
    private readonly int classes;
    private readonly float[] weights;
    private readonly double smoothing;
    private readonly double[] shares; // of a sample, as logarithms
    private float[] probabilities = [];
    private float[] gradients = [];
    private Tensor? logits;
    private int batch;

    /// <summary>A loss.</summary>
    /// <param name="classes">How many there are.</param>
    /// <param name="weights">What each counts; 1 for all if empty.</param>
    /// <param name="smoothing">Share of a target that is spread over all classes, from 0 to less than 1.</param>
    public CrossEntropy(int classes, ReadOnlySpan<float> weights = default, float smoothing = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (smoothing is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "smoothing is from 0 to less than 1");
        }

        this.classes = classes;
        shares = new double[classes];
        this.smoothing = smoothing;
        this.weights = weights.IsEmpty ? [.. Enumerable.Repeat(1f, classes)] : weights.ToArray();
        if (this.weights.Length != classes || this.weights.Any(w => !float.IsFinite(w) || w < 0))
        {
            throw new ArgumentException($"{classes} classes have as many weights, none of them negative", nameof(weights));
        }
    }

    /// <summary>Probabilities of the classes for each sample of the last batch: batch x classes.</summary>
    public ReadOnlySpan<float> Probabilities => probabilities.AsSpan(0, batch * classes);

    /// <summary>Finds <see cref="Probabilities"/>, and nothing else.</summary>
    public void Softmax(Tensor logits, int batch)
    {
        Begin(logits, batch);
        for (int i = 0; i < batch; i++)
        {
            LogSoftmax(i);
            for (int c = 0; c < classes; c++)
            {
                probabilities[i * classes + c] = (float)Math.Exp(shares[c]);
            }
        }
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="logits">Vectors of so many classes.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="targets">Batch x classes shares, which are 1 together for each sample.</param>
    /// <exception cref="ArgumentException">No sample of the batch has any weight.</exception>
    public double Forward(Tensor logits, int batch, ReadOnlySpan<float> targets)
    {
        Begin(logits, batch);
        if (targets.Length != batch * classes)
        {
            throw new ArgumentException($"{targets.Length} targets for {batch} x {classes}", nameof(targets));
        }

        double all = 0;
        for (int i = 0; i < batch; i++)
        {
            all += WeightOf(targets.Slice(i * classes, classes));
        }

        if (all <= 0)
        {
            throw new ArgumentException("no sample of the batch is of a class with any weight", nameof(targets));
        }

        double loss = 0;
        for (int i = 0; i < batch; i++)
        {
            ReadOnlySpan<float> target = targets.Slice(i * classes, classes);
            double weight = WeightOf(target) / all;
            LogSoftmax(i);
            double sum = 0, together = 0;
            for (int c = 0; c < classes; c++)
            {
                double t = Smooth(target[c]);
                together += t;
                sum -= t == 0 ? 0 : t * shares[c];
            }

            loss += weight == 0 ? 0 : weight * sum;
            for (int c = 0; c < classes; c++)
            {
                double p = Math.Exp(shares[c]);
                probabilities[i * classes + c] = (float)p;
                gradients[i * classes + c] = weight == 0 ? 0 : (float)(weight * (p * together - Smooth(target[c])));
            }
        }

        return loss;
    }

    /// <summary>After <see cref="Forward"/>: replaces the logits by the gradient of the loss with respect to them.</summary>
    public void Backward()
    {
        Tensor to = logits ?? throw new InvalidOperationException("there was no forward pass");
        for (int i = 0; i < batch; i++)
        {
            to.Write(i, gradients.AsSpan(i * classes, classes));
        }
    }

    private double Smooth(float target) => (1 - smoothing) * target + smoothing / classes;

    private double WeightOf(ReadOnlySpan<float> target)
    {
        double sum = 0;
        for (int c = 0; c < classes; c++)
        {
            sum += (double)weights[c] * target[c];
        }

        return sum;
    }

    private void Begin(Tensor logits, int batch)
    {
        if (logits.Shape != Shape.Vector(classes))
        {
            throw new ArgumentException($"logits of {logits.Shape} for {classes} classes", nameof(logits));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch, logits.Capacity);
        (this.logits, this.batch) = (logits, batch);
        if (probabilities.Length < batch * classes)
        {
            probabilities = new float[batch * classes];
            gradients = new float[batch * classes];
        }
    }

    private void LogSoftmax(int sample)
    {
        float* values = logits!.At(sample, 0, 0);
        double greatest = values[0];
        for (int c = 1; c < classes; c++)
        {
            greatest = Math.Max(greatest, values[c]);
        }

        double sum = 0;
        for (int c = 0; c < classes; c++)
        {
            sum += Math.Exp(values[c] - greatest);
        }

        for (int c = 0; c < classes; c++)
        {
            shares[c] = values[c] - greatest - Math.Log(sum);
        }
    }
}
