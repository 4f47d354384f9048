namespace Pipeline.Nn;

/// <summary>
/// The zeros that a "same" convolution sees around each sample. Neighbouring samples and lines share them: the zeros to the
/// left of a line are those to the right of the one above.
/// </summary>
/// <param name="Lines">Lines of zeros above and below.</param>
/// <param name="Columns">Columns of zeros to the left and the right.</param>
public readonly record struct Halo(int Lines, int Columns)
{
    /// <summary>No zeros: rows of all samples follow each other without a gap.</summary>
    public static Halo None => default;

    /// <summary>What a convolution with an odd kernel needs.</summary>
    public static Halo Of(int kernelHeight, int kernelWidth) => new(kernelHeight / 2, kernelWidth / 2);

    /// <summary>What serves both.</summary>
    public static Halo Max(Halo a, Halo b) => new(Math.Max(a.Lines, b.Lines), Math.Max(a.Columns, b.Columns));
}
