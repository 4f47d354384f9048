namespace Pipeline.Nn.Layers;

/// <summary>
/// A gated recurrent unit with PyTorch's equations, over the columns of a sequence, in one direction or both. What the input has to say to the
/// gates of all steps is one product; then threads share out the samples, and each takes its own through all steps.
///
/// Parameters, for each direction (those of the second end in <c>_reverse</c>): <c>weight_input</c> [channels in, 3 units], <c>weight_state</c>
/// [units, 3 units], <c>bias_input</c> and <c>bias_state</c> [3 units]; the gates are reset, update and new, in this order.
/// </summary>
public sealed unsafe class Gru : ILayer
{
    private readonly Tensor input;
    private readonly Team team;
    private readonly Tensor inputs;
    private readonly Matrix inputMatrix;
    private readonly Floats start;
    private readonly GruDirection[] directions;

    /// <summary>A layer with weights of zero.</summary>
    /// <param name="input">What it reads: samples of one line.</param>
    /// <param name="settings">What it does.</param>
    /// <param name="outputHalo">Zeros that the next layer wants.</param>
    /// <param name="team">Who computes.</param>
    public Gru(Tensor input, GruSettings settings, Halo outputHalo, Team team)
    {
        (this.input, this.team) = (input, team);
        Lines.RefuseFlat(input);
        if (input.Shape.Height != 1 || settings.Units < 1)
        {
            throw new ArgumentException($"a recurrent layer reads sequences, not samples of {input.Shape}, and has at least one unit, not {settings.Units}");
        }

        int columns = (settings.IsBidirectional ? 6 : 3) * GruDirection.FilledUnits(settings.Units);
        Output = new Tensor(settings.OutputOf(input.Shape), outputHalo, input.Capacity);
        inputs = new Tensor(input.Shape with { Channels = columns }, input.Halo, input.Capacity);
        inputMatrix = new Matrix(input.Pitch, columns);
        start = new Floats(columns);
        directions = [.. new[] { false, true }.Take(settings.IsBidirectional ? 2 : 1).Select(isReverse => new GruDirection(input, inputs, settings, isReverse))];
        Parameters = [.. directions.SelectMany(d => new[] { d.WeightInput, d.WeightState, d.BiasInput, d.BiasState })];
    }

    /// <inheritdoc/>
    public Tensor Output { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public void Forward(int batch, Pass pass)
    {
        inputMatrix.Clear();
        foreach (GruDirection direction in directions)
        {
            direction.Prepare(inputMatrix, start.First, pass.IsTraining);
        }

        inputMatrix.Pack();
        inputMatrix.Multiply(team, input.Rows(batch), input.Data, input.Pitch, start.First, inputs.Data, inputs.Pitch);
        int groups = GruDirection.GroupsOf(batch);
        team.For(directions.Length * groups, part => directions[part / groups].Forward(part % groups, batch, Output, pass.IsTraining));
    }

    /// <inheritdoc/>
    public void Backward(int batch)
    {
        int groups = GruDirection.GroupsOf(batch);
        team.For(directions.Length * groups, part => directions[part / groups].Backward(part % groups, batch, Output));
        if (!input.IsData)
        {
            inputMatrix.PackTurned();
        }

        // In halos the input is zero, whatever stands there in the other one.
        inputMatrix.Differentiate(team, input.Rows(batch), input.Data, input.Pitch, inputs.Data, inputs.Pitch);
        foreach (GruDirection direction in directions)
        {
            direction.Finish(team, batch, inputMatrix);
        }

        if (!input.IsData)
        {
            inputMatrix.MultiplyTurned(team, input.Rows(batch), inputs.Data, inputs.Pitch, input.Data, input.Pitch);
            input.ClearHalos(batch);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        inputs.Dispose();
        inputMatrix.Dispose();
        start.Dispose();
        foreach (GruDirection direction in directions)
        {
            direction.Dispose();
        }
    }
}
