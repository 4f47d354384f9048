namespace Pipeline.Charts;

/// <summary>A part of each bar of a row of bars.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Values">How much there is of it in each bar.</param>
/// <param name="Lighter">How much there is of a second kind, drawn above it in a lighter tint; empty for none.</param>
public sealed record BarSeries(string Name, IReadOnlyList<long> Values, IReadOnlyList<long> Lighter);
