using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Layers;

/// <summary>
/// A sequence of data as one vector of statistics: how its channels are distributed, how they change, at which rates they rise and fall,
/// and how the shapes of its spectra vary together. <see cref="SummaryReference"/> says what they are. Nothing is learnt, and since the
/// input is data, nothing goes back.
/// </summary>
public sealed unsafe class Summary : ILayer
{
    private readonly Tensor input;
    private readonly SummarySettings settings;
    private readonly Team team;
    private readonly SummaryBasis basis;
    private readonly int columns; // of a frame's projection, filled up
    private readonly int waves; // two of each bin, filled up
    private readonly Matrix? projection;
    private readonly Matrix? transform;
    private readonly Floats none; // zeros that rows of products begin with
    private readonly Floats room; // of each sample: projected frames, frames of blocks, their spectra
    private readonly long roomEach;

    /// <summary>A layer without parameters.</summary>
    /// <param name="input">What it reads: a sequence of data.</param>
    /// <param name="settings">What is said of it.</param>
    /// <param name="team">Who computes.</param>
    /// <exception cref="ArgumentException">The input is something else, or too small.</exception>
    public Summary(Tensor input, SummarySettings settings, Team team)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(settings);
        if (!input.IsData)
        {
            throw new ArgumentException("a summary is of the data itself: it has no gradient for layers before it", nameof(input));
        }

        (this.input, this.settings, this.team) = (input, settings, team);
        basis = new SummaryBasis(input.Shape);
        Output = new Tensor(Shape.Vector(settings.CountOf(input.Shape)), Halo.None, input.Capacity, isData: true);
        columns = Tensor.RoundUp(basis.Coefficients + basis.Blocks);
        waves = Tensor.RoundUp(2 * basis.Bins);
        none = new Floats(Math.Max(columns, waves));
        roomEach = (long)Frames * (columns + basis.Blocks) + (long)basis.Blocks * waves;
        room = new Floats(settings.Modulation || settings.Covariance ? input.Capacity * roomEach : 0);
        projection = settings.Modulation || settings.Covariance ? Project() : null;
        transform = settings.Modulation ? Transform() : null;
    }

    /// <inheritdoc/>
    public Tensor Output { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => [];

    private int Frames => input.Shape.Width;

    private int Channels => input.Shape.Channels;

    /// <inheritdoc/>
    public void Forward(int batch, Pass pass) => team.For(batch, sample =>
    {
        float* to = Output.At(sample, 0, 0);
        for (int f = 0; f < Channels; f += Tensor.Lanes)
        {
            OfChannels(input.At(sample, 0, 0) + f, f, to);
        }

        float* end = to + Output.Shape.Channels;
        float* frames = room.First + sample * roomEach;
        projection?.Multiply(Frames, input.At(sample, 0, 0), input.Pitch, none.First, frames, columns);
        if (settings.Covariance)
        {
            end -= basis.CovarianceCount;
            Covariance(frames, end);
        }

        if (settings.Modulation)
        {
            Modulation(frames, end - basis.ModulationCount);
        }
    });

    /// <inheritdoc/>
    public void Backward(int batch)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        none.Dispose();
        room.Dispose();
        projection?.Dispose();
        transform?.Dispose();
    }

    private Matrix Project()
    {
        var matrix = new Matrix(Channels, columns);
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int column = 0; column < basis.Coefficients + basis.Blocks; column++)
            {
                matrix.Row(channel)[column] = basis.Projection(channel, column);
            }
        }

        matrix.Pack();
        return matrix;
    }

    // The cosines of all bins, then their sines.
    private Matrix Transform()
    {
        var matrix = new Matrix(Frames, waves);
        for (int column = 0; column < 2 * basis.Bins; column++)
        {
            float[] wave = basis.Wave(column % basis.Bins, isSine: column >= basis.Bins);
            for (int t = 0; t < Frames; t++)
            {
                matrix.Row(t)[column] = wave[t];
            }
        }

        matrix.Pack();
        return matrix;
    }

    // Of sixteen channels at a time. What is read of channels that there are not is never written.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OfChannels(float* x, int f, float* to)
    {
        int pitch = input.Pitch;
        V share = Vector512.Create(1f / Frames), first = Vector512.Load(x), sum = V.Zero, change = V.Zero, texture = V.Zero, before = first;
        float* at = x;
        for (int t = 0; t < Frames; t++, at += pitch)
        {
            V value = Vector512.Load(at);
            sum += value - first;
            change += Vector512.Abs(value - before);
            texture += Vector512.Abs(Vector512.Load(at + 1) - value);
            before = value;
        }

        V mean = first + sum * share, squares = V.Zero, cubes = V.Zero;
        at = x;
        for (int t = 0; t < Frames; t++, at += pitch)
        {
            V d = Vector512.Load(at) - mean;
            V square = d * d;
            squares += square;
            cubes = Vector512.FusedMultiplyAdd(square, d, cubes);
        }

        V deviation = Vector512.Sqrt(squares * share + Vector512.Create(SummaryBasis.VarianceFloor));
        to = Put(settings.Mean, mean, to, Channels);
        to = Put(settings.Deviation, deviation, to, Channels);
        to = Put(settings.Change, change / Vector512.Create(Frames - 1f), to, Channels);
        to = Put(settings.Skewness, cubes * share / (deviation * deviation * deviation + Vector512.Create(SummaryBasis.CubeFloor)), to, Channels);
        Put(settings.Texture, texture * share, to, Channels - 1);

        // Gives where the next part begins.
        float* Put(bool wanted, V values, float* part, int count)
        {
            for (int i = 0; wanted && i < Math.Min(Tensor.Lanes, count - f); i++)
            {
                part[f + i] = values[i];
            }

            return wanted ? part + count : part;
        }
    }

    private void Modulation(float* frames, float* to)
    {
        float* blocks = frames + (long)Frames * columns;
        float* spectra = blocks + (long)Frames * basis.Blocks;
        for (int t = 0; t < Frames; t++)
        {
            for (int b = 0; b < basis.Blocks; b++)
            {
                blocks[(long)b * Frames + t] = frames[(long)t * columns + basis.Coefficients + b];
            }
        }

        transform!.Multiply(basis.Blocks, blocks, Frames, none.First, spectra, waves);
        for (int b = 0; b < basis.Blocks; b++)
        {
            float* cosine = spectra + (long)b * waves, sine = cosine + basis.Bins;
            for (int band = 0; band < basis.Bands; band++)
            {
                float sum = 0;
                for (int i = basis.Start(band); i < basis.Start(band + 1); i++)
                {
                    sum += cosine[i] * cosine[i] + sine[i] * sine[i];
                }

                to[b * basis.Bands + band] = MathF.Log(sum / (basis.Start(band + 1) - basis.Start(band)) + SummaryBasis.PowerFloor);
            }
        }
    }

    // Takes the means of the coefficients away from them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Covariance(float* frames, float* to)
    {
        int k = basis.Coefficients;
        float* triangle = to, deviations = to + k * (k + 1) / 2;
        V share = Vector512.Create(1f / Frames), floor = Vector512.Create(SummaryBasis.VarianceFloor);
        float* last = frames + (long)(Frames - 1) * columns;
        for (int f = 0; f < k; f += Tensor.Lanes)
        {
            int real = Math.Min(Tensor.Lanes, k - f);
            V sum = V.Zero, squares = V.Zero, meanChange = (Vector512.Load(last + f) - Vector512.Load(frames + f)) / Vector512.Create(Frames - 1f);
            for (float* at = frames + f; at <= last + f; at += columns)
            {
                sum += Vector512.Load(at);
            }

            V mean = sum * share;
            for (float* at = frames + f; at <= last + f; at += columns)
            {
                V value = Vector512.Load(at);
                if (at < last + f)
                {
                    V d = Vector512.Load(at + columns) - value - meanChange;
                    squares = Vector512.FusedMultiplyAdd(d, d, squares);
                }

                (value - mean).Store(at);
            }

            V deviation = Vector512.Sqrt(squares / Vector512.Create(Frames - 1f) + floor);
            for (int i = 0; i < real; i++)
            {
                deviations[k + f + i] = deviation[i];
            }
        }

        for (int i = 0; i < k; i++)
        {
            for (int f = i / Tensor.Lanes * Tensor.Lanes; f < k; f += Tensor.Lanes)
            {
                V sum = V.Zero;
                for (float* at = frames; at <= last; at += columns)
                {
                    sum = Vector512.FusedMultiplyAdd(Vector512.Create(at[i]), Vector512.Load(at + f), sum);
                }

                V covariance = sum * share;
                for (int j = Math.Max(i, f); j < Math.Min(k, f + Tensor.Lanes); j++)
                {
                    float value = covariance[j - f];
                    *triangle++ = MathF.CopySign(MathF.Sqrt(MathF.Abs(value)), value);
                    if (j == i)
                    {
                        deviations[i] = MathF.Sqrt(value + SummaryBasis.VarianceFloor);
                    }
                }
            }
        }
    }
}
