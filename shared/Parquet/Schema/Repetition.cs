namespace Pipeline.Parquet;

/// <summary>How often a field occurs in its parent. The numbers are those of the format.</summary>
public enum Repetition
{
    /// <summary>Exactly once.</summary>
    Required = 0,

    /// <summary>Once or not at all (null).</summary>
    Optional = 1,

    /// <summary>Any number of times.</summary>
    Repeated = 2,
}
