using Pipeline.Nn.Kernels;

namespace Pipeline.Nn.Layers;

/// <summary>
/// "Same" convolution, batch normalisation, ReLU, greatest of neighbours and dropout as one layer, which touches its activations as
/// few times as can be: statistics are taken of what the convolution has just written, everything behind it is one pass, and
/// the backward pass is two and the products. The gradient of the convolution's output is written over it.
///
/// Parameters: <c>weight</c> [kernel lines, kernel columns, channels in, filters]; <c>bias</c> [filters], unless normalisation
/// follows at once, which would take it away again; <c>scale</c>, <c>shift</c>, and the running <c>mean</c> and <c>variance</c> [filters].
/// </summary>
public sealed unsafe class ConvBlock : ILayer
{
    // Bytes of the wider side of a chunk of rows, which is to stay in the second-level cache between two passes.
    private const int ChunkBytes = 160_000;

    // Rows of an outer product at a time: their values stay in the first-level cache.
    private const int OuterRows = 256;

    // Values that a part of an elementwise pass handles at least.
    private const int PartValues = 16_384;

    private readonly Tensor input;
    private readonly Tensor convolved; // the convolution's output, then its gradient
    private readonly ConvSettings settings;
    private readonly Team team;
    private readonly KernelSet kernels = KernelSets.Best;
    private readonly int filters; // filled up
    private readonly int depth; // floats of a line of a window
    private readonly Panels panels;
    private readonly int chunk; // rows
    private readonly BlockTerms terms;
    private readonly BlockPass pass;
    private readonly Floats packed;
    private readonly Floats start; // the bias, filled up; zeros without one
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly Parameter? scale;
    private readonly Parameter? shift;
    private readonly Parameter? mean;
    private readonly Parameter? variance;
    private readonly ThreadLocal<Floats> lines = new(trackAllValues: true);
    private Floats? packedBack;
    private Floats? slices;
    private uint seed;
    private bool isDisposed;

    /// <summary>A layer with weights of zero.</summary>
    /// <param name="input">What it reads; its halo is at least the kernel's.</param>
    /// <param name="settings">What it does.</param>
    /// <param name="outputHalo">Zeros that the next layer wants.</param>
    /// <param name="team">Who computes.</param>
    public ConvBlock(Tensor input, ConvSettings settings, Halo outputHalo, Team team)
    {
        (this.input, this.settings, this.team) = (input, settings, team);
        Check();
        filters = Tensor.RoundUp(settings.Filters);
        depth = settings.KernelWidth * input.Pitch;
        panels = new Panels(filters);
        convolved = new Tensor(input.Shape with { Channels = settings.Filters }, input.Halo, input.Capacity);
        Output = new Tensor(settings.OutputOf(input.Shape), outputHalo, input.Capacity);
        chunk = Math.Clamp(ChunkBytes / sizeof(float) / Math.Max(input.Pitch, filters) / WindowedProduct.Tile, 1, 64) * WindowedProduct.Tile;
        packed = new Floats((long)settings.KernelHeight * depth * filters);
        start = new Floats(filters);
        terms = new BlockTerms(filters, settings);
        pass = new BlockPass(convolved, Output, settings, terms);

        weight = new Parameter("weight", [settings.KernelHeight, settings.KernelWidth, input.Shape.Channels, settings.Filters], decays: true) { L2 = settings.L2 };
        int[] each = [settings.Filters];
        bias = settings.Norm == Norm.BeforeActivation ? null : new Parameter("bias", each);
        if (settings.Norm != Norm.None)
        {
            scale = new Parameter("scale", each);
            shift = new Parameter("shift", each);
            mean = new Parameter("mean", each, isTrained: false);
            variance = new Parameter("variance", each, isTrained: false);
            scale.Values.Fill(1);
            variance.Values.Fill(1);
        }

        Parameters = [.. new[] { weight, bias, scale, shift, mean, variance }.OfType<Parameter>()];
    }

    /// <inheritdoc/>
    public Tensor Output { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; }

    // How far before a place its window begins, in rows.
    private int Reach => settings.KernelHeight / 2 * input.Columns + settings.KernelWidth / 2;

    private Windows InputWindows => new()
    {
        First = input.Data - (long)Reach * input.Pitch,
        Pitch = input.Pitch,
        Lines = settings.KernelHeight,
        Line = (nint)input.Columns * input.Pitch,
        Depth = depth,
    };

    /// <inheritdoc/>
    public void Forward(int batch, Pass pass)
    {
        seed = pass.Seed;
        PackWeights();
        bias?.Values.CopyTo(start.Span);
        if (pass.IsTraining)
        {
            Convolve(batch);
            terms.OfBatch((long)batch * input.Shape.Places, scale, shift, mean, variance);
            Elementwise(batch, (line, _) => this.pass.Forward(line, seed));
        }
        else
        {
            terms.OfRunning(scale, shift, mean, variance);
            Infer(batch);
        }
    }

    /// <inheritdoc/>
    public void Backward(int batch)
    {
        int parts = PartsOf(batch);
        if (scale is not null)
        {
            terms.BeginSums(parts);
            Elementwise(batch, (line, part) => pass.BackwardSums(line, seed, terms.Sums(part)));
            terms.OfGradient((long)batch * input.Shape.Places, scale, shift);
        }

        terms.BeginSums(parts);
        Elementwise(batch, (line, part) => pass.BackwardApply(line, seed, terms.Sums(part)));
        if (bias is not null)
        {
            terms.AddUp(bias.Gradient);
        }

        // Behind the batch, a window of the last places sees the halo of the next sample, which a larger batch may have written.
        convolved.ClearHalos(Math.Min(batch + 1, convolved.Capacity));
        WeightGradient(batch);
        if (!input.IsData)
        {
            InputGradient(batch);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        convolved.Dispose();
        Output.Dispose();
        packed.Dispose();
        start.Dispose();
        terms.Dispose();
        packedBack?.Dispose();
        slices?.Dispose();
        foreach (Floats room in lines.Values)
        {
            room.Dispose();
        }

        lines.Dispose();
        foreach (Parameter parameter in Parameters)
        {
            parameter.Dispose();
        }
    }

    private void Check()
    {
        if (settings.Filters < 1 || settings.KernelHeight < 1 || settings.KernelWidth < 1 || settings.KernelHeight % 2 == 0 || settings.KernelWidth % 2 == 0)
        {
            throw new ArgumentException($"a kernel has odd sides and at least one filter, not {settings.KernelHeight} x {settings.KernelWidth} and {settings.Filters}");
        }

        if (settings.PoolHeight is not (1 or 2) || settings.PoolWidth is not (1 or 2))
        {
            throw new ArgumentException("a block keeps the greatest of 1 or 2 lines and columns");
        }

        Shape output = settings.OutputOf(input.Shape);
        Halo needed = Halo.Of(settings.KernelHeight, settings.KernelWidth);
        if (output.Height < 1 || output.Width < 1 || input.Halo != Halo.Max(needed, input.Halo))
        {
            throw new ArgumentException($"samples of {input.Shape} with a halo of {input.Halo.Lines} and {input.Halo.Columns} are too small for the kernel or the pooling");
        }
    }

    // ---- the products ------------------------------------------------------------------------------------------------

    // Row k of a window is channel k % pitch of column k / pitch; what fills up rows has weights of zero.
    private void PackWeights()
    {
        int runs = input.Pitch / input.RunPitch;
        int size = settings.KernelHeight * depth;
        float* values = weight.First;
        team.For(settings.KernelHeight * settings.KernelWidth * runs, run =>
        {
            for (int c = 0; c < input.RunPitch; c++)
            {
                float* from = values + ((long)run * input.Run + c) * settings.Filters;
                WindowedProduct.Pack(panels, size, run * input.RunPitch + c, from, 1, c < input.Run ? settings.Filters : 0, packed.First);
            }
        });
    }

    private void Convolve(int batch)
    {
        int end = input.Rows(batch);
        int chunks = (end - input.FirstRow + chunk - 1) / chunk;
        bool hasSums = settings.Norm != Norm.None;
        terms.BeginSums(hasSums ? chunks : 0);

        // Where there are few chunks, such as of a dense layer, their panels are work for several threads too.
        int split = chunks < 16 && !hasSums ? panels.Count : 1;
        Windows windows = InputWindows;
        team.For(chunks * split, part =>
        {
            int first = input.FirstRow + part / split * chunk;
            int last = Math.Min(end, first + chunk);
            if (split > 1)
            {
                WindowedProduct.Panel(kernels, first, last, part % split, panels, windows, packed.First, start.First, convolved.Data, filters);
                return;
            }

            WindowedProduct.Rows(kernels, first, last, panels, windows, packed.First, start.First, convolved.Data, filters);
            if (hasSums)
            {
                pass.ForwardSums(first, last, part);
            }
        });
    }

    // The whole layer, a stretch of output at a time: what the convolution writes never leaves the cache.
    private void Infer(int batch)
    {
        int stretch = Math.Max(2, ChunkBytes / 4 / sizeof(float) / (filters * settings.PoolHeight) / 2 * 2);
        int used = Output.Shape.Width * settings.PoolWidth;
        int stretches = (used + stretch - 1) / stretch;
        int pitch = Math.Min(stretch, used) * filters;
        Windows windows = InputWindows;
        if (input.SampleRows == 1)
        {
            InferVectors(batch, windows);
            return;
        }

        team.For(batch * Output.Shape.Height * stretches, part =>
        {
            int column = part % stretches * stretch;
            int count = Math.Min(used - column, stretch);
            int line = part / stretches % Output.Shape.Height;
            int sample = part / stretches / Output.Shape.Height;
            float* room = Room((long)settings.PoolHeight * pitch);
            for (int i = 0; i < settings.PoolHeight; i++)
            {
                Windows from = windows.From(input.Row(sample, line * settings.PoolHeight + i, column));
                WindowedProduct.Rows(kernels, 0, count, panels, from, packed.First, start.First, room + (long)i * pitch, filters);
            }

            pass.Infer(room, pitch, Output.At(sample, line, column / settings.PoolWidth), count / settings.PoolWidth);
        });
    }

    // Samples of one place: rows of a batch go through the product together.
    private void InferVectors(int batch, Windows windows)
    {
        int chunks = (batch + WindowedProduct.Tile - 1) / WindowedProduct.Tile;
        team.For(chunks * panels.Count, part =>
        {
            int first = part / panels.Count * WindowedProduct.Tile;
            int end = Math.Min(batch, first + WindowedProduct.Tile);
            WindowedProduct.Panel(kernels, first, end, part % panels.Count, panels, windows.From(input.FirstRow), packed.First, start.First, convolved.Data, filters);
        });
        for (int sample = 0; sample < batch; sample++)
        {
            pass.Infer(convolved.Data + (long)sample * filters, filters, Output.At(sample, 0, 0), 1);
        }
    }

    private float* Room(long length)
    {
        if (lines.Value is not { } room || room.Length < length)
        {
            lines.Value?.Dispose();
            lines.Value = room = new Floats(length);
        }

        return room.First;
    }

    // The sum over all places of window (outer) gradient. Rows are cut into slices, whose number is a matter of the shape alone;
    // each has sums of its own, which are added in their order.
    private void WeightGradient(int batch)
    {
        int end = input.Rows(batch);
        int rows = end - input.FirstRow;
        int size = settings.KernelHeight * depth;
        int count = Math.Clamp(rows / 2048, 1, (long)size * filters > 50_000 ? 8 : 32);
        int each = (rows + count - 1) / count;
        each = (each + OuterRows - 1) / OuterRows * OuterRows;
        int blocks = (depth + OuterProduct.Tile - 1) / OuterProduct.Tile;
        int stripes = Math.Clamp(blocks / 32, 1, 64); // of a window's line, where it is long
        int stripe = (blocks + stripes - 1) / stripes;
        long length = (long)settings.KernelHeight * blocks * OuterProduct.Tile * filters;
        int most = Math.Clamp((input.Rows(input.Capacity) - input.FirstRow) / 2048, 1, (long)size * filters > 50_000 ? 8 : 32);
        slices ??= new Floats(most * length);
        Windows windows = InputWindows;
        float* sums = slices.First;
        team.For(count * panels.Count * stripes, part =>
        {
            int slice = part / stripes / panels.Count;
            int panel = part / stripes % panels.Count;
            int width = panels.Width(panel);
            int firstBlock = part % stripes * stripe;
            int endBlock = Math.Min(blocks, firstBlock + stripe);
            float* to = sums + slice * length + (long)panels.Start(panel) * settings.KernelHeight * blocks * OuterProduct.Tile;
            for (int i = 0; i < settings.KernelHeight; i++)
            {
                new Span<float>(to + ((long)i * blocks + firstBlock) * OuterProduct.Tile * width, Math.Max(0, endBlock - firstBlock) * OuterProduct.Tile * width).Clear();
            }

            int last = Math.Min(end, input.FirstRow + (slice + 1) * each);
            for (int r = input.FirstRow + slice * each; r < last; r += OuterRows)
            {
                float* b = convolved.Data + (long)r * filters + panels.Start(panel);
                for (int i = 0; i < settings.KernelHeight; i++)
                {
                    float* a = windows.First + (long)r * windows.Pitch + i * windows.Line;
                    for (int block = firstBlock; block < endBlock; block++)
                    {
                        float* c = to + ((long)i * blocks + block) * OuterProduct.Tile * width;
                        OuterProduct.Block(kernels, Math.Min(OuterRows, last - r), a + block * OuterProduct.Tile, windows.Pitch, b, filters, c, width);
                    }
                }
            }
        });
        AddSlices(count, length, blocks);
    }

    private void AddSlices(int count, long length, int blocks)
    {
        int runs = input.Pitch / input.RunPitch;
        float* sums = slices!.First;
        float* gradient = weight.FirstGradient;
        team.For(settings.KernelHeight * settings.KernelWidth * runs, run =>
        {
            (int line, int inLine) = Math.DivRem(run, settings.KernelWidth * runs);
            for (int c = 0; c < input.Run; c++)
            {
                var to = new Span<float>(gradient + ((long)run * input.Run + c) * settings.Filters, settings.Filters);
                int k = inLine * input.RunPitch + c;
                for (int p = 0; p < panels.Count; p++)
                {
                    int first = panels.Start(p);
                    int width = panels.Width(p);
                    int real = Math.Min(width, settings.Filters - first);
                    float* from = sums + (long)first * settings.KernelHeight * blocks * OuterProduct.Tile + ((long)line * blocks * OuterProduct.Tile + k) * width;
                    Span<float> sum = to.Slice(first, real);
                    new ReadOnlySpan<float>(from, real).CopyTo(sum);
                    for (int s = 1; s < count; s++)
                    {
                        float* next = from + s * length;
                        for (int j = 0; j < real; j++)
                        {
                            sum[j] += next[j];
                        }
                    }
                }
            }
        });
    }

    // The convolution of the gradient with the kernel turned around.
    private void InputGradient(int batch)
    {
        int height = settings.KernelHeight, width = settings.KernelWidth;
        int size = height * width * filters;
        int runs = input.Pitch / input.RunPitch;
        var columns = new Panels(input.Pitch);
        packedBack ??= new Floats((long)size * input.Pitch);
        float* values = weight.First;
        float* back = packedBack.First;
        team.For(height * width * runs, part =>
        {
            (int place, int run) = Math.DivRem(part, runs);
            (int i, int j) = Math.DivRem(place, width);
            int turned = (height - 1 - i) * width + (width - 1 - j);
            PackTurned(columns, size, turned, run, values + ((long)place * runs + run) * input.Run * settings.Filters, back);
        });

        var windows = new Windows
        {
            First = convolved.Data - (long)Reach * filters,
            Pitch = filters,
            Lines = height,
            Line = (nint)input.Columns * filters,
            Depth = width * filters,
        };
        int end = input.Rows(batch);
        int chunks = (end - input.FirstRow + chunk - 1) / chunk;
        int split = chunks < 16 ? columns.Count : 1;
        using var zeros = new Floats(input.Pitch);
        float* none = zeros.First;
        team.For(chunks * split, part =>
        {
            int first = input.FirstRow + part / split * chunk;
            int last = Math.Min(end, first + chunk);
            for (int p = split > 1 ? part % split : 0; p < (split > 1 ? part % split + 1 : columns.Count); p++)
            {
                WindowedProduct.Panel(kernels, first, last, p, columns, windows, back, none, input.Data, input.Pitch);
            }
        });
        input.ClearHalos(batch);
    }

    // Row (turned, filter) of the matrix has the weights of that filter for each channel of the run.
    private void PackTurned(Panels columns, int size, int turned, int run, float* values, float* back)
    {
        for (int f = 0; f < filters; f++)
        {
            int row = turned * filters + f;
            for (int c = 0; c < input.RunPitch; c++)
            {
                int column = run * input.RunPitch + c;
                int panel = columns.Of(column);
                back[(long)columns.Start(panel) * size + (long)row * columns.Width(panel) + (column - columns.Start(panel))] =
                    f < settings.Filters && c < input.Run ? values[(long)c * settings.Filters + f] : 0;
            }
        }
    }

    // ---- the passes over all values ----------------------------------------------------------------------------------

    private int LinesOfPart => Math.Max(1, PartValues / (Output.Shape.Width * settings.PoolWidth * settings.PoolHeight * filters));

    private int PartsOf(int batch) => (batch * Output.Shape.Height + LinesOfPart - 1) / LinesOfPart;

    // Handles every line of the output, whose place is its line counted through all samples.
    private void Elementwise(int batch, Action<int, int> handle)
    {
        int each = LinesOfPart;
        int all = batch * Output.Shape.Height;
        team.For(PartsOf(batch), part =>
        {
            int end = Math.Min(all, (part + 1) * each);
            for (int line = part * each; line < end; line++)
            {
                handle(line, part);
            }
        });
    }
}
