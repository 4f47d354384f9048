namespace Pipeline.Nn.Layers;

/// <summary>Neighbouring places of which one is made.</summary>
public sealed record PoolSettings
{
    /// <summary>What is kept.</summary>
    public PoolKind Kind { get; init; }

    /// <summary>Lines that become one.</summary>
    public int Height { get; init; } = 1;

    /// <summary>Columns that become one.</summary>
    public int Width { get; init; } = 1;

    /// <summary>The shape of the output. Lines and columns that fill no window are left out, unless the first of each window is kept: they have a first too.</summary>
    public Shape OutputOf(Shape input)
    {
        int rest = Kind == PoolKind.First ? 1 : 0;
        return input with { Height = (input.Height + rest * (Height - 1)) / Height, Width = (input.Width + rest * (Width - 1)) / Width };
    }
}
