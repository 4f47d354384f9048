using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Nn.Kernels;

/// <summary>
/// C = start + A B, the product behind convolutions, dense layers and recurrent ones: A is rows of windows, B is packed in
/// panels, and every row of C begins with <c>start</c>. Each sum is made in the order of A's columns with one rounding a
/// step, whatever the instructions, so that all give the same bits.
/// </summary>
internal static unsafe class WindowedProduct
{
    /// <summary>A multiple of the rows that any kernel computes at a time: work is best cut into multiples of it.</summary>
    public const int Tile = 24;

    /// <summary>Rows from <paramref name="first"/> to before <paramref name="end"/> of C, in all panels.</summary>
    /// <param name="set">The instructions.</param>
    /// <param name="first">First row.</param>
    /// <param name="end">Row behind the last.</param>
    /// <param name="panels">Panels of C's columns.</param>
    /// <param name="a">A.</param>
    /// <param name="packed">B, by <see cref="Pack"/>.</param>
    /// <param name="start">What each row of C begins with.</param>
    /// <param name="c">Row 0 of C.</param>
    /// <param name="ldc">Floats from one row of C to the next.</param>
    public static void Rows(KernelSet set, int first, int end, Panels panels, in Windows a, float* packed, float* start, float* c, int ldc)
    {
        for (int p = 0; p < panels.Count; p++)
        {
            Panel(set, first, end, p, panels, a, packed, start, c, ldc);
        }
    }

    /// <summary>The same for one panel.</summary>
    public static void Panel(KernelSet set, int first, int end, int panel, Panels panels, in Windows a, float* packed, float* start, float* c, int ldc)
    {
        int column = panels.Start(panel);
        int width = panels.Width(panel);
        packed += (long)column * a.Size;
        start += column;
        c += column;
        switch (set)
        {
            case KernelSet.Avx512:
                WindowedProductAvx512.Panel(first, end, width, a, packed, start, c, ldc);
                break;
            case KernelSet.Avx2:
                WindowedProductAvx2.Panel(first, end, width, a, packed, start, c, ldc);
                break;
            case KernelSet.Portable:
                WindowedProductPortable.Panel(first, end, width, a, packed, start, c, ldc);
                break;
            default:
                Reference(first, end, width, a, packed, start, c, ldc);
                break;
        }
    }

    /// <summary>Packs row <paramref name="row"/> of B: <paramref name="values"/> for its columns, zeros behind them.</summary>
    /// <param name="panels">Panels of B's columns.</param>
    /// <param name="size">Rows of B.</param>
    /// <param name="row">Which row.</param>
    /// <param name="values">The first value.</param>
    /// <param name="stride">Floats from one value to the next.</param>
    /// <param name="count">How many values.</param>
    /// <param name="packed">B.</param>
    public static void Pack(Panels panels, int size, int row, float* values, nint stride, int count, float* packed)
    {
        for (int p = 0; p < panels.Count; p++)
        {
            int start = panels.Start(p);
            int width = panels.Width(p);
            float* to = packed + (long)start * size + (long)row * width;
            int real = Math.Clamp(count - start, 0, width);
            if (stride == 1)
            {
                new ReadOnlySpan<float>(values + start, real).CopyTo(new Span<float>(to, real));
            }
            else
            {
                for (int j = 0; j < real; j++)
                {
                    to[j] = values[(start + j) * stride];
                }
            }

            new Span<float>(to + real, width - real).Clear();
        }
    }

    /// <summary>One row of a panel, for what is less than a kernel's rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(int width, in Windows a, int row, float* packed, float* start, float* c)
    {
        for (int column = 0; column < width; column += Tensor.Lanes)
        {
            Vector512<float> sum = Vector512.Load(start + column);
            float* b = packed + column;
            for (int i = 0; i < a.Lines; i++)
            {
                float* values = a.First + (long)row * a.Pitch + i * a.Line;
                for (int k = 0; k < a.Depth; k++, b += width)
                {
                    sum = Vector512.FusedMultiplyAdd(Vector512.Create(values[k]), Vector512.Load(b), sum);
                }
            }

            sum.Store(c + column);
        }
    }

    private static void Reference(int first, int end, int width, in Windows a, float* packed, float* start, float* c, int ldc)
    {
        for (int r = first; r < end; r++)
        {
            for (int j = 0; j < width; j++)
            {
                float sum = start[j];
                for (int i = 0; i < a.Lines; i++)
                {
                    for (int k = 0; k < a.Depth; k++)
                    {
                        sum = MathF.FusedMultiplyAdd(a.First[(long)r * a.Pitch + i * a.Line + k], packed[(long)(i * a.Depth + k) * width + j], sum);
                    }
                }

                c[(long)r * ldc + j] = sum;
            }
        }
    }
}
