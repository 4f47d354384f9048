using Pipeline.Nn;
using Pipeline.Nn.Layers;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class SummaryTests
{
    private static readonly SummarySettings None = new()
    {
        Mean = false,
        Deviation = false,
        Change = false,
        Skewness = false,
        Texture = false,
        Modulation = false,
        Covariance = false,
    };

    [Theory]
    [InlineData(8, 2)]
    [InlineData(9, 3)]
    [InlineData(31, 13)]
    [InlineData(50, 21)]
    [InlineData(194, 128)]
    public void A_summary_is_what_its_reference_says(int frames, int channels)
    {
        var shape = new Shape(1, frames, channels);
        float[] samples = Samples(shape, 3);
        Check(shape, new SummarySettings(), samples);
    }

    [Fact]
    public void Each_part_can_stand_alone_or_be_left_out()
    {
        var shape = new Shape(1, 20, 18);
        float[] samples = Samples(shape, 2);
        SummarySettings all = new();
        SummarySettings[] some =
        [
            None with { Mean = true },
            None with { Deviation = true },
            None with { Change = true },
            None with { Skewness = true },
            None with { Texture = true },
            None with { Modulation = true },
            None with { Covariance = true },
            all with { Mean = false },
            all with { Texture = false },
            all with { Modulation = false },
            all with { Covariance = false },
        ];
        Assert.All(some, settings => Check(shape, settings, samples));
    }

    [Fact]
    public void There_are_985_numbers_of_128_bands() => Assert.Equal(985, new SummarySettings().CountOf(new Shape(1, 384, 128)));

    [Fact]
    public void What_never_changes_has_finite_numbers()
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(1, 40, 20), Halo.None, 1, isData: true);
        input.Write(0, [.. Enumerable.Repeat(3f, input.Shape.Count)]);
        using var layer = new Summary(input, new SummarySettings(), team);
        layer.Forward(1, Pass.Inference);
        Assert.All(layer.Output.ReadAll(1), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_slow_beat_is_in_a_low_band_and_a_fast_one_in_a_high_one()
    {
        float[] slow = Modulation(3), fast = Modulation(40);
        Assert.True(slow.IndexOf(slow.Max()) < fast.IndexOf(fast.Max()));

        static float[] Modulation(int beats)
        {
            using var team = new Team(1);
            using var input = new Tensor(new Shape(1, 100, 2), Halo.None, 1, isData: true);
            input.Write(0, [.. Enumerable.Range(0, 200).Select(i => MathF.Sin(2 * MathF.PI * beats * (i / 2) / 100))]);
            using var layer = new Summary(input, None with { Modulation = true }, team);
            layer.Forward(1, Pass.Inference);
            return layer.Output.ReadAll(1)[..(layer.Output.Shape.Channels / 2)];
        }
    }

    [Fact]
    public void Other_inputs_than_sequences_of_data_are_refused()
    {
        using var team = new Team(1);
        Refuse(new Shape(1, 20, 5), isData: false, new SummarySettings());
        Refuse(new Shape(2, 20, 5), isData: true, new SummarySettings());
        Refuse(new Shape(1, 7, 5), isData: true, new SummarySettings());
        Refuse(new Shape(1, 20, 1), isData: true, new SummarySettings());
        Refuse(new Shape(1, 20, 5), isData: true, None);

        void Refuse(Shape shape, bool isData, SummarySettings settings)
        {
            using var input = new Tensor(shape, Halo.None, 1, isData);
            Assert.Throws<ArgumentException>(() => new Summary(input, settings, team));
        }
    }

    // With one thread and with three, which give the same bits.
    private static void Check(Shape shape, SummarySettings settings, float[] samples)
    {
        int batch = samples.Length / shape.Count;
        float[] expected = [.. samples.Chunk(shape.Count).SelectMany(sample => SummaryReference.Of(shape, settings, sample)).Select(value => (float)value)];
        float[] alone = Run(1);
        TorchGolden.AssertClose(expected, alone);
        Assert.Equal(alone, Run(3));

        float[] Run(int threads)
        {
            using var team = new Team(threads);
            using var input = new Tensor(shape, Halo.None, batch + 1, isData: true);
            using var layer = new Summary(input, settings, team);
            input.WriteAll(samples);
            input.Write(batch, [.. Enumerable.Repeat(1000f, shape.Count)]);
            layer.Forward(batch, new Pass(true, 1));
            return layer.Output.ReadAll(batch);
        }
    }

    // Neighbours are alike, as they are in music.
    private static float[] Samples(Shape shape, int batch)
    {
        var random = new Random(shape.Count);
        float[] values = new float[shape.Count * batch];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (i > 0 ? 0.6f * values[i - 1] : 0) + random.NextSingle() - 0.3f;
        }

        return values;
    }
}
