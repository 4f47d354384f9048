using System.Buffers;

namespace Pipeline.Nn.Training;

/// <summary>
/// Varies samples at random: crop, tempo, shifts in time and of bands, level, a random equaliser, and masks (SpecAugment: Park and others,
/// 2019), in this order. What happens to a sample is a function of a seed and of its number; threads may share one of these.
/// </summary>
public sealed class Augment
{
    // Waves that the curve of the equaliser is made of.
    private const int Waves = 4;

    private readonly AugmentSettings settings;
    private readonly Shape input;
    private readonly bool isPicture;
    private readonly int bands;

    /// <summary>For samples of a shape.</summary>
    public Augment(Shape input, AugmentSettings settings)
    {
        bool arePositive = settings is { Crop: >= 0, Stretch: >= 1, TimeShift: >= 0, BandShift: >= 0, Level: >= 0, Equaliser: >= 0 };
        bool areMasks = settings is { TimeMasks: >= 0, TimeMaskWidth: >= 0, BandMasks: >= 0, BandMaskWidth: >= 0 };
        if (!arePositive || !areMasks || settings.Crop > input.Width)
        {
            throw new ArgumentException($"samples of {input} cannot be varied like this: {settings}", nameof(settings));
        }

        (this.settings, this.input) = (settings, input);
        isPicture = input.Height > 1;
        bands = isPicture ? input.Height : input.Channels;
        Output = input with { Width = settings.Crop == 0 ? input.Width : settings.Crop };
    }

    /// <summary>The shape of what comes out: narrower where there is a crop.</summary>
    public Shape Output { get; }

    /// <summary>Varies a sample.</summary>
    /// <param name="values">Height x width x channels floats.</param>
    /// <param name="to">Room for those of <see cref="Output"/>.</param>
    /// <param name="seed">Of the epoch.</param>
    /// <param name="number">Of the sample in the epoch.</param>
    public void Apply(ReadOnlySpan<float> values, Span<float> to, uint seed, uint number)
    {
        if (values.Length != input.Count || to.Length != Output.Count)
        {
            throw new ArgumentException($"{values.Length} values to {to.Length}, for samples of {input} to {Output}");
        }

        var draws = new Draws(CounterHash.Of(seed, number));
        double speed = Math.Pow(settings.Stretch, draws.Signed());
        double start = draws.Share() * Math.Max(0, input.Width - 1 - (Output.Width - 1) * speed);
        int turn = draws.UpTo(2 * settings.TimeShift) - settings.TimeShift;
        int shift = draws.UpTo(2 * settings.BandShift) - settings.BandShift;
        Columns columns = settings.Stretch > 1 ? new(start, speed, turn) : new(draws.UpTo(input.Width - Output.Width), 1, turn);

        float[] added = ArrayPool<float>.Shared.Rent(bands);
        Curve(added.AsSpan(0, bands), ref draws);
        int line = Output.Width * input.Channels;
        for (int h = 0; h < input.Height; h++)
        {
            int from = isPicture ? Math.Clamp(h - shift, 0, input.Height - 1) : h;
            Resample(values.Slice(from * input.Width * input.Channels, input.Width * input.Channels), to.Slice(h * line, line), columns);
        }

        if (!isPicture && shift != 0)
        {
            ShiftChannels(to, shift);
        }

        if (settings.Level > 0 || settings.Equaliser > 0)
        {
            Add(to, added);
        }

        ArrayPool<float>.Shared.Return(added);
        for (int i = 0; i < settings.TimeMasks; i++)
        {
            (int first, int count) = Run(Output.Width, settings.TimeMaskWidth, ref draws);
            for (int h = 0; h < input.Height; h++)
            {
                to.Slice(h * line + first * input.Channels, count * input.Channels).Clear();
            }
        }

        for (int i = 0; i < settings.BandMasks; i++)
        {
            (int first, int count) = Run(bands, settings.BandMaskWidth, ref draws);
            MaskBands(to, first, count);
        }
    }

    /// <summary>The same into a sample of a batch.</summary>
    public void Apply(ReadOnlySpan<float> values, Tensor to, int sample, uint seed, uint number)
    {
        float[] room = ArrayPool<float>.Shared.Rent(Output.Count);
        Apply(values, room.AsSpan(0, Output.Count), seed, number);
        to.Write(sample, room.AsSpan(0, Output.Count));
        ArrayPool<float>.Shared.Return(room);
    }

    private static (int First, int Count) Run(int length, int widest, ref Draws draws)
    {
        int count = draws.UpTo(Math.Min(length, widest));
        return (draws.UpTo(length - count), count);
    }

    // What is added to each band: the level, and a sum of waves none of which is longer than twice the bands, nor can be greater together
    // than the settings say.
    private void Curve(Span<float> added, ref Draws draws)
    {
        added.Fill((float)(settings.Level * draws.Signed()));
        for (int wave = 1; wave <= Waves; wave++)
        {
            double height = settings.Equaliser / Waves * draws.Signed();
            for (int band = 0; band < added.Length; band++)
            {
                added[band] += (float)(height * Math.Cos(Math.PI * wave * (band + 0.5) / added.Length));
            }
        }
    }

    // Each column is between two of the turned line, or at its end.
    private void Resample(ReadOnlySpan<float> line, Span<float> to, Columns columns)
    {
        int channels = input.Channels;
        for (int w = 0; w < Output.Width; w++)
        {
            double place = Math.Min(columns.Start + w * columns.Speed, input.Width - 1);
            int left = (int)place;
            var share = (float)(place - left);
            ReadOnlySpan<float> a = line.Slice(Turned(left, columns.Turn) * channels, channels);
            Span<float> column = to.Slice(w * channels, channels);
            a.CopyTo(column);
            if (share > 0)
            {
                ReadOnlySpan<float> b = line.Slice(Turned(left + 1, columns.Turn) * channels, channels);
                for (int c = 0; c < column.Length; c++)
                {
                    column[c] += share * (b[c] - column[c]);
                }
            }
        }
    }

    private int Turned(int column, int turn) => (int)(((long)column - turn) % input.Width + input.Width) % input.Width;

    private void ShiftChannels(Span<float> to, int shift)
    {
        int channels = input.Channels, moved = Math.Min(Math.Abs(shift), channels - 1);
        for (int at = 0; at < to.Length; at += channels)
        {
            Span<float> column = to.Slice(at, channels);
            if (shift > 0)
            {
                column[..^moved].CopyTo(column[moved..]);
                column[..moved].Fill(column[0]);
            }
            else
            {
                column[moved..].CopyTo(column);
                column[^moved..].Fill(column[^1]);
            }
        }
    }

    private void Add(Span<float> to, ReadOnlySpan<float> added)
    {
        int channels = input.Channels, line = Output.Width * channels;
        for (int at = 0; at < to.Length; at += channels)
        {
            Span<float> place = to.Slice(at, channels);
            for (int c = 0; c < place.Length; c++)
            {
                place[c] += isPicture ? added[at / line] : added[c];
            }
        }
    }

    private void MaskBands(Span<float> to, int first, int count)
    {
        int channels = input.Channels;
        if (isPicture)
        {
            int line = Output.Width * channels;
            to.Slice(first * line, count * line).Clear();
            return;
        }

        for (int at = 0; at < to.Length; at += channels)
        {
            to.Slice(at + first, count).Clear();
        }
    }

    // Column w of the output is at Start + Speed * w of the line, which has been turned by so many columns.
    private readonly record struct Columns(double Start, double Speed, int Turn);
}
