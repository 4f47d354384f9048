namespace Pipeline.Nn.Training;

/// <summary>
/// A running average of all parameters, running statistics among them, that is often a better network than the last weights. After n
/// updates the past has the share min(decay, (1 + n) / (10 + n)), so that the beginning is soon forgotten; the first update takes the
/// parameters as they are.
/// </summary>
public sealed class WeightAverage : IDisposable
{
    private readonly Parameter[] parameters;
    private readonly float decay;

    /// <summary>An average of nothing yet.</summary>
    /// <param name="parameters">What is averaged, by names that differ.</param>
    /// <param name="decay">Greatest share of the past, from 0 to less than 1.</param>
    public WeightAverage(IEnumerable<(string Name, Parameter Parameter)> parameters, float decay)
    {
        if (decay is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "the past has a share from 0 to less than 1");
        }

        this.decay = decay;
        (string Name, Parameter Parameter)[] all = [.. parameters];
        this.parameters = [.. all.Select(p => p.Parameter)];
        State = [.. all.Select(p => new Parameter($"{p.Name}.average", p.Parameter.Shape, isTrained: false))];
    }

    /// <summary>The averages: their values and <see cref="Updates"/> written back, it goes on as it would have.</summary>
    public IReadOnlyList<Parameter> State { get; }

    /// <summary>Updates made.</summary>
    public long Updates { get; set; }

    /// <summary>Whether the network has the averages, and <see cref="State"/> the weights.</summary>
    public bool IsSwapped { get; private set; }

    /// <summary>Takes the parameters into the average.</summary>
    public void Update()
    {
        if (IsSwapped)
        {
            throw new InvalidOperationException("the network has its averages, which are not averaged again");
        }

        float past = Updates == 0 ? 0 : (float)Math.Min(decay, (1.0 + Updates) / (10 + Updates));
        Updates++;
        for (int i = 0; i < parameters.Length; i++)
        {
            Span<float> average = State[i].Values;
            ReadOnlySpan<float> values = parameters[i].Values;
            for (int k = 0; k < average.Length; k++)
            {
                average[k] = past * average[k] + (1 - past) * values[k];
            }
        }
    }

    /// <summary>Exchanges the network's parameters and the averages; a second time, all is as before.</summary>
    public void Swap()
    {
        if (Updates == 0)
        {
            throw new InvalidOperationException("there is no average yet");
        }

        IsSwapped = !IsSwapped;
        for (int i = 0; i < parameters.Length; i++)
        {
            Span<float> average = State[i].Values, values = parameters[i].Values;
            for (int k = 0; k < average.Length; k++)
            {
                (average[k], values[k]) = (values[k], average[k]);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Parameter average in State)
        {
            average.Dispose();
        }
    }
}
