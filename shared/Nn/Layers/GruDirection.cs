using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Layers;

/// <summary>
/// One direction of a <see cref="Gru"/>: a few samples at a time go through all steps, so that threads never wait for each other within a
/// sequence. Units are filled up; a unit that fills up has weights of zero and stays zero.
/// </summary>
internal sealed unsafe class GruDirection : IDisposable
{
    // Samples that go through the steps together: as many rows as two tiles of the widest product, and one of the next.
    private const int Group = 12;

    private readonly Tensor input;
    private readonly Tensor inputs; // what the input has to say to the gates of all directions, then its gradient
    private readonly int offset; // of this direction in a row of these
    private readonly GruSettings settings;
    private readonly bool isReverse;
    private readonly int units; // filled up
    private readonly Matrix stateMatrix;
    private readonly Floats start; // what the state's products begin with
    private readonly Floats rooms;
    private readonly long room; // floats of the room of a group
    private Floats? states; // before each step; [sample, step + 1, unit]
    private Floats? gates; // r, z, n and what the state says to n, then the gradients of the first two and of the last; [sample, step + 1, gate, unit]

    /// <summary>A direction.</summary>
    /// <param name="input">What the layer reads.</param>
    /// <param name="inputs">The input's part of the gates: rows of the same places.</param>
    /// <param name="settings">Of the layer.</param>
    /// <param name="isReverse">Whether it begins with the last step.</param>
    public GruDirection(Tensor input, Tensor inputs, GruSettings settings, bool isReverse)
    {
        (this.input, this.inputs, this.settings, this.isReverse) = (input, inputs, settings, isReverse);
        units = FilledUnits(settings.Units);
        offset = isReverse ? 3 * units : 0;
        stateMatrix = new Matrix(units, 3 * units);
        start = new Floats(3 * units);
        room = (long)Group * 5 * units + 4 * units;
        rooms = new Floats(GroupsOf(input.Capacity) * room);
        string suffix = isReverse ? "_reverse" : "";
        WeightInput = new Parameter("weight_input" + suffix, [input.Shape.Channels, 3 * settings.Units], decays: true);
        WeightState = new Parameter("weight_state" + suffix, [settings.Units, 3 * settings.Units], decays: true);
        BiasInput = new Parameter("bias_input" + suffix, [3 * settings.Units]);
        BiasState = new Parameter("bias_state" + suffix, [3 * settings.Units]);
    }

    public Parameter WeightInput { get; }

    public Parameter WeightState { get; }

    public Parameter BiasInput { get; }

    public Parameter BiasState { get; }

    private int Steps => input.Shape.Width;

    /// <summary>Units are filled up to half of the widest panel of a product, the narrower of which want more rows than a group has.</summary>
    public static int FilledUnits(int units) => (units + 31) / 32 * 32;

    /// <summary>Parts of a pass over a batch.</summary>
    public static int GroupsOf(int batch) => (batch + Group - 1) / Group;

    /// <summary>Writes this direction's columns of the layer's input matrix and of what its products begin with.</summary>
    public void Prepare(Matrix inputMatrix, float* inputStart, bool isTraining)
    {
        int real = settings.Units;
        stateMatrix.Clear();
        for (int gate = 0; gate < 3; gate++)
        {
            for (int c = 0; c < input.Shape.Channels; c++)
            {
                Part(WeightInput.Values, c, gate).CopyTo(new Span<float>(inputMatrix.Row(c) + offset + gate * units, real));
            }

            for (int c = 0; c < real; c++)
            {
                Part(WeightState.Values, c, gate).CopyTo(new Span<float>(stateMatrix.Row(c) + gate * units, real));
            }

            // Both biases of the first two gates are only ever added.
            for (int i = 0; i < real; i++)
            {
                inputStart[offset + gate * units + i] = BiasInput.Values[gate * real + i] + (gate < 2 ? BiasState.Values[gate * real + i] : 0);
            }
        }

        BiasState.Values[(2 * real)..].CopyTo(start.Span[(2 * units)..]);
        stateMatrix.Pack();
        if (isTraining)
        {
            stateMatrix.PackTurned();
            states ??= new Floats((long)input.Capacity * (Steps + 1) * units + Tensor.Lanes);
            gates ??= new Floats((long)input.Capacity * (Steps + 1) * 4 * units);
        }
    }

    /// <summary>Takes a group of samples through all steps.</summary>
    public void Forward(int group, int batch, Tensor output, bool isTraining)
    {
        (int first, int count) = SamplesOf(group, batch);
        float* state = rooms.First + group * room, said = state + Group * units;
        new Span<float>(state, Group * units).Clear();
        for (int step = 0; step < Steps; step++)
        {
            int t = isReverse ? Steps - 1 - step : step;
            stateMatrix.Multiply(Group, state, units, start.First, said, 3 * units);
            for (int i = 0; i < count; i++)
            {
                int sample = first + i;
                float* h = state + i * units;
                float* before = isTraining ? StateOf(sample, step) : null, kept = isTraining ? GatesOf(sample, step) : null;
                Advance(inputs.At(sample, 0, t) + offset, said + i * 3 * units, h, before, kept);
                if (settings.KeepsSteps)
                {
                    Write(h, output.At(sample, 0, t));
                }
                else if (step == Steps - 1)
                {
                    Write(h, output.At(sample, 0, 0));
                }
            }
        }
    }

    /// <summary>Takes the gradients of a group of samples back through all steps.</summary>
    public void Backward(int group, int batch, Tensor output)
    {
        (int first, int count) = SamplesOf(group, batch);
        float* ofGates = rooms.First + group * room, ofState = ofGates + Group * 3 * units, throughGates = ofState + Group * units, sums = throughGates + Group * units;
        new Span<float>(ofGates, checked((int)room)).Clear();
        for (int step = Steps - 1; step >= 0; step--)
        {
            int t = isReverse ? Steps - 1 - step : step;
            for (int i = 0; i < count; i++)
            {
                int sample = first + i;
                float* d = ofState + i * units;
                if (settings.KeepsSteps || step == Steps - 1)
                {
                    Add(output.At(sample, 0, settings.KeepsSteps ? t : 0), d);
                }

                Retreat(StateOf(sample, step), GatesOf(sample, step), d, throughGates + i * units, inputs.At(sample, 0, t) + offset, ofGates + i * 3 * units, sums);
            }

            if (step > 0)
            {
                stateMatrix.MultiplyTurned(Group, ofGates, 3 * units, throughGates, units);
            }
        }
    }

    /// <summary>Behind all groups: writes the gradients of the parameters, of which that of the input's weights stand in a matrix.</summary>
    public void Finish(Team team, int batch, Matrix inputMatrix)
    {
        stateMatrix.Differentiate(team, batch * (Steps + 1), states!.First, units, gates!.First, 4 * units);
        int real = settings.Units;
        for (int gate = 0; gate < 3; gate++)
        {
            for (int c = 0; c < input.Shape.Channels; c++)
            {
                new ReadOnlySpan<float>(inputMatrix.Row(c) + offset + gate * units, real).CopyTo(Part(WeightInput.Gradient, c, gate));
            }

            for (int c = 0; c < real; c++)
            {
                new ReadOnlySpan<float>(stateMatrix.Row(c) + gate * units, real).CopyTo(Part(WeightState.Gradient, c, gate));
            }

            for (int i = 0; i < real; i++)
            {
                (double ofInput, double ofState) = (0, 0);
                for (int group = 0; group < GroupsOf(batch); group++)
                {
                    float* sums = rooms.First + group * room + (long)Group * 5 * units;
                    ofInput += sums[gate * units + i];
                    ofState += sums[(gate == 2 ? 3 : gate) * units + i];
                }

                BiasInput.Gradient[gate * real + i] = (float)ofInput;
                BiasState.Gradient[gate * real + i] = (float)ofState;
            }
        }
    }

    public void Dispose()
    {
        stateMatrix.Dispose();
        start.Dispose();
        rooms.Dispose();
        states?.Dispose();
        gates?.Dispose();
        WeightInput.Dispose();
        WeightState.Dispose();
        BiasInput.Dispose();
        BiasState.Dispose();
    }

    // The weights of one input for the units of a gate.
    private Span<float> Part(Span<float> of, int row, int gate) => of.Slice((row * 3 + gate) * settings.Units, settings.Units);

    private float* StateOf(int sample, int step) => states!.First + ((long)sample * (Steps + 1) + step) * units;

    private float* GatesOf(int sample, int step) => gates!.First + ((long)sample * (Steps + 1) + step) * 4 * units;

    // Groups of nearly the same size.
    private static (int First, int Count) SamplesOf(int group, int batch)
    {
        int groups = GroupsOf(batch);
        int first = (int)((long)batch * group / groups);
        return (first, (int)((long)batch * (group + 1) / groups) - first);
    }

    private void Write(float* state, float* row) =>
        new ReadOnlySpan<float>(state, settings.Units).CopyTo(new Span<float>(row + (isReverse ? settings.Units : 0), settings.Units));

    private void Add(float* row, float* state)
    {
        float* from = row + (isReverse ? settings.Units : 0);
        for (int i = 0; i < settings.Units; i++)
        {
            state[i] += from[i];
        }
    }

    // r = sigmoid(x_r + s_r), z = sigmoid(x_z + s_z), n = tanh(x_n + r s_n), h' = n + z (h - n).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Advance(float* x, float* said, float* h, float* before, float* kept)
    {
        for (int j = 0; j < units; j += Tensor.Lanes)
        {
            V state = Vector512.Load(h + j), toNew = Vector512.Load(said + 2 * units + j);
            V r = Elementary.Sigmoid(Vector512.Load(x + j) + Vector512.Load(said + j));
            V z = Elementary.Sigmoid(Vector512.Load(x + units + j) + Vector512.Load(said + units + j));
            V n = Elementary.Tanh(Vector512.FusedMultiplyAdd(r, toNew, Vector512.Load(x + 2 * units + j)));
            Vector512.FusedMultiplyAdd(z, state - n, n).Store(h + j);
            if (kept is not null)
            {
                state.Store(before + j);
                r.Store(kept + j);
                z.Store(kept + units + j);
                n.Store(kept + 2 * units + j);
                toNew.Store(kept + 3 * units + j);
            }
        }
    }

    // The gradient of the state behind a step is d and what came through the gates of the step behind it. What is left in d is the way of
    // the gradient past the gates.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Retreat(float* before, float* kept, float* d, float* through, float* toInputs, float* toGates, float* sums)
    {
        for (int j = 0; j < units; j += Tensor.Lanes)
        {
            V r = Vector512.Load(kept + j), z = Vector512.Load(kept + units + j), n = Vector512.Load(kept + 2 * units + j), toNew = Vector512.Load(kept + 3 * units + j);
            V g = Vector512.Load(d + j) + Vector512.Load(through + j);
            V dz = g * (Vector512.Load(before + j) - n) * z * (V.One - z);
            V dn = g * (V.One - z) * (V.One - n * n);
            V dr = dn * toNew * r * (V.One - r);
            V dnr = dn * r;
            (g * z).Store(d + j);
            dr.Store(toInputs + j);
            dz.Store(toInputs + units + j);
            dn.Store(toInputs + 2 * units + j);
            dr.Store(kept + j);
            dz.Store(kept + units + j);
            dnr.Store(kept + 2 * units + j);
            dr.Store(toGates + j);
            dz.Store(toGates + units + j);
            dnr.Store(toGates + 2 * units + j);
            (Vector512.Load(sums + j) + dr).Store(sums + j);
            (Vector512.Load(sums + units + j) + dz).Store(sums + units + j);
            (Vector512.Load(sums + 2 * units + j) + dn).Store(sums + 2 * units + j);
            (Vector512.Load(sums + 3 * units + j) + dnr).Store(sums + 3 * units + j);
        }
    }
}
