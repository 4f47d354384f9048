using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Layers;

/// <summary>
/// The greatest, the mean or the first of neighbouring places, in windows that do not overlap. The first of the greatest has their
/// gradient. A block with pooling of two does that in passing; this is for all other sizes.
/// </summary>
public sealed unsafe class Pool : ILayer
{
    private readonly Tensor input;
    private readonly PoolSettings settings;
    private readonly Team team;

    /// <summary>A layer without parameters.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="settings">What it does.</param>
    /// <param name="outputHalo">Zeros that the next layer wants.</param>
    /// <param name="team">Who computes.</param>
    public Pool(Tensor input, PoolSettings settings, Halo outputHalo, Team team)
    {
        (this.input, this.settings, this.team) = (input, settings, team);
        Lines.RefuseFlat(input);
        if (settings.Height < 1 || settings.Width < 1 || settings.OutputOf(input.Shape) is { Height: < 1 } or { Width: < 1 })
        {
            throw new ArgumentException($"samples of {input.Shape} have no window of {settings.Height} x {settings.Width}");
        }

        Output = new Tensor(settings.OutputOf(input.Shape), outputHalo, input.Capacity);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int sample, int line)
    {
        int height = settings.Kind == PoolKind.First ? 1 : settings.Height;
        int width = settings.Kind == PoolKind.First ? 1 : settings.Width;
        bool isMean = settings.Kind == PoolKind.Mean;
        V share = Vector512.Create(isMean ? 1f / (height * width) : 1);
        nint below = (nint)input.Columns * input.Pitch;
        float* to = Output.At(sample, line, 0);
        for (int w = 0; w < Output.Shape.Width; w++, to += Output.Pitch)
        {
            float* from = input.At(sample, line * settings.Height, w * settings.Width);
            for (int f = 0; f < Output.Pitch; f += Tensor.Lanes)
            {
                V kept = isMean ? V.Zero : Vector512.Load(from + f);
                for (int i = 0; i < height; i++)
                {
                    float* x = from + i * below + f;
                    for (int j = 0; j < width; j++, x += input.Pitch)
                    {
                        V value = Vector512.Load(x);
                        kept = isMean ? kept + value : Vector512.ConditionalSelect(Vector512.GreaterThan(value, kept) | Vector512.IsNaN(value), value, kept);
                    }
                }

                Lines.Keep(kept * share, input.Shape.Channels - f).Store(to + f);
            }
        }
    }

    // Replaces the windows of a line of the output by their gradients; the last line and the last column have what is left over.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int sample, int line)
    {
        int top = line * settings.Height;
        int lines = (line == Output.Shape.Height - 1 ? input.Shape.Height : top + settings.Height) - top;
        nint below = (nint)input.Columns * input.Pitch;
        float* gradient = Output.At(sample, line, 0);
        for (int w = 0; w < Output.Shape.Width; w++, gradient += Output.Pitch)
        {
            int left = w * settings.Width;
            int columns = (w == Output.Shape.Width - 1 ? input.Shape.Width : left + settings.Width) - left;
            float* from = input.At(sample, top, left);
            for (int f = 0; f < input.Pitch; f += Tensor.Lanes)
            {
                V g = Vector512.Load(gradient + f);
                switch (settings.Kind)
                {
                    case PoolKind.Max:
                        Vector512<int> place = PlaceOfGreatest(from + f, below);
                        Fill(from + f, below, lines, columns, g, place);
                        break;
                    case PoolKind.Mean:
                        Fill(from + f, below, lines, columns, g / Vector512.Create((float)(settings.Height * settings.Width)), Vector512.Create(-1));
                        break;
                    default:
                        Fill(from + f, below, lines, columns, g, Vector512<int>.Zero);
                        break;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<int> PlaceOfGreatest(float* from, nint below)
    {
        V best = Vector512.Load(from);
        Vector512<int> place = Vector512<int>.Zero, at = place;
        for (int i = 0; i < settings.Height; i++)
        {
            float* x = from + i * below;
            for (int j = 0; j < settings.Width; j++, x += input.Pitch, at += Vector512<int>.One)
            {
                V value = Vector512.Load(x);
                V isNew = Vector512.GreaterThan(value, best) | Vector512.IsNaN(value);
                best = Vector512.ConditionalSelect(isNew, value, best);
                place = Vector512.ConditionalSelect(isNew.AsInt32(), at, place);
            }
        }

        return place;
    }

    // The gradient at the place of the window that has it, or at all of them where that is -1; zeros elsewhere.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Fill(float* from, nint below, int lines, int columns, V gradient, Vector512<int> place)
    {
        V everywhere = Vector512.IsNegative(place).AsSingle();
        for (int i = 0; i < lines; i++)
        {
            float* x = from + i * below;
            for (int j = 0; j < columns; j++, x += input.Pitch)
            {
                bool isInside = i < settings.Height && j < settings.Width;
                V isHere = Vector512.Equals(place, Vector512.Create(i * settings.Width + j)).AsSingle() | everywhere;
                (isInside ? Vector512.ConditionalSelect(isHere, gradient, V.Zero) : V.Zero).Store(x);
            }
        }
    }
}
