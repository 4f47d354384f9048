using Pipeline.Nn.Layers;

namespace Pipeline.Nn.Files.Onnx;

/// <summary>
/// Builds an ONNX model of a network, a layer at a time: each method stands for a kind of layer, takes its weights as our layers hold
/// them, and gives what the layer writes. What layers do in training alone, such as dropout, is not in a model.
///
/// Inputs have the axes [samples, channels, lines, columns]; a sequence has no lines, a vector no columns either.
/// Outputs are the same to rounding errors, as float sums of another order are.
/// </summary>
public sealed class OnnxNetwork
{
    private readonly OnnxGraph graph = new();
    private readonly SortedDictionary<string, string> about = new(StringComparer.Ordinal);

    /// <summary>Adds what the network looks at.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Of a sample.</param>
    /// <param name="placeAxes">Axes of places, each of one place at least: 0 for a vector, 1 for a sequence, 2 for a picture. If null, as few as hold the shape.</param>
    public OnnxValue Input(string name, Shape shape, int? placeAxes = null)
    {
        int least = shape.Places == 1 ? 0 : shape.Height == 1 ? 1 : 2;
        Require((placeAxes ?? least) >= least, $"samples of {shape} have more than {placeAxes} axes of places");
        var input = new OnnxValue(name, shape, placeAxes ?? least);
        graph.AddInput(name, input.Sizes);
        return input;
    }

    /// <summary>Gives a layer's output to whoever runs the model.</summary>
    public void Output(string name, OnnxValue value) => graph.AddOutput(name, value.Name, value.Sizes);

    /// <summary>Says something of the model as a whole; these are written in the order of their names.</summary>
    public void Describe(string name, string text) => about.Add(name, text);

    /// <summary>Writes the file.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="producer">The program that makes it.</param>
    /// <param name="version">Its version.</param>
    public void Write(Stream to, string producer, string version) => graph.Write(to, (producer, version), about);

    // ---- layers ------------------------------------------------------------------------------------------------------

    /// <summary>(x - mean) / deviation.</summary>
    /// <param name="x">What is normalised.</param>
    /// <param name="per">Shape of the two: each size is that of x, or 1 where all share a number.</param>
    /// <param name="mean">Means, channels last.</param>
    /// <param name="deviation">Standard deviations, channels last.</param>
    public OnnxValue Normalise(OnnxValue x, Shape per, ReadOnlySpan<float> mean, ReadOnlySpan<float> deviation)
    {
        Shape of = x.Shape;
        Require(Fits(per.Height, of.Height) && Fits(per.Width, of.Width) && Fits(per.Channels, of.Channels), $"numbers for {per} do not normalise {of}");
        string less = graph.Add("Sub", [x.Name, ChannelsFirst("mean", x, per, mean)]);
        return new OnnxValue(graph.Add("Div", [less, ChannelsFirst("deviation", x, per, deviation)]), of, x.PlaceAxes);

        static bool Fits(int size, int whole) => size == 1 || size == whole;
    }

    /// <summary>A <see cref="ConvBlock"/>: convolution or dense layer, normalisation, ReLU and greatest of neighbours.</summary>
    /// <param name="x">What it reads.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="parameters">Its parameters.</param>
    public OnnxValue Conv(OnnxValue x, ConvSettings settings, IReadOnlyList<Parameter> parameters)
    {
        OnnxValue y = Product(x, settings, parameters);
        y = settings.Norm == Norm.BeforeActivation ? Normalised(y, true, settings.Epsilon, parameters) : y;
        y = settings.Relu ? Relu(y) : y;
        y = settings.Norm == Norm.AfterActivation ? Normalised(y, true, settings.Epsilon, parameters) : y;
        return settings.PoolHeight * settings.PoolWidth == 1 ? y : MaxPool(y, settings.PoolHeight, settings.PoolWidth);
    }

    /// <summary>max(0, x).</summary>
    public OnnxValue Relu(OnnxValue x) => Each("Relu", x);

    /// <summary>x times the share of a normal distribution below x: x / 2 (1 + erf(x / root of 2)).</summary>
    public OnnxValue Gelu(OnnxValue x)
    {
        string error = graph.Add("Erf", [graph.Add("Mul", [x.Name, Number("rootOfHalf", MathF.Sqrt(0.5f))])]);
        string share = graph.Add("Mul", [graph.Add("Add", [error, Number("one", 1)]), Number("half", 0.5f)]);
        return new OnnxValue(graph.Add("Mul", [x.Name, share]), x.Shape, x.PlaceAxes);
    }

    /// <summary>Exponentials of the channels over their sum.</summary>
    public OnnxValue Softmax(OnnxValue x) => Each("Softmax", x, new OnnxAttribute("axis", 1));

    /// <summary>The greatest of so many lines and columns; what does not fill a window is left out.</summary>
    public OnnxValue MaxPool(OnnxValue x, int height, int width) => Pool("MaxPool", x, height, width);

    /// <summary>The mean of so many lines and columns; what does not fill a window is left out.</summary>
    public OnnxValue AveragePool(OnnxValue x, int height, int width) => Pool("AveragePool", x, height, width);

    /// <summary>Every so manyth line and column, from the first on: what a stride makes of a "same" convolution.</summary>
    public OnnxValue Pick(OnnxValue x, int height, int width)
    {
        CheckWindow(x, height, width);
        long[] steps = Longs(x.PlaceSizes(height, width));
        string starts = graph.Constant("starts", new long[steps.Length]);
        string ends = graph.Constant("ends", Array.ConvertAll(steps, _ => long.MaxValue));
        string picked = graph.Add("Slice", [x.Name, starts, ends, graph.Constant("axes", x.PlaceAxisNumbers), graph.Constant("steps", steps)]);
        return new OnnxValue(picked, x.Shape with { Height = (x.Shape.Height - 1) / height + 1, Width = (x.Shape.Width - 1) / width + 1 }, x.PlaceAxes);
    }

    /// <summary>Means of the channels over all places.</summary>
    public OnnxValue GlobalMean(OnnxValue x) => Global(x, Reduce("ReduceMean", x, x.Name));

    /// <summary>Greatest values of the channels over all places.</summary>
    public OnnxValue GlobalMax(OnnxValue x) => Global(x, Reduce("ReduceMax", x, x.Name));

    /// <summary>Standard deviations of the channels over all places: roots of mean squares plus <paramref name="epsilon"/>.</summary>
    public OnnxValue GlobalDeviation(OnnxValue x, float epsilon)
    {
        string off = graph.Add("Sub", [x.Name, Reduce("ReduceMean", x, x.Name, keep: true)]);
        string variance = Reduce("ReduceMean", x, graph.Add("Mul", [off, off]));
        return Global(x, graph.Add("Sqrt", [graph.Add("Add", [variance, Number("epsilon", epsilon)])]));
    }

    /// <summary>Normalises the channels of each place by their own mean and variance.</summary>
    /// <param name="x">What is normalised.</param>
    /// <param name="scale">[channels].</param>
    /// <param name="shift">[channels].</param>
    /// <param name="epsilon">Added to a variance before its root is taken.</param>
    public OnnxValue LayerNorm(OnnxValue x, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, float epsilon)
    {
        string scales = graph.Constant("scale", [x.Shape.Channels], scale);
        string shifts = graph.Constant("shift", [x.Shape.Channels], shift);
        string y = graph.Add("LayerNormalization", [Rows(x), scales, shifts], new OnnxAttribute("axis", -1), new OnnxAttribute("epsilon", epsilon));
        return new OnnxValue(Columns(x, y), x.Shape, x.PlaceAxes);
    }

    /// <summary>A <see cref="Layers.BatchNorm"/>, by its running mean and variance.</summary>
    /// <param name="x">What is normalised.</param>
    /// <param name="isAffine">Whether it has a scale and a shift.</param>
    /// <param name="clamp">What no output is further from zero than; 0 for no limit.</param>
    /// <param name="parameters">Its parameters.</param>
    public OnnxValue BatchNorm(OnnxValue x, bool isAffine, float clamp, IReadOnlyList<Parameter> parameters)
    {
        OnnxValue y = Normalised(x, isAffine, Layers.BatchNorm.Epsilon, parameters);
        return clamp > 0 ? new OnnxValue(graph.Add("Clip", [y.Name, Number("least", -clamp), Number("most", clamp)]), y.Shape, y.PlaceAxes) : y;
    }

    /// <summary>A <see cref="Layers.Summary"/>.</summary>
    /// <param name="x">A sequence.</param>
    /// <param name="settings">What is said of it.</param>
    public OnnxValue Summary(OnnxValue x, SummarySettings settings)
    {
        Require(x.PlaceAxes == 1, "a summary is of a sequence");
        const int Channels = 1, Time = 2;
        int frames = x.Shape.Width, count = x.Shape.Channels;
        var basis = new SummaryBasis(x.Shape);
        int k = basis.Coefficients, columns = k + basis.Blocks;
        string floor = Number("floor", SummaryBasis.VarianceFloor);
        var parts = new List<string>();
        if (settings.Mean)
        {
            parts.Add(Mean(x.Name));
        }

        string off = Centred(x.Name), deviation = Deviation(off);
        if (settings.Deviation)
        {
            parts.Add(deviation);
        }

        if (settings.Change)
        {
            parts.Add(Mean(graph.Add("Abs", [Difference(x.Name, Time, frames)])));
        }

        if (settings.Skewness)
        {
            string cube = graph.Add("Mul", [graph.Add("Mul", [deviation, deviation]), deviation]);
            string moment = Mean(graph.Add("Mul", [graph.Add("Mul", [off, off]), off]));
            parts.Add(graph.Add("Div", [moment, graph.Add("Add", [cube, Number("floor", SummaryBasis.CubeFloor)])]));
        }

        if (settings.Texture)
        {
            parts.Add(Mean(graph.Add("Abs", [Difference(x.Name, Channels, count)])));
        }

        string projection = Table("projection", columns, count, (column, channel) => basis.Projection(channel, column));
        string projected = graph.Add("MatMul", [projection, x.Name]);
        if (settings.Modulation)
        {
            string blocks = Slice(projected, Channels, k, columns);
            string cosine = Squares(blocks, isSine: false), sine = Squares(blocks, isSine: true);
            string bands = Table("bands", basis.Bins, basis.Bands, (bin, band) =>
                bin >= basis.Start(band) && bin < basis.Start(band + 1) ? 1f / (basis.Start(band + 1) - basis.Start(band)) : 0);
            string power = graph.Add("MatMul", [graph.Add("Add", [cosine, sine]), bands]);
            parts.Add(Flat(graph.Add("Log", [graph.Add("Add", [power, Number("floor", SummaryBasis.PowerFloor)])])));
        }

        if (settings.Covariance)
        {
            string coefficients = Slice(projected, Channels, 0, k), centred = Centred(coefficients);
            string products = graph.Add("MatMul", [centred, graph.Add("Transpose", [centred], Order(0, 2, 1))]);
            string all = Flat(graph.Add("Mul", [products, Number("share", 1f / frames)]));
            long[] upper = [.. from i in Enumerable.Range(0, k) from j in Enumerable.Range(i, k - i) select (long)(i * k + j)];
            string triangle = graph.Add("Gather", [all, graph.Constant("upper", upper)], new OnnxAttribute("axis", 1));
            parts.Add(graph.Add("Mul", [graph.Add("Sign", [triangle]), graph.Add("Sqrt", [graph.Add("Abs", [triangle])])]));
            parts.Add(Deviation(centred));
            parts.Add(Deviation(Centred(Difference(coefficients, Time, frames))));
        }

        return new OnnxValue(graph.Add("Concat", parts, new OnnxAttribute("axis", 1)), Shape.Vector(settings.CountOf(x.Shape)), 0);

        string Over(string of, long keep) => graph.Add("ReduceMean", [of], new OnnxAttribute("axes", [Time]), new OnnxAttribute("keepdims", keep));
        string Mean(string of) => Over(of, 0);
        string Centred(string of) => graph.Add("Sub", [of, Over(of, 1)]);
        string Deviation(string centred) => graph.Add("Sqrt", [graph.Add("Add", [Mean(graph.Add("Mul", [centred, centred])), floor])]);
        string Flat(string of) => graph.Add("Flatten", [of], new OnnxAttribute("axis", 1));
        string Slice(string of, long axis, long start, long end) =>
            graph.Add("Slice", [of, graph.Constant("starts", [start]), graph.Constant("ends", [end]), graph.Constant("axes", [axis])]);
        string Difference(string of, long axis, long size) => graph.Add("Sub", [Slice(of, axis, 1, size), Slice(of, axis, 0, size - 1)]);
        string Table(string about, int rows, int width, Func<int, int, float> value) =>
            graph.Constant(about, [rows, width], [.. from row in Enumerable.Range(0, rows) from column in Enumerable.Range(0, width) select value(row, column)]);

        string Squares(string blocks, bool isSine)
        {
            float[][] waves = [.. Enumerable.Range(0, basis.Bins).Select(bin => basis.Wave(bin, isSine))];
            string product = graph.Add("MatMul", [blocks, Table("waves", frames, basis.Bins, (t, bin) => waves[bin][t])]);
            return graph.Add("Mul", [product, product]);
        }
    }

    /// <summary>
    /// A gated recurrent unit along a sequence, with PyTorch's equations: weights and biases for the reset gate, the update gate and the
    /// new state follow each other, and the reset gate acts behind the recurrent product. Both directions are two of them and <see cref="Concat"/>.
    /// </summary>
    /// <param name="x">A sequence.</param>
    /// <param name="weightIn">[channels, 3 x units].</param>
    /// <param name="weightState">[units, 3 x units].</param>
    /// <param name="biasIn">[3 x units].</param>
    /// <param name="biasState">[3 x units].</param>
    /// <param name="backwards">Whether it begins at the end; its states stand where they were reached.</param>
    /// <param name="lastOnly">Whether only the state reached last counts, as a vector.</param>
    public OnnxValue Gru(
        OnnxValue x, ReadOnlySpan<float> weightIn, ReadOnlySpan<float> weightState, ReadOnlySpan<float> biasIn, ReadOnlySpan<float> biasState,
        bool backwards, bool lastOnly)
    {
        Require(x.PlaceAxes == 1, "a recurrent layer reads a sequence");
        int units = biasIn.Length / 3;
        string[] from =
        [
            graph.Add("Transpose", [x.Name], Order(2, 0, 1)), // [time, samples, channels]
            graph.Constant("weightIn", [1, 3 * units, x.Shape.Channels], GateRows(units, weightIn)),
            graph.Constant("weightState", [1, 3 * units, units], GateRows(units, weightState)),
            graph.Constant("bias", [1, 6 * units], [.. GateRows(units, biasIn), .. GateRows(units, biasState)]),
        ];
        string states = graph.NewName("GRU");
        OnnxAttribute[] attributes =
        [
            new("hidden_size", units),
            new("linear_before_reset", 1),
            new("direction", backwards ? "reverse" : "forward"),
        ];

        // One direction is an axis of its own: in front of the samples.
        graph.Add("GRU", from, lastOnly ? ["", states] : [states], attributes);
        string axis = graph.Constant("axes", lastOnly ? 0 : 1);
        string y = graph.Add("Squeeze", [states, axis]);
        return lastOnly
            ? new OnnxValue(y, Shape.Vector(units), 0)
            : new OnnxValue(graph.Add("Transpose", [y], Order(1, 2, 0)), x.Shape with { Channels = units }, 1);
    }

    /// <summary>The mean of all places, weighted by the exponentials of tanh(x weight + bias) query over their sum.</summary>
    /// <param name="x">A sequence or a picture.</param>
    /// <param name="weight">[channels, size].</param>
    /// <param name="bias">[size].</param>
    /// <param name="query">[size].</param>
    public OnnxValue AttentionPool(OnnxValue x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> query)
    {
        int channels = x.Shape.Channels, size = bias.Length;
        string rows = graph.Add("Reshape", [Rows(x), graph.Constant("shape", 0, x.Shape.Places, channels)]);
        string product = graph.Add("MatMul", [rows, graph.Constant("weight", [channels, size], weight)]);
        string looks = graph.Add("Tanh", [graph.Add("Add", [product, graph.Constant("bias", [size], bias)])]);
        string scores = graph.Add("MatMul", [looks, graph.Constant("query", [size, 1], query)]);
        string shares = graph.Add("Softmax", [scores], new OnnxAttribute("axis", 1));
        string weighted = graph.Add("Mul", [rows, shares]);
        return Global(x, graph.Add("ReduceSum", [weighted, graph.Constant("axes", 1)], new OnnxAttribute("keepdims", 0)));
    }

    /// <summary>The channels of all of them, one behind the other; they have the same places.</summary>
    public OnnxValue Concat(params IReadOnlyList<OnnxValue> values)
    {
        OnnxValue first = values[0];
        Shape shape = first.Shape with { Channels = values.Sum(value => value.Shape.Channels) };
        bool alike = values.All(value => (value.Shape.Height, value.Shape.Width, value.PlaceAxes) == (shape.Height, shape.Width, first.PlaceAxes));
        Require(alike, "what is put together has other places");
        return new OnnxValue(graph.Add("Concat", values.Select(value => value.Name), new OnnxAttribute("axis", 1)), shape, first.PlaceAxes);
    }

    /// <summary>The mean of values of one shape.</summary>
    public OnnxValue Mean(params IReadOnlyList<OnnxValue> values) =>
        values.Count == 1 ? values[0] : new OnnxValue(graph.Add("Mean", values.Select(value => value.Name)), values[0].Shape, values[0].PlaceAxes);

    /// <summary>All places as one vector, in our order: lines, columns, channels.</summary>
    public OnnxValue Flatten(OnnxValue x) =>
        x.PlaceAxes == 0 ? x : new OnnxValue(graph.Add("Flatten", [Rows(x)], new OnnxAttribute("axis", 1)), Shape.Vector(x.Shape.Count), 0);

    // ---- parts of layers ---------------------------------------------------------------------------------------------

    private OnnxValue Product(OnnxValue x, ConvSettings settings, IReadOnlyList<Parameter> parameters)
    {
        Parameter weight = Find(parameters, "weight");
        int height = settings.KernelHeight, width = settings.KernelWidth, channels = x.Shape.Channels, filters = settings.Filters;
        int[] expected = [height, width, channels, filters];
        Require(weight.Shape.SequenceEqual(expected), $"weights of {string.Join(" x ", weight.Shape)}, where {string.Join(" x ", expected)} belong");
        CheckWindow(x, height, width);
        string[] bias = settings.Norm == Norm.BeforeActivation ? [] : [graph.Constant("bias", [filters], Find(parameters, "bias").Values)];
        Shape shape = x.Shape with { Channels = filters };
        if (x.PlaceAxes == 0)
        {
            return new OnnxValue(graph.Add("Gemm", [x.Name, graph.Constant("weight", [channels, filters], weight.Values), .. bias]), shape, 0);
        }

        // [lines, columns, channels, filters] becomes [filters, channels, lines, columns].
        float[] turned = Transposed(weight.Values, height * width * channels, filters, channels);
        string kernel = graph.Constant("weight", [filters, channels, .. x.PlaceSizes(height, width)], turned);
        long[] sides = Longs(x.PlaceSizes(height / 2, width / 2));
        string y = graph.Add(
            "Conv",
            [x.Name, kernel, .. bias],
            new OnnxAttribute("kernel_shape", Longs(x.PlaceSizes(height, width))),
            new OnnxAttribute("pads", [.. sides, .. sides]));
        return new OnnxValue(y, shape, x.PlaceAxes);
    }

    private OnnxValue Normalised(OnnxValue x, bool isAffine, float epsilon, IReadOnlyList<Parameter> parameters)
    {
        int channels = x.Shape.Channels;
        var from = new List<string> { x.Name };
        foreach ((string name, float fixedAt) in (ReadOnlySpan<(string, float)>)[("scale", 1), ("shift", 0)])
        {
            ReadOnlySpan<float> values = isAffine ? Find(parameters, name).Values : Enumerable.Repeat(fixedAt, channels).ToArray();
            from.Add(graph.Constant(name, [channels], values));
        }

        from.Add(graph.Constant("mean", [channels], Find(parameters, "mean").Values));
        from.Add(graph.Constant("variance", [channels], Find(parameters, "variance").Values));
        return new OnnxValue(graph.Add("BatchNormalization", from, new OnnxAttribute("epsilon", epsilon)), x.Shape, x.PlaceAxes);
    }

    private OnnxValue Each(string operation, OnnxValue x, params OnnxAttribute[] attributes) =>
        new(graph.Add(operation, [x.Name], attributes), x.Shape, x.PlaceAxes);

    private OnnxValue Pool(string operation, OnnxValue x, int height, int width)
    {
        CheckWindow(x, height, width);
        long[] window = Longs(x.PlaceSizes(height, width));
        string y = graph.Add(operation, [x.Name], new OnnxAttribute("kernel_shape", window), new OnnxAttribute("strides", window));
        return new OnnxValue(y, x.Shape with { Height = x.Shape.Height / height, Width = x.Shape.Width / width }, x.PlaceAxes);
    }

    private static void CheckWindow(OnnxValue x, int height, int width)
    {
        bool fits = height >= 1 && width >= 1 && (x.PlaceAxes > 0 || width == 1) && (x.PlaceAxes > 1 || height == 1);
        Require(fits, $"a window of {height} x {width} has no place in {x.Shape}, which has {x.PlaceAxes} axes of places");
    }

    private static OnnxValue Global(OnnxValue x, string name) => new(name, Shape.Vector(x.Shape.Channels), 0);

    private string Reduce(string operation, OnnxValue x, string from, bool keep = false)
    {
        Require(x.PlaceAxes > 0, "a vector has no places to reduce");
        return graph.Add(operation, [from], new OnnxAttribute("axes", x.PlaceAxisNumbers), new OnnxAttribute("keepdims", keep ? 1 : 0));
    }

    // Channels last, and back.
    private string Rows(OnnxValue x) => x.PlaceAxes == 0 ? x.Name : graph.Add("Transpose", [x.Name], Order([0, .. x.PlaceAxisNumbers, 1]));

    private string Columns(OnnxValue like, string rows) =>
        like.PlaceAxes == 0 ? rows : graph.Add("Transpose", [rows], Order([0, like.PlaceAxes + 1, .. like.PlaceAxisNumbers.Select(axis => axis - 1)]));

    private string Number(string about, float value) => graph.Constant(about, [], [value]);

    private string ChannelsFirst(string about, OnnxValue x, Shape per, ReadOnlySpan<float> values) =>
        graph.Constant(about, [1, per.Channels, .. x.PlaceSizes(per.Height, per.Width)], Transposed(values, per.Count, 1, per.Channels));

    // [places, channels, filters] to [filters, channels, places].
    private static float[] Transposed(ReadOnlySpan<float> values, int rows, int filters, int channels)
    {
        Require(values.Length == rows * filters, $"{values.Length} numbers, where {rows * filters} belong");
        float[] turned = new float[values.Length];
        int places = rows / channels;
        for (int i = 0; i < values.Length; i++)
        {
            (int row, int filter) = Math.DivRem(i, filters);
            (int place, int channel) = Math.DivRem(row, channels);
            turned[(filter * channels + channel) * places + place] = values[i];
        }

        return turned;
    }

    // [inputs, 3 x units] to [3 x units, inputs], where ONNX has the update gate before the reset gate.
    private static float[] GateRows(int units, ReadOnlySpan<float> values)
    {
        int columns = 3 * units, rows = values.Length / columns;
        float[] turned = new float[values.Length];
        for (int i = 0; i < rows * columns; i++)
        {
            (int row, int column) = Math.DivRem(i, columns);
            int to = column < units ? column + units : column < 2 * units ? column - units : column;
            turned[to * rows + row] = values[i];
        }

        return turned;
    }

    private static Parameter Find(IReadOnlyList<Parameter> parameters, string name) =>
        parameters.FirstOrDefault(parameter => parameter.Name == name) ?? throw new ArgumentException($"there is no parameter '{name}'", nameof(parameters));

    private static OnnxAttribute Order(params long[] axes) => new("perm", axes);

    private static long[] Longs(int[] sizes) => Array.ConvertAll(sizes, size => (long)size);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
