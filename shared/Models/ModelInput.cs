namespace Pipeline.Models;

/// <summary>The features that an input of a model is made for.</summary>
/// <param name="Name">Name of the input; empty where there is only one.</param>
/// <param name="Representation">What the features are, as in the table's column.</param>
/// <param name="Channels">Rows of a window.</param>
/// <param name="Frames">Columns of a window.</param>
/// <param name="Features">Complete settings of their computation as JSON; null where the table did not tell them.</param>
/// <param name="Normalisation">Figures of the train part.</param>
public sealed record ModelInput(string Name, string Representation, int Channels, int Frames, string? Features, Normalisation Normalisation);
