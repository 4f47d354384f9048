namespace Pipeline.Features;

/// <summary>An example that has no features, for a reason that lies in it.</summary>
/// <param name="fault">The reason's name, such as <c>silent</c> or <c>too-short</c>.</param>
/// <param name="detail">What was found; null where the name says all.</param>
public sealed class FeatureException(string fault, string? detail = null) : Exception(detail is null ? fault : $"{fault}: {detail}")
{
    /// <summary>The reason's name.</summary>
    public string Fault { get; } = fault;

    /// <summary>What was found; null where the name says all.</summary>
    public string? Detail { get; } = detail;
}
