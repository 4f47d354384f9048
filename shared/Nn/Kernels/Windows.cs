namespace Pipeline.Nn.Kernels;

/// <summary>
/// The left side of a windowed product: row r is what a kernel of so many lines sees from place r, each line a contiguous run.
/// Value (r, i * Depth + k) is First[r * Pitch + i * Line + k].
/// </summary>
internal readonly unsafe struct Windows
{
    /// <summary>What the first line of the window of row 0 begins with.</summary>
    public required float* First { get; init; }

    /// <summary>Floats from one row to the next.</summary>
    public required int Pitch { get; init; }

    /// <summary>Lines of the window.</summary>
    public int Lines { get; init; }

    /// <summary>Floats from one line of a window to the next.</summary>
    public nint Line { get; init; }

    /// <summary>Floats of a line.</summary>
    public required int Depth { get; init; }

    /// <summary>Floats of a window.</summary>
    public int Size => Lines * Depth;

    /// <summary>The same windows counted from another row on.</summary>
    public Windows From(int row) => new() { First = First + (long)row * Pitch, Pitch = Pitch, Lines = Lines, Line = Line, Depth = Depth };
}
