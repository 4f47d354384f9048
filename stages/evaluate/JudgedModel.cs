using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>Asks a member of a model about windows.</summary>
/// <param name="member">Which of its members (seeds or folds).</param>
/// <param name="windows">The windows' matrices, all of the first channel first.</param>
/// <param name="channels">Channels of each.</param>
/// <param name="frames">Frames of each.</param>
/// <param name="probabilities">Takes the probability of each genre, window after window.</param>
/// <param name="features">Takes what the network makes of each window before it names a genre, window after window.</param>
internal delegate void Predict(int member, IReadOnlyList<float[]> windows, int channels, int frames, Span<float> probabilities, Span<float> features);

/// <summary>A model as it is judged.</summary>
/// <param name="Genres">Its genres, in its order.</param>
/// <param name="Members">Names of its members: seeds or folds; at least one.</param>
/// <param name="Warnings">What has to be told with every figure.</param>
/// <param name="Features">How many values the network makes of a window before it names a genre.</param>
/// <param name="Input">What stands for it in the report's provenance.</param>
/// <param name="Predict">Asks it.</param>
internal sealed record JudgedModel(
    IReadOnlyList<string> Genres, IReadOnlyList<string> Members, IReadOnlyList<string> Warnings, int Features, TableInput Input, Predict Predict)
{
    /// <summary>What a member makes of windows of one size: the probabilities, and the network's values, of each.</summary>
    public (float[][] Probabilities, float[][] Features) Ask(int member, IReadOnlyList<float[]> windows, int channels, int frames)
    {
        float[] probabilities = new float[windows.Count * Genres.Count], features = new float[windows.Count * Features];
        Predict(member, windows, channels, frames, probabilities, features);
        return ([.. probabilities.Chunk(Genres.Count)], Features == 0 ? [] : [.. features.Chunk(Features)]);
    }
}
