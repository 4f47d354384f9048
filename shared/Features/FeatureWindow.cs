namespace Pipeline.Features;

/// <summary>The features of a window: a matrix of channels by frames.</summary>
/// <param name="Index">Which of the example's windows, counted from 0.</param>
/// <param name="StartS">Where it begins within the example, in seconds.</param>
/// <param name="LengthS">Seconds that it covers, those that fill up a short one included.</param>
/// <param name="Channels">Rows of the matrix.</param>
/// <param name="Frames">Columns of the matrix.</param>
/// <param name="Values">channels x frames values, all of the first channel, then all of the second; every one finite.</param>
public sealed record FeatureWindow(int Index, double StartS, double LengthS, int Channels, int Frames, float[] Values);
