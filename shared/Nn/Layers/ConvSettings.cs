namespace Pipeline.Nn.Layers;

/// <summary>A block of a convolution and what usually follows it. A dense layer is one of a vector, with a kernel of one place.</summary>
public sealed record ConvSettings
{
    /// <summary>Channels of the output.</summary>
    public required int Filters { get; init; }

    /// <summary>Lines of the kernel, an odd number.</summary>
    public int KernelHeight { get; init; } = 1;

    /// <summary>Columns of the kernel, an odd number.</summary>
    public int KernelWidth { get; init; } = 1;

    /// <summary>Where the batch is normalised.</summary>
    public Norm Norm { get; init; }

    /// <summary>Whether negative values become zero.</summary>
    public bool Relu { get; init; }

    /// <summary>Lines of which the greatest is kept: 1 or 2. An odd last one is left out.</summary>
    public int PoolHeight { get; init; } = 1;

    /// <summary>Columns of which the greatest is kept: 1 or 2. An odd last one is left out.</summary>
    public int PoolWidth { get; init; } = 1;

    /// <summary>Share of the output's values that become zero in training; the others grow by as much.</summary>
    public float Dropout { get; init; }

    /// <summary>Strength of the penalty on the weights' squares.</summary>
    public float L2 { get; init; }

    /// <summary>Share of a batch's mean and variance in the running ones.</summary>
    public float Momentum { get; init; } = 0.1f;

    /// <summary>Added to a variance before its root is taken.</summary>
    public float Epsilon { get; init; } = 1e-5f;

    /// <summary>The shape of the output.</summary>
    public Shape OutputOf(Shape input) => new(input.Height / PoolHeight, input.Width / PoolWidth, Filters);
}
