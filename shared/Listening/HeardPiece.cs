using Pipeline.Features;

namespace Pipeline.Listening;

/// <summary>What a model looks at of a piece, or what keeps it from that.</summary>
/// <param name="Piece">The piece.</param>
/// <param name="Windows">Its windows: of each, the features for each input of the model. None where there is a fault.</param>
/// <param name="DurationS">Seconds of the piece; null where that is not known, as of pictures.</param>
/// <param name="Fault">Why there are none, in words; null for a piece that was heard.</param>
/// <param name="LacksLibrary">Whether all that is missing is a native library.</param>
/// <param name="Remarks">What the one who reads the verdict should know, such as that the file was cut short.</param>
public sealed record HeardPiece(
    Piece Piece, IReadOnlyList<FeatureWindow[]> Windows, double? DurationS, string? Fault, bool LacksLibrary, IReadOnlyList<string> Remarks);
