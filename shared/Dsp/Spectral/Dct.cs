namespace Pipeline.Dsp.Spectral;

/// <summary>The first coefficients of the discrete cosine transform of type II, orthonormal (SciPy's <c>norm='ortho'</c>), of one length.</summary>
public sealed partial class Dct
{
    private readonly bool isVector;
    private readonly float[] weights; // Inputs x stride: the cosines of all coefficients at one place
    private readonly int stride; // Outputs, rounded up to whole vectors

    /// <summary>Plans the transform.</summary>
    /// <param name="inputs">Values of a frame that goes in.</param>
    /// <param name="outputs">Coefficients wanted, at most as many.</param>
    public Dct(int inputs, int outputs)
        : this(inputs, outputs, Enumerable.Repeat(1.0, outputs), IsVectorSupported)
    {
    }

    private Dct(int inputs, int outputs, IEnumerable<double> scales, bool isVector)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, outputs);
        (Inputs, Outputs, this.isVector) = (inputs, outputs, isVector);
        double[] scale = [.. scales];
        stride = (outputs + Lanes - 1) / Lanes * Lanes;
        weights = GC.AllocateArray<float>(inputs * stride, pinned: true);
        for (int i = 0; i < inputs; i++)
        {
            for (int k = 0; k < outputs; k++)
            {
                double cos = Math.Cos(Math.PI * k * (2 * i + 1) / (2 * inputs));
                weights[i * stride + k] = (float)(scale[k] * cos * Math.Sqrt((k == 0 ? 1.0 : 2.0) / inputs));
            }
        }
    }

    /// <summary>Without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static Dct Reference(int inputs, int outputs) => new(inputs, outputs, Enumerable.Repeat(1.0, outputs), false);

    /// <summary>Each coefficient multiplied by a number of its own.</summary>
    internal static Dct Scaled(int inputs, double[] scales) => new(inputs, scales.Length, scales, IsVectorSupported);

    /// <summary>Values of a frame that goes in.</summary>
    public int Inputs { get; }

    /// <summary>Values of a frame that comes out.</summary>
    public int Outputs { get; }

    /// <summary>Transforms some frames.</summary>
    /// <param name="frames">Frames of <see cref="Inputs"/> values.</param>
    /// <param name="coefficients">Takes as many frames of <see cref="Outputs"/> values.</param>
    public void Apply(ReadOnlySpan<float> frames, Span<float> coefficients)
    {
        int count = frames.Length / Inputs;
        ArgumentOutOfRangeException.ThrowIfNotEqual(frames.Length, count * Inputs);
        ArgumentOutOfRangeException.ThrowIfNotEqual(coefficients.Length, count * Outputs);
        for (int t = isVector ? ApplyVector(frames, coefficients, count) : 0; t < count; t++)
        {
            ApplyReference(frames.Slice(t * Inputs, Inputs), coefficients.Slice(t * Outputs, Outputs));
        }
    }

    private void ApplyReference(ReadOnlySpan<float> frame, Span<float> coefficients)
    {
        for (int k = 0; k < coefficients.Length; k++)
        {
            float sum = 0;
            for (int i = 0; i < frame.Length; i++)
            {
                sum += frame[i] * weights[i * stride + k];
            }

            coefficients[k] = sum;
        }
    }
}
