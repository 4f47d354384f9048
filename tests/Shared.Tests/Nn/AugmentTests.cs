using Pipeline.Nn;
using Pipeline.Nn.Training;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class AugmentTests
{
    private static readonly Shape Sequence = new(1, 10, 6);
    private static readonly Shape Picture = new(6, 10, 2);

    [Fact]
    public void Nothing_happens_by_default()
    {
        float[] values = Rising(Picture);
        Assert.Equal(values, Applied(Picture, new AugmentSettings(), values, 3));
    }

    [Fact]
    public void What_happens_is_a_matter_of_seed_and_number()
    {
        var settings = new AugmentSettings
        {
            Crop = 7, Stretch = 1.3, TimeShift = 3, BandShift = 2, Level = 1, Equaliser = 1, TimeMasks = 1, TimeMaskWidth = 2, BandMasks = 1, BandMaskWidth = 2,
        };
        float[] values = Rising(Sequence);
        Assert.Equal(Applied(Sequence, settings, values, 5), Applied(Sequence, settings, values, 5));
        Assert.NotEqual(Applied(Sequence, settings, values, 5), Applied(Sequence, settings, values, 6));
    }

    [Fact]
    public void A_crop_is_neighbouring_columns_from_anywhere()
    {
        float[] values = Rising(Picture);
        var starts = new HashSet<float>();
        for (uint number = 0; number < 100; number++)
        {
            float[] found = Applied(Picture, new AugmentSettings { Crop = 8 }, values, number);
            float start = found[0] / 2;
            starts.Add(start);
            for (int i = 0; i < found.Length; i++)
            {
                Assert.Equal(values[i / 16 * 20 + (int)start * 2 + i % 16], found[i]);
            }
        }

        Assert.Equal([0, 1, 2], starts.Order());
    }

    [Fact]
    public void A_shift_in_time_wraps_around()
    {
        float[] values = Rising(Sequence);
        var shifts = new HashSet<int>();
        for (uint number = 0; number < 100; number++)
        {
            float[] found = Applied(Sequence, new AugmentSettings { TimeShift = 2 }, values, number);
            int shift = Array.IndexOf(found, 0f) / 6;
            shifts.Add(shift);
            float[] back = [.. found[(shift * 6)..], .. found[..(shift * 6)]];
            Assert.Equal(values, back);
        }

        Assert.Equal([0, 1, 2, 8, 9], shifts.Order());
    }

    [Fact]
    public void A_shift_of_bands_is_filled_with_the_last_one()
    {
        float[] values = [.. Enumerable.Range(0, 60).Select(i => (float)(i % 6))];
        float[] lines = [.. Enumerable.Range(0, 120).Select(i => (float)(i / 20))];
        var channels = new HashSet<string>();
        var seen = new HashSet<string>();
        for (uint number = 0; number < 100; number++)
        {
            float[] found = Applied(Sequence, new AugmentSettings { BandShift = 2 }, values, number);
            channels.Add(string.Join(' ', found[..6]));
            Assert.Equal(found[..6], found[54..]);
            found = Applied(Picture, new AugmentSettings { BandShift = 2 }, lines, number);
            seen.Add(string.Join(' ', Enumerable.Range(0, 6).Select(h => found[h * 20 + 7])));
        }

        string[] expected = ["0 0 0 1 2 3", "0 0 1 2 3 4", "0 1 2 3 4 5", "1 2 3 4 5 5", "2 3 4 5 5 5"];
        Assert.Equal(expected, channels.Order(StringComparer.Ordinal));
        Assert.Equal(expected, seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_stretched_line_is_still_straight_and_no_faster_than_allowed()
    {
        var shape = new Shape(1, 100, 1);
        float[] values = Rising(shape);
        var speeds = new List<double>();
        for (uint number = 0; number < 200; number++)
        {
            float[] found = Applied(shape, new AugmentSettings { Stretch = 1.25, Crop = 40 }, values, number);
            double speed = (found[39] - found[0]) / 39.0;
            speeds.Add(speed);
            Assert.InRange(found[0], 0, 99);
            Assert.InRange(found[39], 0, 99);
            for (int i = 1; i < 40; i++)
            {
                Assert.Equal(speed, found[i] - found[i - 1], 1e-4);
            }
        }

        Assert.InRange(speeds.Min(), 0.8, 0.82);
        Assert.InRange(speeds.Max(), 1.22, 1.25);
    }

    [Fact]
    public void A_sample_that_ends_too_soon_stays_at_its_last_column()
    {
        var shape = new Shape(1, 50, 1);
        float[] found = [.. Enumerable.Range(0, 50).Select(i => Applied(shape, new AugmentSettings { Stretch = 2 }, Rising(shape), (uint)i)).MaxBy(v => v[10] - v[0])!];
        Assert.Equal(0, found[0]);
        Assert.Equal(49, found[^1]);
        Assert.Equal(49, found[^2]);
    }

    [Fact]
    public void Level_and_equaliser_add_a_smooth_curve_that_is_the_same_for_all_columns()
    {
        var shape = new Shape(1, 3, 64);
        float greatest = 0;
        for (uint number = 0; number < 100; number++)
        {
            float[] found = Applied(shape, new AugmentSettings { Equaliser = 2 }, new float[192], number);
            Assert.Equal(found[..64], found[128..]);
            Assert.Equal(0, found[..64].Sum(), 1e-4f);
            greatest = Math.Max(greatest, found.Max(Math.Abs));
            for (int k = 1; k < 64; k++)
            {
                Assert.InRange(Math.Abs(found[k] - found[k - 1]), 0, 0.25f);
            }
        }

        Assert.InRange(greatest, 1, 2);
        float[] level = Applied(Picture, new AugmentSettings { Level = 3 }, Rising(Picture), 1);
        float added = level[0];
        Assert.InRange(Math.Abs(added), 0.01f, 3);
        Assert.All(level.Zip(Rising(Picture)), pair => Assert.Equal(added, pair.First - pair.Second, 1e-4f));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Masks_clear_runs_of_columns_and_bands(bool isPicture)
    {
        Shape shape = isPicture ? Picture : Sequence;
        float[] ones = [.. Enumerable.Repeat(1f, shape.Count)];
        var widths = new HashSet<(int, int)>();
        for (uint number = 0; number < 200; number++)
        {
            float[] found = Applied(shape, new AugmentSettings { TimeMasks = 1, TimeMaskWidth = 2, BandMasks = 1, BandMaskWidth = 3 }, ones, number);
            bool[] columns = [.. Enumerable.Range(0, 10).Select(w => Enumerable.Range(0, 6).All(b => At(found, isPicture, b, w) == 0))];
            bool[] bands = [.. Enumerable.Range(0, 6).Select(b => Enumerable.Range(0, 10).All(w => At(found, isPicture, b, w) == 0))];
            for (int b = 0; b < 6; b++)
            {
                for (int w = 0; w < 10; w++)
                {
                    Assert.Equal(columns[w] || bands[b] ? 0 : 1, At(found, isPicture, b, w));
                }
            }

            widths.Add((columns.Count(m => m), bands.Count(m => m)));
        }

        Assert.Equal(12, widths.Count);
        Assert.Equal((2, 3), widths.Max());
    }

    [Fact]
    public void Settings_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Augment(Sequence, new AugmentSettings { Crop = 11 }));
        Assert.Throws<ArgumentException>(() => new Augment(Sequence, new AugmentSettings { Stretch = 0.9 }));
        Assert.Throws<ArgumentException>(() => new Augment(Sequence, new AugmentSettings()).Apply(new float[3], new float[60], 0, 0));
    }

    [Fact]
    public void A_batch_is_written_to_a_tensor()
    {
        using var tensor = new Tensor(new Shape(1, 4, 6), new Halo(0, 1), 2, isData: true);
        var augment = new Augment(Sequence, new AugmentSettings { Crop = 4 });
        augment.Apply(Rising(Sequence), tensor, 1, 8, 9);
        var alone = new float[24];
        augment.Apply(Rising(Sequence), alone, 8, 9);
        Assert.Equal([.. new float[24], .. alone], tensor.ReadAll(2));
    }

    [Fact]
    public void Mixed_samples_have_targets_mixed_by_the_same_share()
    {
        const int batch = 64;
        using var input = new Tensor(new Shape(1, 2, 1), new Halo(0, 1), batch + 1, isData: true);
        using var other = new Tensor(Shape.Vector(1), Halo.None, batch + 1, isData: true);
        var targets = new float[batch * 2];
        for (int i = 0; i < batch; i++)
        {
            // A sample knows its number, and so does its target.
            input.Write(i, [i, 2 * i]);
            other.Write(i, [-i]);
            targets[2 * i] = i;
            targets[2 * i + 1] = 1;
        }

        new Mixup(1).Apply([input, other], batch, targets, 3, 4);
        float[] first = input.ReadAll(batch), second = other.ReadAll(batch);
        for (int i = 0; i < batch; i++)
        {
            Assert.Equal(targets[2 * i], first[2 * i], 1e-4f);
            Assert.Equal(2 * targets[2 * i], first[2 * i + 1], 1e-4f);
            Assert.Equal(-targets[2 * i], second[i], 1e-4f);
            Assert.Equal(1, targets[2 * i + 1], 1e-6f);
        }

        Assert.InRange(first.Where((v, i) => i % 2 == 0 && Math.Abs(v - MathF.Round(v)) > 1e-3f).Count(), 40, batch);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(4)]
    public void Shares_are_of_the_beta_distribution(double alpha)
    {
        var draws = new Draws(11);
        double[] shares = [.. Enumerable.Range(0, 20_000).Select(_ => draws.Beta(alpha))];
        Assert.Equal(0.5, shares.Average(), 0.01);
        Assert.Equal(1 / (4 * (2 * alpha + 1)), shares.Average(s => (s - 0.5) * (s - 0.5)), 0.003);
        Assert.All(shares, s => Assert.InRange(s, 0, 1));
    }

    private static float At(float[] values, bool isPicture, int band, int column) => isPicture ? values[band * 20 + column * 2] : values[column * 6 + band];

    private static float[] Rising(Shape shape) => [.. Enumerable.Range(0, shape.Count).Select(i => (float)i)];

    private static float[] Applied(Shape shape, AugmentSettings settings, float[] values, uint number)
    {
        var augment = new Augment(shape, settings);
        var to = new float[augment.Output.Count];
        augment.Apply(values, to, 1, number);
        return to;
    }
}
