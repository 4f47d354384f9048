namespace Pipeline.Models;

/// <summary>The features that an input of a model is made for.</summary>
/// <param name="Name">Name of the input; empty where there is only one.</param>
/// <param name="Representation">What the features are, as in the table's column.</param>
/// <param name="Channels">Rows of a window that the network looks at.</param>
/// <param name="Frames">Columns of a window.</param>
/// <param name="Features">Complete settings of their computation as JSON; null where the table did not tell them.</param>
/// <param name="Normalisation">Figures of the train part, of the channels that the network looks at.</param>
public sealed record ModelInput(string Name, string Representation, int Channels, int Frames, string? Features, Normalisation Normalisation)
{
    /// <summary>The first row that the network looks at, counted from 0.</summary>
    public int FirstChannel { get; init; }

    /// <summary>Rows of a whole window.</summary>
    public int WindowChannels { get; init; } = Channels;

    /// <summary>What the network looks at of a window: Channels x Frames values.</summary>
    /// <param name="window">The whole window: WindowChannels x Frames values, channel after channel.</param>
    public ReadOnlySpan<float> Of(ReadOnlySpan<float> window) => window.Slice(FirstChannel * Frames, Channels * Frames);
}
