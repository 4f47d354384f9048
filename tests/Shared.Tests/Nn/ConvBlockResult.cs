namespace Pipeline.Tests.Nn;

/// <summary>What comes of a <see cref="ConvBlockCase"/>.</summary>
/// <param name="Output">Of the pass for training.</param>
/// <param name="InputGradient">Of the backward pass; the input itself where that is data.</param>
/// <param name="Gradients">By the parameters' names.</param>
/// <param name="Running">Running means, then variances, behind the pass for training.</param>
/// <param name="Inferred">Output of the pass for inference, behind all others.</param>
internal sealed record ConvBlockResult(
    float[] Output, float[] InputGradient, IReadOnlyDictionary<string, float[]> Gradients, float[] Running, float[] Inferred);
