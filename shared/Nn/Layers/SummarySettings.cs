namespace Pipeline.Nn.Layers;

/// <summary>What a <see cref="Summary"/> says of a sequence x[t][c], in this order; what is switched off is left out.</summary>
public sealed record SummarySettings
{
    /// <summary>The mean of each channel.</summary>
    public bool Mean { get; init; } = true;

    /// <summary>The standard deviation of each channel.</summary>
    public bool Deviation { get; init; } = true;

    /// <summary>The mean of |x[t+1][c] - x[t][c]| of each channel.</summary>
    public bool Change { get; init; } = true;

    /// <summary>The skewness of each channel.</summary>
    public bool Skewness { get; init; } = true;

    /// <summary>The mean of |x[t][c+1] - x[t][c]| of each channel but the last.</summary>
    public bool Texture { get; init; } = true;

    /// <summary>How strongly the means of neighbouring channels rise and fall at which rates: of each block of channels the log power in bands of frequencies.</summary>
    public bool Modulation { get; init; } = true;

    /// <summary>
    /// The first coefficients of a cosine transform over the channels: signed roots of their covariances (the upper triangle, row by row),
    /// their standard deviations, and those of their changes in time.
    /// </summary>
    public bool Covariance { get; init; } = true;

    /// <summary>Numbers that are said of <paramref name="input"/>.</summary>
    /// <exception cref="ArgumentException">It is no sequence, or too small.</exception>
    public int CountOf(Shape input)
    {
        SummaryBasis basis = new(input);
        int perChannel = (Mean ? 1 : 0) + (Deviation ? 1 : 0) + (Change ? 1 : 0) + (Skewness ? 1 : 0);
        int count = perChannel * input.Channels
            + (Texture ? input.Channels - 1 : 0)
            + (Modulation ? basis.ModulationCount : 0)
            + (Covariance ? basis.CovarianceCount : 0);
        return count > 0 ? count : throw new ArgumentException("all parts of a summary are switched off");
    }
}
