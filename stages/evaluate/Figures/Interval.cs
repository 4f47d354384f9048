namespace Pipeline.Stages.Evaluating;

/// <summary>Where a figure lies with a confidence of 95 %.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
internal readonly record struct Interval(double Low, double High);
