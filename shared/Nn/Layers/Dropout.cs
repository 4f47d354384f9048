using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Layers;

/// <summary>A share of all values becomes zero in training, and the others grow by as much. What was dropped is computed again on the way back, and not kept.</summary>
public sealed unsafe class Dropout : ILayer
{
    private static readonly Vector512<uint> Counting = Vector512.Create(0u, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    private readonly Tensor input;
    private readonly Team team;
    private readonly uint dropBelow; // of 2^32
    private readonly float scale;
    private uint seed;

    /// <summary>A layer without parameters.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="share">Share of the values that become zero, from 0 to less than 1.</param>
    /// <param name="outputHalo">Zeros that the next layer wants.</param>
    /// <param name="team">Who computes.</param>
    public Dropout(Tensor input, float share, Halo outputHalo, Team team)
    {
        if (share is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "a share from 0 to less than 1 is dropped");
        }

        (this.input, this.team) = (input, team);
        Lines.RefuseFlat(input);
        dropBelow = (uint)(share * 4294967296.0);
        scale = 1 / (1 - share);
        Output = new Tensor(input.Shape, outputHalo, input.Capacity);
    }

    /// <inheritdoc/>
    public Tensor Output { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public void Forward(int batch, Pass pass)
    {
        seed = pass.Seed;
        Lines.For(team, Output, batch, (sample, line) =>
            Copy(input.At(sample, line, 0), input.Pitch, Output.At(sample, line, 0), Output.Pitch, Output.Row(sample, line, 0), pass.IsTraining));
    }

    /// <inheritdoc/>
    public void Backward(int batch)
    {
        if (!input.IsData)
        {
            Lines.For(team, Output, batch, (sample, line) =>
                Copy(Output.At(sample, line, 0), Output.Pitch, input.At(sample, line, 0), input.Pitch, Output.Row(sample, line, 0), true));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Output.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(float* from, int fromPitch, float* to, int toPitch, int row, bool drops)
    {
        V factor = Vector512.Create(scale);
        for (int w = 0; w < Output.Shape.Width; w++, from += fromPitch, to += toPitch)
        {
            uint at = (uint)((long)(row + w) * Output.Pitch);
            for (int f = 0; f < toPitch; f += Tensor.Lanes)
            {
                V values = Lines.Keep(Vector512.Load(from + f), Output.Shape.Channels - f);
                if (drops)
                {
                    Vector512<uint> bits = CounterHash.Of(seed, Counting + Vector512.Create(at + (uint)f));
                    values = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(bits, Vector512.Create(dropBelow)).AsSingle(), values * factor, V.Zero);
                }

                values.Store(to + f);
            }
        }
    }
}
