namespace Pipeline.Nn.Kernels;

/// <summary>
/// How the columns of a matrix are cut into panels that a kernel keeps in registers: as many of 64 as there are, then one of 32
/// and one of 16. The number of columns is a multiple of 16.
/// </summary>
internal readonly struct Panels
{
    private readonly int columns;
    private readonly int wide; // panels of 64

    public Panels(int columns)
    {
        if (columns <= 0 || columns % Tensor.Lanes != 0)
        {
            throw new ArgumentException($"{columns} columns are no multiple of {Tensor.Lanes}", nameof(columns));
        }

        this.columns = columns;
        wide = columns / 64;
        Count = wide + (columns & 32) / 32 + (columns & 16) / 16;
    }

    /// <summary>Panels.</summary>
    public int Count { get; }

    /// <summary>The first column of a panel; every panel before it is full, so that this times the number of rows is where its packed values begin.</summary>
    public int Start(int panel) => panel <= wide ? panel * 64 : wide * 64 + (columns & 32);

    /// <summary>The panel of a column.</summary>
    public int Of(int column) => Math.Min(column / 64, wide) + (column >= wide * 64 + 32 && (columns & 32) != 0 ? 1 : 0);

    /// <summary>Columns of a panel: 64, 32 or 16.</summary>
    public int Width(int panel) => panel < wide ? 64 : panel == wide && (columns & 32) != 0 ? 32 : 16;
}
