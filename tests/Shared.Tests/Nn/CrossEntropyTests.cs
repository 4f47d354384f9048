using Pipeline.Nn;
using Pipeline.Nn.Training;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class CrossEntropyTests
{
    [Fact]
    public void Weighted_classes_give_PyTorchs_loss_and_gradient()
    {
        var golden = new TorchGolden("weighted_cross_entropy");
        var loss = new CrossEntropy(5, golden.Values("weight"));
        using Tensor tensor = Vectors(golden.Values("logits"), 5, 9);

        Assert.Equal(golden.Values("loss")[0], loss.Forward(tensor, 8, OneHot(golden.Values("target"), 5)), 1e-6);
        loss.Backward();
        TorchGolden.AssertClose(golden.Values("d_logits"), Rows(tensor, 8), 1e-6);
    }

    [Fact]
    public void Mixtures_and_smoothing_have_the_gradient_of_their_loss()
    {
        float[] values = [0.3f, -1.2f, 2f, 0.1f, 0.7f, -0.4f, 1.1f, 0f, 0.9f];
        float[] targets = [0.25f, 0.75f, 0, 0, 0, 1, 0.5f, 0.1f, 0.4f];
        var loss = new CrossEntropy(3, [0.5f, 2, 1], 0.1f);
        using Tensor tensor = Vectors(values, 3, 3);
        loss.Forward(tensor, 3, targets);
        loss.Backward();
        float[] found = Rows(tensor, 3);

        for (int k = 0; k < values.Length; k++)
        {
            double slope = (Loss(loss, values, k, 1e-2f, targets) - Loss(loss, values, k, -1e-2f, targets)) / 2e-2;
            Assert.Equal(slope, found[k], 1e-5);
        }
    }

    [Fact]
    public void The_loss_is_the_mean_over_the_weights_of_samples_before_smoothing()
    {
        using Tensor tensor = Vectors([1, 0, 0, 1], 2, 2);
        double log = Math.Log(1 + Math.Exp(-1)); // -log p of the greater one
        var loss = new CrossEntropy(2, [3, 1], 0.2f);

        // Weights of the samples: 3, and 0.5 * 3 + 0.5 * 1 = 2. Smoothed targets: 0.9 and 0.1; 0.5 and 0.5.
        double first = 0.9 * log + 0.1 * (log + 1);
        double second = 0.5 * log + 0.5 * (log + 1);
        Assert.Equal((3 * first + 2 * second) / 5, loss.Forward(tensor, 2, [1, 0, 0.5f, 0.5f]), 1e-7);
    }

    [Fact]
    public void Great_logits_do_not_overflow_and_probabilities_add_up()
    {
        using Tensor tensor = Vectors([1e4f, -1e4f, 0, 500, 500, 499], 3, 2);
        var loss = new CrossEntropy(3);

        Assert.Equal(1e4, loss.Forward(tensor, 2, [0, 0, 1, 1, 0, 0]) * 2 - Math.Log(2 + Math.Exp(-1)), 1e-6);
        Assert.Equal(1, loss.Probabilities[0]);
        Assert.Equal(1, loss.Probabilities[3] + loss.Probabilities[4] + loss.Probabilities[5], 1e-6f);

        float[] before = loss.Probabilities.ToArray();
        loss.Softmax(tensor, 2);
        Assert.Equal(before, loss.Probabilities.ToArray());
    }

    [Fact]
    public void What_is_no_number_is_not_hidden()
    {
        using Tensor tensor = Vectors([float.NaN, 0], 2, 1);
        Assert.True(double.IsNaN(new CrossEntropy(2).Forward(tensor, 1, [0, 1])));
    }

    [Fact]
    public void A_batch_without_weight_is_refused_and_a_sample_without_weight_has_no_gradient()
    {
        using Tensor tensor = Vectors([1, 2, 3, 4], 2, 2);
        var loss = new CrossEntropy(2, [0, 1]);
        Assert.Throws<ArgumentException>(() => loss.Forward(tensor, 2, [1, 0, 1, 0]));

        loss.Forward(tensor, 2, [1, 0, 0, 1]);
        loss.Backward();
        Assert.Equal([0, 0], Rows(tensor, 2)[..2]);
    }

    private static double Loss(CrossEntropy loss, float[] values, int k, float step, float[] targets)
    {
        float[] moved = [.. values];
        moved[k] += step;
        using Tensor tensor = Vectors(moved, 3, 3);
        return loss.Forward(tensor, 3, targets);
    }

    private static Tensor Vectors(float[] values, int classes, int capacity)
    {
        var tensor = new Tensor(Shape.Vector(classes), Halo.None, capacity);
        for (int i = 0; i < values.Length / classes; i++)
        {
            tensor.Write(i, values.AsSpan(i * classes, classes));
        }

        return tensor;
    }

    private static float[] Rows(Tensor tensor, int batch)
    {
        int each = tensor.Shape.Count;
        var all = new float[batch * each];
        for (int i = 0; i < batch; i++)
        {
            tensor.Read(i, all.AsSpan(i * each, each));
        }

        return all;
    }

    private static float[] OneHot(float[] classes, int count)
    {
        var targets = new float[classes.Length * count];
        for (int i = 0; i < classes.Length; i++)
        {
            targets[i * count + (int)classes[i]] = 1;
        }

        return targets;
    }
}
