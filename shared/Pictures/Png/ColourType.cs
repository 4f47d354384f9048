namespace Pipeline.Pictures.Png;

/// <summary>What the samples of a PNG file are, by their number in its header.</summary>
internal enum ColourType
{
    /// <summary>Brightness.</summary>
    Grey = 0,

    /// <summary>Red, green and blue.</summary>
    Rgb = 2,

    /// <summary>A place in the palette.</summary>
    Palette = 3,

    /// <summary>Brightness and alpha.</summary>
    GreyAlpha = 4,

    /// <summary>Red, green, blue and alpha.</summary>
    Rgba = 6,
}
