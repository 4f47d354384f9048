namespace Pipeline.Pictures;

/// <summary>What a new pixel is made of. Where a picture shrinks, all of them become as much wider, so that nothing is passed over.</summary>
public enum ResizeFilter
{
    /// <summary>The mean of the pixels below it: each pixel counts as much as the others.</summary>
    Area,

    /// <summary>Nearer pixels count more, falling linearly; never leaves the range of the samples.</summary>
    Triangle,

    /// <summary>Three lobes of a windowed sinc: the sharpest; may overshoot beside edges, beyond 0 and 1.</summary>
    Lanczos3,
}
