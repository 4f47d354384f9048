namespace Pipeline.Datasets;

/// <summary>Something that is wrong with a recording.</summary>
/// <param name="Name">Its name, mostly one of <see cref="FaultNames"/>.</param>
/// <param name="Detail">In words; null where the name says it all.</param>
public sealed record Fault(string Name, string? Detail)
{
    /// <summary>The name, with the detail where there is one.</summary>
    public override string ToString() => Detail is null ? Name : $"{Name}: {Detail}";
}
