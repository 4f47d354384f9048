namespace Pipeline.Stages.LabelUnification;

/// <summary>
/// What a source's word for a genre weighs: how often the other sources confirm it, (confirmed + 1) / (asked + 2), over all tracks
/// of the label files that two of them know. One that nobody can confirm weighs 1/2; a class folder, which is what somebody made
/// of the recording itself, weighs 1.
/// </summary>
internal sealed class Weights
{
    private readonly IReadOnlyList<PairAgreement> pairs;
    private readonly Dictionary<(LabelSource, int), double> weights = [];

    /// <summary>Takes the pairs of sources that have files, complete.</summary>
    public Weights(IReadOnlyList<PairAgreement> pairs) => this.pairs = pairs;

    /// <summary>The weight of a source's word for a genre.</summary>
    public double Of(LabelSource source, int genre)
    {
        if (source == LabelSource.Folder)
        {
            return 1;
        }

        if (!weights.TryGetValue((source, genre), out double weight))
        {
            long asked = 0, confirmed = 0;
            foreach (PairAgreement pair in pairs.Where(p => p.First == source || p.Second == source))
            {
                (long both, long agreeing) = pair.Of(source, genre);
                asked += both;
                confirmed += agreeing;
            }

            weight = (confirmed + 1.0) / (asked + 2.0);
            weights.Add((source, genre), weight);
        }

        return weight;
    }
}
