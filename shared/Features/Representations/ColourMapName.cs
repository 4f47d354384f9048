namespace Pipeline.Features.Representations;

/// <summary>The map that a picture's colours were taken from.</summary>
internal enum ColourMapName
{
    /// <summary>None that is known: grey is how light a pixel is.</summary>
    None,

    /// <summary>Black to white.</summary>
    Grey,

    /// <summary>Matplotlib's default: violet, green, yellow.</summary>
    Viridis,

    /// <summary>Black, violet, orange, light yellow.</summary>
    Magma,
}
