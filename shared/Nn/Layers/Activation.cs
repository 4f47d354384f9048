using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Layers;

/// <summary>A function of each value by itself.</summary>
public sealed unsafe class Activation : ILayer
{
    private readonly Tensor input;
    private readonly ActivationKind kind;
    private readonly Team team;

    /// <summary>A layer without parameters.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="kind">Which function.</param>
    /// <param name="outputHalo">Zeros that the next layer wants.</param>
    /// <param name="team">Who computes.</param>
    public Activation(Tensor input, ActivationKind kind, Halo outputHalo, Team team)
    {
        (this.input, this.kind, this.team) = (input, kind, team);
        Lines.RefuseFlat(input);
        Output = new Tensor(input.Shape, outputHalo, input.Capacity);
    }

    /// <inheritdoc/>
    public Tensor Output { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public void Forward(int batch, Pass pass) => Lines.For(team, Output, batch, Forward);

    /// <inheritdoc/>
    public void Backward(int batch)
    {
        if (!input.IsData)
        {
            Lines.For(team, Output, batch, Backward);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Output.Dispose();

    // Of two numbers MaxNative gives the second where one is none: that must be the value, so that it is noticed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int sample, int line)
    {
        float* x = input.At(sample, line, 0), y = Output.At(sample, line, 0);
        for (int w = 0; w < input.Shape.Width; w++, x += input.Pitch, y += Output.Pitch)
        {
            for (int f = 0; f < Output.Pitch; f += Tensor.Lanes)
            {
                V value = Vector512.Load(x + f);
                V to = kind == ActivationKind.Relu ? Vector512.MaxNative(V.Zero, value) : value * Elementary.NormalShare(value, out _);
                Lines.Keep(to, input.Shape.Channels - f).Store(y + f);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int sample, int line)
    {
        float* x = input.At(sample, line, 0), y = Output.At(sample, line, 0);
        for (int w = 0; w < input.Shape.Width; w++, x += input.Pitch, y += Output.Pitch)
        {
            for (int f = 0; f < input.Pitch; f += Tensor.Lanes)
            {
                V value = Vector512.Load(x + f), gradient = Vector512.Load(y + f);
                if (kind == ActivationKind.Relu)
                {
                    gradient = Vector512.ConditionalSelect(Vector512.GreaterThan(value, V.Zero), gradient, V.Zero);
                }
                else
                {
                    V share = Elementary.NormalShare(value, out V density);
                    gradient *= Vector512.FusedMultiplyAdd(value, density, share);
                }

                gradient.Store(x + f);
            }
        }
    }
}
