namespace Pipeline.Tables;

/// <summary>All tables of the pipeline, in the order in which they come to be.</summary>
public static class Contracts
{
    /// <summary>The contracts.</summary>
    public static IReadOnlyList<TableContract> All { get; } =
    [
        Recording.Contract,
        Segments.Contract,
        Label.Contract,
        SplitRow.Contract,
        Example.Contract,
        FeatureRow.Contract,
        Prediction.Contract,
        VerdictRow.Contract,
    ];

    /// <summary>The contract of that name, or null.</summary>
    public static TableContract? Find(string name) => All.FirstOrDefault(c => c.Name == name);
}
