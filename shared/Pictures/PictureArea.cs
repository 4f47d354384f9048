namespace Pipeline.Pictures;

/// <summary>A part of a picture, in pixels.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct PictureArea(int X, int Y, int Width, int Height);
