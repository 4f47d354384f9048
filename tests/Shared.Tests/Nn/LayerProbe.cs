using Pipeline.Nn;
using Xunit;

namespace Pipeline.Tests.Nn;

/// <summary>
/// What every layer has to do: its gradients are those that finite differences find, any number of threads gives the same bits, what
/// fills up rows and halos stays zero, and a sample behind the batch has no part in anything.
/// </summary>
internal sealed class LayerProbe
{
    private delegate ref float Place(int index);

    /// <summary>Makes the layer for its inputs.</summary>
    public required Func<Tensor[], Team, ILayer> Make { get; init; }

    /// <summary>Shapes of the inputs.</summary>
    public required Shape[] Inputs { get; init; }

    /// <summary>Halo of the inputs.</summary>
    public Halo Halo { get; init; }

    /// <summary>Samples of a batch; there is room for one more.</summary>
    public int Batch { get; init; } = 3;

    /// <summary>Half of the difference between two values of which a slope is found.</summary>
    public float Step { get; init; } = 5e-3f;

    /// <summary>Greatest error of a gradient as a share of the greatest gradient of its kind.</summary>
    public double Tolerance { get; init; } = 3e-3;

    /// <summary>Factor of the parameters, which are numbers from -1 to 1.</summary>
    public float Weights { get; init; } = 0.5f;

    /// <summary>Checks all of it.</summary>
    public void Check()
    {
        using var bench = new Bench(this, 1);
        float[][] found = bench.Run();
        for (int threads = 2; threads <= 3; threads++)
        {
            using var other = new Bench(this, threads);
            Assert.Equal(found.Select(Bits), other.Run().Select(Bits));
        }

        for (int i = 0; i < Inputs.Length; i++)
        {
            float[] given = bench.Given[i];
            Compare($"input {i}", found[i + 1], k => ref given[k], bench);
        }

        Parameter[] trained = [.. bench.Layer.Parameters.Where(p => p.IsTrained)];
        for (int i = 0; i < trained.Length; i++)
        {
            Parameter parameter = trained[i];
            Compare(parameter.Name, found[1 + Inputs.Length + i], k => ref parameter.Values[k], bench);
        }
    }

    private static uint[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToUInt32Bits)];

    private void Compare(string what, float[] found, Place place, Bench bench)
    {
        double scale = Math.Max(1e-3, found.Max(Math.Abs));
        for (int k = 0; k < found.Length; k += Math.Max(1, found.Length / 60))
        {
            float before = place(k);
            place(k) = before + Step;
            float high = place(k);
            double above = bench.Loss();
            place(k) = before - Step;
            double slope = (above - bench.Loss()) / (high - place(k));
            place(k) = before;
            Assert.True(Math.Abs(slope - found[k]) <= Tolerance * scale, $"{what}[{k}]: {found[k]}, by differences {slope}, of at most {scale}");
        }
    }

    // The loss is a weighted sum of the output.
    private sealed class Bench : IDisposable
    {
        private readonly int batch;
        private readonly Team team;
        private readonly Tensor[] inputs;
        private readonly float[] weights;

        public Bench(LayerProbe probe, int threads)
        {
            batch = probe.Batch;
            team = new Team(threads);
            inputs = [.. probe.Inputs.Select(shape => new Tensor(shape, probe.Halo, batch + 1))];
            Layer = probe.Make(inputs, team);
            int salt = 1;
            Given = [.. inputs.Select(t => Scatter(t.Shape.Count * batch, salt++))];
            foreach (Parameter p in Layer.Parameters.Where(p => p.IsTrained))
            {
                Scatter(p.Length, salt++).Select(v => probe.Weights * v).ToArray().CopyTo(p.Values);
            }

            weights = Scatter(Layer.Output.Shape.Count * batch, salt);
        }

        public ILayer Layer { get; }

        public float[][] Given { get; }

        public double Loss() => Forward().Zip(weights, (a, b) => (double)a * b).Sum();

        /// <summary>The output, the gradients of the inputs and those of the parameters.</summary>
        public float[][] Run()
        {
            float[] written = Forward();
            Layer.Output.AssertZeroAround(batch);
            Layer.Output.WriteAll(weights);
            Layer.Backward(batch);
            foreach (Tensor input in inputs)
            {
                input.AssertZeroAround(batch);
            }

            return [written, .. inputs.Select(input => input.ReadAll(batch)), .. Layer.Parameters.Where(p => p.IsTrained).Select(p => p.Gradient.ToArray())];
        }

        public void Dispose()
        {
            Layer.Dispose();
            foreach (Tensor input in inputs)
            {
                input.Dispose();
            }

            team.Dispose();
        }

        // A permutation of evenly spaced values in [-1, 1]: none is near another.
        private static float[] Scatter(int count, int salt)
        {
            float[] all = [.. Enumerable.Range(0, count).Select(i => (2f * i + 1) / count - 1)];
            new Random(salt).Shuffle(all);
            return all;
        }

        private float[] Forward()
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i].WriteAll(Given[i]);
                inputs[i].Write(batch, [.. Enumerable.Repeat(1000f, inputs[i].Shape.Count)]);
            }

            Layer.Forward(batch, new Pass(true, 77));
            return Layer.Output.ReadAll(batch);
        }
    }
}
