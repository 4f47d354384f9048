using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Layers;

/// <summary>
/// The channels of each place with their mean taken away, divided by their standard deviation, as PyTorch has it. Parameters: <c>scale</c> and
/// <c>shift</c> [channels].
/// </summary>
public sealed unsafe class LayerNorm : ILayer
{
    private readonly Tensor input;
    private readonly float epsilon;
    private readonly Team team;
    private readonly Parameter scale;
    private readonly Parameter shift;
    private readonly int filled; // channels, filled up
    private readonly Floats sums; // of each sample, the gradients of scale and of shift

    /// <summary>A layer that scales by 1 and shifts by 0.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="epsilon">Added to a variance before its root is taken.</param>
    /// <param name="outputHalo">Zeros that the next layer wants.</param>
    /// <param name="team">Who computes.</param>
    public LayerNorm(Tensor input, float epsilon, Halo outputHalo, Team team)
    {
        (this.input, this.epsilon, this.team) = (input, epsilon, team);
        Lines.RefuseFlat(input);
        Output = new Tensor(input.Shape, outputHalo, input.Capacity);
        filled = Output.Pitch;
        sums = new Floats(2L * input.Capacity * filled);
        scale = new Parameter("scale", [input.Shape.Channels]);
        shift = new Parameter("shift", [input.Shape.Channels]);
        scale.Values.Fill(1);
        Parameters = [scale, shift];
    }

    /// <inheritdoc/>
    public Tensor Output { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public void Forward(int batch, Pass pass) => Lines.For(team, Output, batch, Forward);

    /// <inheritdoc/>
    public void Backward(int batch)
    {
        team.For(batch, sample =>
        {
            new Span<float>(sums.First + 2L * sample * filled, 2 * filled).Clear();
            for (int line = 0; line < input.Shape.Height; line++)
            {
                Backward(sample, line, sums.First + 2L * sample * filled);
            }
        });
        for (int c = 0; c < input.Shape.Channels; c++)
        {
            (double ofScale, double ofShift) = (0, 0);
            for (int sample = 0; sample < batch; sample++)
            {
                float* of = sums.First + 2L * sample * filled;
                ofScale += of[c];
                ofShift += of[filled + c];
            }

            scale.Gradient[c] = (float)ofScale;
            shift.Gradient[c] = (float)ofShift;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        sums.Dispose();
        scale.Dispose();
        shift.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int sample, int line)
    {
        float* x = input.At(sample, line, 0), y = Output.At(sample, line, 0);
        for (int w = 0; w < input.Shape.Width; w++, x += input.Pitch, y += filled)
        {
            (float mean, float inverse) = Moments(x);
            V m = Vector512.Create(mean), i = Vector512.Create(inverse);
            for (int f = 0; f < filled; f += Tensor.Lanes)
            {
                V normal = Lines.Keep((Vector512.Load(x + f) - m) * i, input.Shape.Channels - f);
                Vector512.FusedMultiplyAdd(normal, Vector512.Load(scale.First + f), Vector512.Load(shift.First + f)).Store(y + f);
            }
        }
    }

    // With n the normalised value and h = scale * gradient, dx = (h - mean(h) - n mean(h n)) / deviation.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int sample, int line, float* sums)
    {
        float* x = input.At(sample, line, 0), g = Output.At(sample, line, 0);
        float share = 1f / input.Shape.Channels;
        for (int w = 0; w < input.Shape.Width; w++, x += input.Pitch, g += filled)
        {
            (float mean, float inverse) = Moments(x);
            V m = Vector512.Create(mean), i = Vector512.Create(inverse), sum = V.Zero, products = V.Zero;
            for (int f = 0; f < filled; f += Tensor.Lanes)
            {
                V normal = Lines.Keep((Vector512.Load(x + f) - m) * i, input.Shape.Channels - f), gradient = Vector512.Load(g + f);
                Vector512.FusedMultiplyAdd(gradient, normal, Vector512.Load(sums + f)).Store(sums + f);
                (Vector512.Load(sums + filled + f) + gradient).Store(sums + filled + f);
                V h = gradient * Vector512.Load(scale.First + f);
                sum += h;
                products = Vector512.FusedMultiplyAdd(h, normal, products);
            }

            V offset = Vector512.Create(Vector512.Sum(sum) * share), slope = Vector512.Create(Vector512.Sum(products) * share);
            for (int f = 0; f < filled && !input.IsData; f += Tensor.Lanes)
            {
                V normal = (Vector512.Load(x + f) - m) * i;
                V h = Vector512.Load(g + f) * Vector512.Load(scale.First + f);
                Lines.Keep((h - offset - normal * slope) * i, input.Shape.Channels - f).Store(x + f);
            }
        }
    }

    // The mean, and 1 / standard deviation.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (float Mean, float Inverse) Moments(float* x)
    {
        int channels = input.Shape.Channels;
        V sum = V.Zero, squares = V.Zero;
        for (int f = 0; f < filled; f += Tensor.Lanes)
        {
            sum += Lines.Keep(Vector512.Load(x + f), channels - f);
        }

        float mean = Vector512.Sum(sum) / channels;
        for (int f = 0; f < filled; f += Tensor.Lanes)
        {
            V d = Lines.Keep(Vector512.Load(x + f) - Vector512.Create(mean), channels - f);
            squares = Vector512.FusedMultiplyAdd(d, d, squares);
        }

        return (mean, 1 / MathF.Sqrt(Vector512.Sum(squares) / channels + epsilon));
    }
}
