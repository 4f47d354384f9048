namespace Pipeline.Nn.Layers;

/// <summary>A recurrent layer.</summary>
public sealed record GruSettings
{
    /// <summary>Numbers of a state.</summary>
    public required int Units { get; init; }

    /// <summary>Whether a second one goes through the steps from the last to the first; its states stand behind those of the first.</summary>
    public bool IsBidirectional { get; init; }

    /// <summary>Whether the states of all steps are the output; else it is a vector of the last state of each direction.</summary>
    public bool KeepsSteps { get; init; }

    /// <summary>The shape of the output.</summary>
    public Shape OutputOf(Shape input) => new(1, KeepsSteps ? input.Width : 1, IsBidirectional ? 2 * Units : Units);
}
