namespace Pipeline.Stages.Evaluating;

/// <summary>What naming the genre of the most similar window of train comes to.</summary>
/// <param name="Scores">Its figures; a window's probabilities are 1 for that genre and 0 for the others.</param>
/// <param name="TrainWindows">How many windows of train were compared with.</param>
/// <param name="AllTrainWindows">How many there are.</param>
/// <param name="AllWindows">How many windows of the evaluated recordings there are, of which as many were judged as the figures count.</param>
internal sealed record Neighbours(Levels Scores, int TrainWindows, long AllTrainWindows, long AllWindows);
