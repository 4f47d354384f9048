using System.Globalization;
using Pipeline.Cli;
using Pipeline.Features;
using Pipeline.Models;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>
/// A model, and the tables of features that it is asked about. Of a model with several inputs a window's values are those of all its tables,
/// one after the other; where all inputs look at one table, they are that table's.
/// </summary>
internal sealed class JudgedModel
{
    private const string Strange = "the model was not trained on this table of features: whether it has learnt from these recordings is not known";

    private readonly Model model;
    private readonly FeatureTables features;
    private readonly bool isShared; // one table is for all inputs
    private readonly int[] lengths; // values of a window, of each input's table

    /// <summary>Holds the tables against what the model was made for.</summary>
    /// <param name="folder">Where the model lies.</param>
    /// <param name="model">The model.</param>
    /// <param name="features">A table for each of its inputs.</param>
    /// <exception cref="StageException">They are of another representation, or of windows of another size.</exception>
    public JudgedModel(string folder, Model model, FeatureTables features)
    {
        this.model = model;
        this.features = features.InOrderOf([.. model.Description.Inputs.Select(i => i.Name)]);
        isShared = this.features.Readers.All(r => r == this.features.Readers[0]);
        lengths = [.. model.Description.Inputs.Select(i => i.WindowChannels * i.Frames)];
        Members = [.. model.Members.Select(m => string.Create(CultureInfo.InvariantCulture, $"seed {m.Seed}"))];
        string file = Path.Combine(folder, Model.DescriptionFile);
        Input = TableInput.Of("model", file, Provenance.Parse(model.Description.Provenance, file));
        Warnings = [.. model.Warnings, .. IsOwn(this.features.Readers[0].Path) ? [] : new[] { Strange }];
        FeatureRow[] first = this.features.Read().First();
        for (int i = 0; i < first.Length; i++)
        {
            ModelInput wanted = model.Description.Inputs[i];
            if ((first[i].Representation, first[i].Channels, first[i].Frames) != (wanted.Representation, wanted.WindowChannels, wanted.Frames))
            {
                throw new StageException(
                    $"{this.features.Readers[i].Path} has windows of {first[i].Channels} x {first[i].Frames} values of {first[i].Representation}, and the model was trained on "
                    + $"{wanted.WindowChannels} x {wanted.Frames} of {wanted.Representation}: make the features with the recipe '{model.Description.Recipe}'");
            }
        }
    }

    /// <summary>Its genres, in its order.</summary>
    public IReadOnlyList<string> Genres => model.Genres;

    /// <summary>Names of its members; at least one.</summary>
    public IReadOnlyList<string> Members { get; }

    /// <summary>What has to be told with every figure.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>What stands for it in the report's provenance.</summary>
    public TableInput Input { get; }

    /// <summary>How the features came to be.</summary>
    public Provenance History => features.Provenance;

    /// <summary>The parts that the features have windows of.</summary>
    public IReadOnlySet<string> Parts => PredictionTables.PartsOf(features.Readers[0].Files);

    /// <summary>Channels that mean something together and that an input looks at, with where their values stand in a window's.</summary>
    public IEnumerable<(string Name, int Start, int Length)> Groups()
    {
        IReadOnlyList<ModelInput> inputs = model.Description.Inputs;
        int start = 0;
        for (int i = 0; i < (isShared ? 1 : inputs.Count); i++)
        {
            IEnumerable<ModelInput> looking = isShared ? inputs : [inputs[i]];
            foreach (ChannelGroup group in GroupsOf(inputs[i]).Where(g => looking.Any(l => g.First < l.FirstChannel + l.Channels && l.FirstChannel < g.First + g.Count)))
            {
                yield return (isShared ? group.Name : $"{inputs[i].Name}: {group.Name}", start + group.First * inputs[i].Frames, group.Count * inputs[i].Frames);
            }

            start += lengths[i];
        }
    }

    /// <summary>The windows of some parts, in their order, with the values of all inputs.</summary>
    public IEnumerable<FeatureRow> Windows(IReadOnlySet<string> parts, CancellationToken cancel)
    {
        foreach (FeatureRow[] window in features.Read(cancel).Where(w => parts.Contains(w[0].Split)))
        {
            for (int i = 0; i < (isShared ? 1 : window.Length); i++)
            {
                if (window[i].FindFault() is { } fault)
                {
                    throw new StageException($"{features.Readers[i].Path}: the row of '{window[i].RowKey}': {fault}");
                }
            }

            yield return isShared ? window[0] : window[0] with { Values = [.. window.SelectMany(w => w.Values)] };
        }
    }

    /// <summary>What a member makes of windows: the probabilities, and the network's own features, of each.</summary>
    public (float[][] Probabilities, float[][] Features) Ask(int member, IReadOnlyList<float[]> windows)
    {
        float[] probabilities = new float[windows.Count * Genres.Count], own = new float[windows.Count * model.FeatureCount];
        model.Predict(member, [.. windows.Select(Divided)], probabilities, own);
        return ([.. probabilities.Chunk(Genres.Count)], [.. own.Chunk(model.FeatureCount)]);
    }

    // Whether the model was trained on the table, by what stands in its history.
    private bool IsOwn(string path) => model.Description.Provenance.Contains(TableInput.Of("features", path).Sha256, StringComparison.Ordinal);

    // Those of a stack are its members.
    private static IReadOnlyList<ChannelGroup> GroupsOf(ModelInput input)
    {
        IReadOnlyList<StackMember> stack = input.Features is { } json ? FeatureSettings.Parse(json, Model.DescriptionFile).Stack : [];
        return stack.Sum(m => m.Count) == input.WindowChannels ? [.. stack.Select(m => new ChannelGroup(m.Name, m.First, m.Count))] : ChannelGroup.Of(input.Representation, input.WindowChannels);
    }

    private float[][] Divided(float[] values)
    {
        if (isShared)
        {
            return [.. lengths.Select(_ => values)];
        }

        float[][] inputs = new float[lengths.Length][];
        int start = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = values[start..(start += lengths[i])];
        }

        return inputs;
    }
}
