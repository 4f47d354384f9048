namespace Pipeline.Nn;

/// <summary>
/// What flows between two layers: a batch of samples of one shape, channels last, with the zeros that the next convolution
/// wants around them.
///
/// Its rows are places: row(b, h, w) = (b (H + hl) + h + hl) (W + hc) + w + hc, each of <see cref="Pitch"/> floats, of
/// which the first <see cref="Shape"/>.Channels count and the others are zero. So the window that a line of a kernel sees from
/// any place is a contiguous run of floats, and a convolution of the whole batch is one product of matrices. In front of the
/// first row and behind the last one there are rows of zeros enough for every window.
///
/// After the backward pass of the layer that reads it, it holds the gradient of the loss with respect to what it held.
/// </summary>
public sealed unsafe class Tensor : IDisposable
{
    /// <summary>Floats of a vector register: rows of activations are filled up to a multiple of these.</summary>
    public const int Lanes = 16;

    private readonly Floats floats;
    private readonly bool isView;

    /// <summary>A tensor of zeros.</summary>
    /// <param name="shape">Of a sample.</param>
    /// <param name="halo">Zeros around each sample.</param>
    /// <param name="capacity">Samples of the greatest batch.</param>
    /// <param name="isData">Whether it holds the data that a network looks at: rows are not filled up then, and no gradient is asked for.</param>
    public Tensor(Shape shape, Halo halo, int capacity, bool isData = false)
    {
        (Shape, Halo, Capacity, IsData) = (shape, halo, capacity, isData);
        Run = shape.Channels;
        RunPitch = Pitch = isData ? shape.Channels : RoundUp(shape.Channels);
        _ = checked(Columns * Pitch); // a line is cleared and copied as one span
        Guard = (long)halo.Lines * Columns + halo.Columns;
        // A window is read in whole registers, past the last row too.
        floats = new Floats((Rows(capacity) + 2 * Guard) * Pitch + 4 * Lanes);
        Data = floats.First + Guard * Pitch;
    }

    private Tensor(Tensor of)
    {
        (Capacity, IsData, floats, isView) = (of.Capacity, of.IsData, of.floats, true);
        Shape = Shape.Vector(of.Shape.Count);
        Pitch = checked(of.Shape.Places * of.Pitch);
        (Run, RunPitch) = (of.Run, of.RunPitch);
        Data = of.Data;
    }

    /// <summary>Shape of a sample.</summary>
    public Shape Shape { get; }

    /// <summary>Zeros around each sample.</summary>
    public Halo Halo { get; }

    /// <summary>Samples of the greatest batch.</summary>
    public int Capacity { get; }

    /// <summary>Whether it holds data: nobody wants its gradient.</summary>
    public bool IsData { get; }

    /// <summary>Floats of a row, those that fill it up included.</summary>
    public int Pitch { get; }

    /// <summary>Channels of a row that follow each other without a gap. Fewer than all where places were made one vector.</summary>
    public int Run { get; }

    /// <summary>Floats from one run of channels to the next.</summary>
    public int RunPitch { get; }

    /// <summary>The first row.</summary>
    internal float* Data { get; }

    /// <summary>Rows from one line to the next.</summary>
    internal int Columns => Shape.Width + Halo.Columns;

    /// <summary>Rows from one sample to the next.</summary>
    internal int SampleRows => checked((Shape.Height + Halo.Lines) * Columns);

    /// <summary>The first row that is a place.</summary>
    internal int FirstRow => Halo.Lines * Columns + Halo.Columns;

    /// <summary>Zero rows in front of the first row, and behind the last.</summary>
    internal long Guard { get; }

    /// <summary>The same floats with all places of a sample as one vector. There must be no halo.</summary>
    public Tensor Flat() => Halo == Halo.None ? new Tensor(this) : throw new InvalidOperationException("a tensor with a halo cannot be made flat");

    /// <summary>Rows of a batch, halos included.</summary>
    internal int Rows(int batch) => checked(batch * SampleRows);

    /// <summary>The row of a place.</summary>
    internal int Row(int sample, int line, int column) => (sample * (Shape.Height + Halo.Lines) + line + Halo.Lines) * Columns + column + Halo.Columns;

    /// <summary>The first float of a place.</summary>
    internal float* At(int sample, int line, int column) => Data + (long)Row(sample, line, column) * Pitch;

    /// <summary>Writes a sample: height x width x channels floats.</summary>
    public void Write(int sample, ReadOnlySpan<float> values)
    {
        if (values.Length != Shape.Count)
        {
            throw new ArgumentException($"{values.Length} values for a sample of {Shape}", nameof(values));
        }

        ReadOnlySpan<float> from = values;
        for (int h = 0; h < Shape.Height; h++)
        {
            if (Pitch == Shape.Channels)
            {
                int line = Shape.Width * Pitch;
                from.Slice(h * line, line).CopyTo(new Span<float>(At(sample, h, 0), line));
                continue;
            }

            for (int w = 0; w < Shape.Width; w++)
            {
                float* row = At(sample, h, w);
                for (int at = 0; at < Pitch; at += RunPitch)
                {
                    from[..Run].CopyTo(new Span<float>(row + at, Run));
                    from = from[Run..];
                }
            }
        }
    }

    /// <summary>Reads a sample: height x width x channels floats.</summary>
    public void Read(int sample, Span<float> values)
    {
        Span<float> to = values;
        for (int h = 0; h < Shape.Height; h++)
        {
            for (int w = 0; w < Shape.Width; w++)
            {
                float* row = At(sample, h, w);
                for (int at = 0; at < Pitch; at += RunPitch)
                {
                    new ReadOnlySpan<float>(row + at, Run).CopyTo(to);
                    to = to[Run..];
                }
            }
        }
    }

    /// <summary>Makes the halos of a batch zero again, after a product has written all of its rows.</summary>
    internal void ClearHalos(int batch)
    {
        int lines = batch * (Shape.Height + Halo.Lines);
        for (int line = 0; line < lines; line++)
        {
            bool isHalo = line % (Shape.Height + Halo.Lines) < Halo.Lines;
            new Span<float>(Data + (long)line * Columns * Pitch, (isHalo ? Columns : Halo.Columns) * Pitch).Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!isView)
        {
            floats.Dispose();
        }
    }

    internal static int RoundUp(int count) => checked(count + Lanes - 1) / Lanes * Lanes;
}
