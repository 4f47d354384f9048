namespace Pipeline.Nn.Layers;

/// <summary>Several tensors of the same places as one, each place with the channels of one after those of the other.</summary>
public sealed unsafe class Concat : ILayer
{
    private readonly Tensor[] inputs;
    private readonly Team team;

    /// <summary>A layer without parameters.</summary>
    /// <param name="inputs">What it reads.</param>
    /// <param name="outputHalo">Zeros that the next layer wants.</param>
    /// <param name="team">Who computes.</param>
    public Concat(IEnumerable<Tensor> inputs, Halo outputHalo, Team team)
    {
        this.inputs = [.. inputs];
        this.team = team;
        if (this.inputs.Select(t => (t.Shape.Height, t.Shape.Width, t.Capacity)).Distinct().Count() != 1)
        {
            throw new ArgumentException($"only tensors of the same places go beside each other, not {string.Join(", ", this.inputs.Select(t => t.Shape))}", nameof(inputs));
        }

        Tensor first = this.inputs[0];
        Output = new Tensor(first.Shape with { Channels = this.inputs.Sum(t => t.Shape.Channels) }, outputHalo, first.Capacity);
    }

    /// <inheritdoc/>
    public Tensor Output { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public void Forward(int batch, Pass pass) => Lines.For(team, Output, batch, (sample, line) => Copy(sample, line, false));

    /// <inheritdoc/>
    public void Backward(int batch) => Lines.For(team, Output, batch, (sample, line) => Copy(sample, line, true));

    /// <inheritdoc/>
    public void Dispose() => Output.Dispose();

    private void Copy(int sample, int line, bool isBack)
    {
        int start = 0;
        foreach (Tensor input in inputs)
        {
            for (int w = 0; w < input.Shape.Width && !(isBack && input.IsData); w++)
            {
                float* row = input.At(sample, line, w), beside = Output.At(sample, line, w) + start;
                for (int at = 0; at < input.Pitch; at += input.RunPitch, beside += input.Run)
                {
                    var part = new Span<float>(row + at, input.Run);
                    var whole = new Span<float>(beside, input.Run);
                    if (isBack)
                    {
                        whole.CopyTo(part);
                    }
                    else
                    {
                        part.CopyTo(whole);
                    }
                }
            }

            start += input.Shape.Channels;
        }
    }
}
