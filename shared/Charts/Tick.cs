namespace Pipeline.Charts;

/// <summary>A mark on an axis.</summary>
/// <param name="Place">Where along the axis, 0 to 1.</param>
/// <param name="Label">What stands there.</param>
public readonly record struct Tick(double Place, string Label);
