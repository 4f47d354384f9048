namespace Pipeline.Stages.Balancing;

/// <summary>What becomes of a genre's recordings, counted.</summary>
/// <param name="Name">The genre.</param>
internal sealed record GenrePlan(string Name)
{
    /// <summary>Recordings in the train part.</summary>
    public int Train { get; set; }

    /// <summary>Recordings in valid.</summary>
    public int Valid { get; set; }

    /// <summary>Recordings in test.</summary>
    public int Test { get; set; }

    /// <summary>Whether the genre is left out by its name.</summary>
    public bool IsLeftOut { get; init; }

    /// <summary>Whether the genre is left out because it has too few train recordings.</summary>
    public bool IsTooSmall { get; set; }

    /// <summary>Whether the genre is left out of all parts.</summary>
    public bool IsDropped => IsLeftOut || IsTooSmall;

    /// <summary>Train recordings that the cap of each source left out.</summary>
    public int PerSourceCapped { get; set; }

    /// <summary>Train recordings that the genre's cap left out.</summary>
    public int Capped { get; set; }

    /// <summary>Train recordings that are left.</summary>
    public int Kept { get; set; }

    /// <summary>Copies of them.</summary>
    public long Copies { get; set; }

    /// <summary>Train examples in all.</summary>
    public long Examples => Kept + Copies;
}
