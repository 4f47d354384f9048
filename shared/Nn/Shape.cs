namespace Pipeline.Nn;

/// <summary>The shape of one sample between two layers: a picture of so many lines and columns, or a sequence where there is one line, or a vector where there is one place.</summary>
/// <param name="Height">Lines.</param>
/// <param name="Width">Columns: frames, where time is what runs along.</param>
/// <param name="Channels">Numbers at each place.</param>
public readonly record struct Shape(int Height, int Width, int Channels)
{
    /// <summary>A vector.</summary>
    public static Shape Vector(int channels) => new(1, 1, channels);

    /// <summary>Places, each with all channels.</summary>
    public int Places => checked(Height * Width);

    /// <summary>Numbers of a sample.</summary>
    public int Count => checked(Places * Channels);

    /// <inheritdoc/>
    public override string ToString() => Height == 1 ? (Width == 1 ? $"{Channels}" : $"{Width} x {Channels}") : $"{Height} x {Width} x {Channels}";
}
