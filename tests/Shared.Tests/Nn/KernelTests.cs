using Pipeline.Nn;
using Pipeline.Nn.Kernels;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed unsafe class KernelTests
{
    public static TheoryData<string> Sets => [.. Enum.GetNames<KernelSet>().Where(name => name != nameof(KernelSet.Reference))];

    [Theory, MemberData(nameof(Sets))]
    public void A_windowed_product_has_the_reference_s_bits(string name)
    {
        KernelSet set = Supported(name);
        foreach (int columns in (int[])[16, 32, 48, 64, 112, 128, 240])
        {
            foreach ((int first, int end) in ((int, int)[])[(0, 1), (0, 5), (3, 9), (1, 24), (0, 25), (2, 49), (5, 5), (0, 71)])
            {
                foreach ((int lines, int depth, int pitch) in ((int, int, int)[])[(1, 1, 1), (1, 37, 7), (3, 48, 16), (5, 3, 1)])
                {
                    float[] expected = Product(KernelSet.Reference, columns, first, end, lines, depth, pitch);
                    float[] actual = Product(set, columns, first, end, lines, depth, pitch);
                    Assert.True(expected.SequenceEqual(actual), $"{columns} columns, rows {first} to {end}, {lines} lines of {depth}");
                }
            }
        }
    }

    [Theory, MemberData(nameof(Sets))]
    public void A_sum_of_outer_products_has_the_reference_s_bits(string name)
    {
        KernelSet set = Supported(name);
        foreach (int width in (int[])[16, 32, 64])
        {
            foreach (int rows in (int[])[0, 1, 2, 31, 100])
            {
                Assert.True(Outer(KernelSet.Reference, width, rows).SequenceEqual(Outer(set, width, rows)), $"{width} columns, {rows} rows");
            }
        }
    }

    [Fact]
    public void The_reference_is_the_product_of_the_windows_and_the_matrix()
    {
        // Two windows of one line each see 2, 3 and 3, 4; the matrix has 10, 20 in its first column.
        using var a = Filled(16, i => i + 2);
        using var b = new Floats(2 * 16);
        using var start = new Floats(16);
        using var c = new Floats(2 * 16);
        using var matrix = Filled(2, i => 10 * (i + 1));
        var panels = new Panels(16);
        WindowedProduct.Pack(panels, 2, 0, matrix.First, 1, 1, b.First);
        WindowedProduct.Pack(panels, 2, 1, matrix.First + 1, 1, 1, b.First);
        start.Span[0] = 0.5f;
        WindowedProduct.Rows(KernelSet.Reference, 0, 2, panels, new Windows { First = a.First, Pitch = 1, Lines = 1, Depth = 2 }, b.First, start.First, c.First, 16);
        Assert.Equal([80.5f, 110.5f], [c.Span[0], c.Span[16]]);
        Assert.Equal(0, c.Span[1]);
    }

    [Fact]
    public void Panels_are_of_64_then_one_of_32_and_one_of_16()
    {
        for (int columns = 16; columns <= 320; columns += 16)
        {
            var panels = new Panels(columns);
            int next = 0;
            for (int p = 0; p < panels.Count; p++)
            {
                Assert.Equal(next, panels.Start(p));
                Assert.Equal(Math.Min(64, 1 << (int)Math.Log2(columns - next)), panels.Width(p));
                for (int i = 0; i < panels.Width(p); i++)
                {
                    Assert.Equal(p, panels.Of(next + i));
                }

                next += panels.Width(p);
            }

            Assert.Equal(columns, next);
        }
    }

    // A bit of each product, and what lies around it, which must stay as it was.
    private static float[] Product(KernelSet set, int columns, int first, int end, int lines, int depth, int pitch)
    {
        int line = 5 * pitch, size = lines * depth;
        using Floats a = Random(end * pitch + lines * line + depth, 1);
        using Floats packed = Random(size * columns, 2);
        using Floats start = Random(columns, 3);
        using Floats c = Random((end + 30) * columns, 4);
        var windows = new Windows { First = a.First, Pitch = pitch, Lines = lines, Line = line, Depth = depth };
        WindowedProduct.Rows(set, first, end, new Panels(columns), windows, packed.First, start.First, c.First, columns);
        return c.Span.ToArray();
    }

    private static float[] Outer(KernelSet set, int width, int rows)
    {
        using Floats a = Random(rows * 19 + 32, 1), b = Random(rows * 80 + 64, 2), c = Random(OuterProduct.Tile * width + 16, 3);
        OuterProduct.Block(set, rows, a.First, 19, b.First, 80, c.First, width);
        return c.Span.ToArray();
    }

    private static KernelSet Supported(string name)
    {
        KernelSet set = Enum.Parse<KernelSet>(name);
        Assert.SkipUnless(KernelSets.IsSupported(set), $"this processor has no {name}");
        return set;
    }

    private static Floats Random(int length, int seed)
    {
        var random = new Random(seed);
        return Filled(length, _ => random.NextSingle() - 0.5f);
    }

    private static Floats Filled(int length, Func<int, float> value)
    {
        var floats = new Floats(length);
        for (int i = 0; i < length; i++)
        {
            floats.Span[i] = value(i);
        }

        return floats;
    }
}
