using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Layers;

/// <summary>
/// The elementwise passes of a block, sixteen channels at a time: normalisation, ReLU, the greatest of neighbours and dropout in one,
/// a line of the output after the other. What was dropped is computed again on the way back, and not kept.
/// </summary>
internal sealed unsafe class BlockPass
{
    private static readonly Vector512<uint> Counting = Vector512.Create(0u, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    private readonly Tensor convolved;
    private readonly Tensor output;
    private readonly ConvSettings settings;
    private readonly BlockTerms terms;
    private readonly int filters;
    private readonly uint dropBelow; // of 2^32
    private readonly float keptScale;

    public BlockPass(Tensor convolved, Tensor output, ConvSettings settings, BlockTerms terms)
    {
        (this.convolved, this.output, this.settings, this.terms) = (convolved, output, settings, terms);
        filters = convolved.Pitch;
        dropBelow = (uint)(settings.Dropout * 4294967296.0);
        keptScale = 1 / (1 - settings.Dropout);
    }

    /// <summary>Adds up u - origin and its square of the places among rows <paramref name="first"/> to before <paramref name="end"/>, where origin is u of the first of them.</summary>
    public void ForwardSums(int first, int end, int part)
    {
        float* origins = null;
        int columns = convolved.Columns;
        int lines = convolved.Shape.Height + convolved.Halo.Lines;
        V floor = Vector512.Create(terms.InnerFloor);
        for (int r = first; r < end;)
        {
            int line = r / columns;
            int stop = Math.Min(end, (line + 1) * columns);
            r = Math.Max(r, line * columns + convolved.Halo.Columns);
            if (line % lines >= convolved.Halo.Lines && r < stop)
            {
                float* y = convolved.Data + (long)r * filters;
                if (origins is null)
                {
                    origins = terms.Origins(part);
                    for (int f = 0; f < filters; f += Tensor.Lanes)
                    {
                        Vector512.MaxNative(floor, Vector512.Load(y + f)).Store(origins + f);
                    }
                }

                Add(y, stop - r, floor, origins, terms.Sums(part));
                terms.Count(part, stop - r);
            }

            r = stop;
        }
    }

    /// <summary>Writes a line of the output, counted through all samples.</summary>
    public void Forward(int line, uint seed)
    {
        (int sample, int h) = Math.DivRem(line, output.Shape.Height);
        float* top = convolved.At(sample, h * settings.PoolHeight, 0);
        int row = output.Row(sample, h, 0);
        Pool(top, (nint)convolved.Columns * filters, output.Data + (long)row * filters, output.Shape.Width);
        if (dropBelow > 0)
        {
            Drop(output.Data + (long)row * filters, (uint)((long)row * filters), output.Shape.Width * filters, seed);
        }
    }

    /// <summary>Writes a stretch of a line of the output, of rows that stand elsewhere; for passes that are no training.</summary>
    public void Infer(float* top, nint line, float* to, int count) => Pool(top, line, to, count);

    /// <summary>Adds up g and g u of a line of the output, where g is the gradient of v at the place that was the greatest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BackwardSums(int line, uint seed, float* sums)
    {
        (int sample, int h) = Math.DivRem(line, output.Shape.Height);
        int filters = this.filters, row = output.Row(sample, h, 0), width = output.Shape.Width, step = settings.PoolWidth * filters;
        bool wide = settings.PoolWidth == 2, high = settings.PoolHeight == 2, drops = dropBelow > 0;
        nint below = (nint)convolved.Columns * filters;
        V inner = Vector512.Create(terms.InnerFloor), outer = Vector512.Create(terms.OuterFloor), scale = Vector512.Create(keptScale);
        Vector512<uint> dropped = Vector512.Create(dropBelow), counting = Counting;
        for (int f = 0; f < filters; f += Tensor.Lanes)
        {
            V factor = Vector512.Load(terms.Factor + f), addend = Vector512.Load(terms.Addend + f);
            V sum = Vector512.Load(sums + f), products = Vector512.Load(sums + filters + f);
            float* y = convolved.At(sample, h * settings.PoolHeight, 0) + f;
            float* g = output.Data + (long)row * filters + f;
            uint at = (uint)((long)row * filters + f);
            for (int w = 0; w < width; w++, y += step, g += filters, at += (uint)filters)
            {
                V u = Vector512.MaxNative(inner, Vector512.Load(y));
                V best = Vector512.FusedMultiplyAdd(factor, u, addend);
                if (wide)
                {
                    Greater(y + filters, inner, factor, addend, ref u, ref best);
                }

                if (high)
                {
                    Greater(y + below, inner, factor, addend, ref u, ref best);
                    if (wide)
                    {
                        Greater(y + below + filters, inner, factor, addend, ref u, ref best);
                    }
                }

                V gradient = Vector512.Load(g);
                if (drops)
                {
                    gradient = Kept(gradient, counting + Vector512.Create(at), seed, dropped, scale);
                }

                gradient = Vector512.ConditionalSelect(Vector512.GreaterThan(best, outer), gradient, V.Zero);
                sum += gradient;
                products = Vector512.FusedMultiplyAdd(gradient, u, products);
            }

            sum.Store(sums + f);
            products.Store(sums + filters + f);
        }
    }

    /// <summary>Replaces what the convolution wrote by its gradient, for a line of the output, and adds that up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BackwardApply(int line, uint seed, float* sums)
    {
        (int sample, int h) = Math.DivRem(line, output.Shape.Height);
        int filters = this.filters, row = output.Row(sample, h, 0), width = output.Shape.Width, step = settings.PoolWidth * filters;
        bool wide = settings.PoolWidth == 2, high = settings.PoolHeight == 2, drops = dropBelow > 0;
        nint below = (nint)convolved.Columns * filters;
        V inner = Vector512.Create(terms.InnerFloor), outer = Vector512.Create(terms.OuterFloor), scale = Vector512.Create(keptScale);
        Vector512<uint> dropped = Vector512.Create(dropBelow), counting = Counting;
        for (int f = 0; f < filters; f += Tensor.Lanes)
        {
            V factor = Vector512.Load(terms.Factor + f), addend = Vector512.Load(terms.Addend + f);
            V slope = Vector512.Load(terms.Slope + f), offset = Vector512.Load(terms.Offset + f), sum = Vector512.Load(sums + f);
            float* y = convolved.At(sample, h * settings.PoolHeight, 0) + f;
            float* g = output.Data + (long)row * filters + f;
            uint at = (uint)((long)row * filters + f);
            for (int w = 0; w < width; w++, y += step, g += filters, at += (uint)filters)
            {
                V gradient = Vector512.Load(g);
                if (drops)
                {
                    gradient = Kept(gradient, counting + Vector512.Create(at), seed, dropped, scale);
                }

                V ya = Vector512.Load(y), ua = Vector512.MaxNative(inner, ya), va = Vector512.FusedMultiplyAdd(factor, ua, addend);
                if (!wide && !high)
                {
                    V only = Vector512.ConditionalSelect(Vector512.GreaterThan(va, outer), factor * gradient, V.Zero);
                    sum += Put(y, ya, ua, only, inner, slope, offset);
                    continue;
                }

                // The first of the greatest has the gradient.
                float* second = y + (wide ? filters : below);
                V yb = Vector512.Load(second), ub = Vector512.MaxNative(inner, yb), vb = Vector512.FusedMultiplyAdd(factor, ub, addend);
                V isB = Vector512.GreaterThan(vb, va), best = Vector512.MaxNative(va, vb);
                if (!wide || !high)
                {
                    V one = Vector512.ConditionalSelect(Vector512.GreaterThan(best, outer), factor * gradient, V.Zero);
                    sum += Put(y, ya, ua, Vector512.ConditionalSelect(isB, V.Zero, one), inner, slope, offset);
                    sum += Put(second, yb, ub, Vector512.ConditionalSelect(isB, one, V.Zero), inner, slope, offset);
                    continue;
                }

                V yc = Vector512.Load(y + below), uc = Vector512.MaxNative(inner, yc), vc = Vector512.FusedMultiplyAdd(factor, uc, addend);
                V isC = Vector512.GreaterThan(vc, best);
                best = Vector512.MaxNative(best, vc);
                V yd = Vector512.Load(y + below + filters), ud = Vector512.MaxNative(inner, yd), vd = Vector512.FusedMultiplyAdd(factor, ud, addend);
                V isD = Vector512.GreaterThan(vd, best);
                best = Vector512.MaxNative(best, vd);
                V whole = Vector512.ConditionalSelect(Vector512.GreaterThan(best, outer), factor * gradient, V.Zero);
                V rest = Vector512.ConditionalSelect(isD, V.Zero, whole);
                sum += Put(y + below + filters, yd, ud, Vector512.ConditionalSelect(isD, whole, V.Zero), inner, slope, offset);
                sum += Put(y + below, yc, uc, Vector512.ConditionalSelect(isC, rest, V.Zero), inner, slope, offset);
                rest = Vector512.ConditionalSelect(isC, V.Zero, rest);
                sum += Put(y, ya, ua, Vector512.ConditionalSelect(isB, V.Zero, rest), inner, slope, offset);
                sum += Put(second, yb, ub, Vector512.ConditionalSelect(isB, rest, V.Zero), inner, slope, offset);
            }

            sum.Store(sums + f);
        }

        ApplyLeftOver(sample, h, sums);
    }

    // Places that no output looks at, where a side is odd: they have had a part in the statistics.
    private void ApplyLeftOver(int sample, int h, float* sums)
    {
        int used = output.Shape.Width * settings.PoolWidth;
        for (int i = 0; i < settings.PoolHeight; i++)
        {
            ApplyUnused(convolved.At(sample, h * settings.PoolHeight + i, used), convolved.Shape.Width - used, sums);
        }

        for (int i = (h + 1) * settings.PoolHeight; h == output.Shape.Height - 1 && i < convolved.Shape.Height; i++)
        {
            ApplyUnused(convolved.At(sample, i, 0), convolved.Shape.Width, sums);
        }
    }

    private void ApplyUnused(float* y, int count, float* sums)
    {
        V inner = Vector512.Create(terms.InnerFloor);
        for (; count > 0; count--, y += filters)
        {
            for (int f = 0; f < filters; f += Tensor.Lanes)
            {
                V value = Vector512.Load(y + f);
                V put = Put(y + f, value, Vector512.MaxNative(inner, value), V.Zero, inner, Vector512.Load(terms.Slope + f), Vector512.Load(terms.Offset + f));
                (Vector512.Load(sums + f) + put).Store(sums + f);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Put(float* place, V y, V u, V gradient, V inner, V slope, V offset)
    {
        V du = Vector512.FusedMultiplyAdd(slope, u, offset) + gradient;
        V dy = Vector512.ConditionalSelect(Vector512.GreaterThan(y, inner), du, V.Zero);
        dy.Store(place);
        return dy;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Greater(float* place, V inner, V factor, V addend, ref V u, ref V best)
    {
        V other = Vector512.MaxNative(inner, Vector512.Load(place));
        V value = Vector512.FusedMultiplyAdd(factor, other, addend);
        u = Vector512.ConditionalSelect(Vector512.GreaterThan(value, best), other, u);
        best = Vector512.MaxNative(best, value);
    }

    // What is no number has to be noticed. MaxNative gives the second of two where one is none; Max, which costs a little more,
    // gives the one that is none wherever it stands.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pool(float* top, nint line, float* to, int count)
    {
        bool wide = settings.PoolWidth == 2, high = settings.PoolHeight == 2;
        int step = settings.PoolWidth * filters, all = filters;
        float* factors = terms.Factor, addends = terms.Addend;
        V inner = Vector512.Create(terms.InnerFloor), outer = Vector512.Create(terms.OuterFloor);
        for (; count > 0; count--, top += step, to += all)
        {
            for (int f = 0; f < all; f += Tensor.Lanes)
            {
                V factor = Vector512.Load(factors + f), addend = Vector512.Load(addends + f);
                float* y = top + f;
                V v = Vector512.MaxNative(outer, Vector512.FusedMultiplyAdd(factor, Vector512.MaxNative(inner, Vector512.Load(y)), addend));
                if (wide)
                {
                    v = Vector512.Max(v, Vector512.FusedMultiplyAdd(factor, Vector512.MaxNative(inner, Vector512.Load(y + all)), addend));
                }

                if (high)
                {
                    v = Vector512.Max(v, Vector512.FusedMultiplyAdd(factor, Vector512.MaxNative(inner, Vector512.Load(y + line)), addend));
                    if (wide)
                    {
                        v = Vector512.Max(v, Vector512.FusedMultiplyAdd(factor, Vector512.MaxNative(inner, Vector512.Load(y + line + all)), addend));
                    }
                }

                v.Store(to + f);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Drop(float* values, uint at, int count, uint seed)
    {
        V scale = Vector512.Create(keptScale);
        Vector512<uint> dropped = Vector512.Create(dropBelow), counting = Counting + Vector512.Create(at);
        for (int i = 0; i < count; i += Tensor.Lanes)
        {
            Kept(Vector512.Load(values + i), counting + Vector512.Create((uint)i), seed, dropped, scale).Store(values + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Kept(V values, Vector512<uint> counters, uint seed, Vector512<uint> dropped, V scale) =>
        Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(CounterHash.Of(seed, counters), dropped).AsSingle(), values * scale, V.Zero);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(float* y, int rows, V floor, float* origins, float* sums)
    {
        int f = 0;
        for (; f + 64 <= filters; f += 64)
        {
            V s0 = Vector512.Load(sums + f), s1 = Vector512.Load(sums + f + 16), s2 = Vector512.Load(sums + f + 32), s3 = Vector512.Load(sums + f + 48);
            V o0 = Vector512.Load(origins + f), o1 = Vector512.Load(origins + f + 16), o2 = Vector512.Load(origins + f + 32), o3 = Vector512.Load(origins + f + 48);
            float* squares = sums + filters + f;
            V q0 = Vector512.Load(squares), q1 = Vector512.Load(squares + 16), q2 = Vector512.Load(squares + 32), q3 = Vector512.Load(squares + 48);
            float* from = y + f;
            for (int r = 0; r < rows; r++, from += filters)
            {
                V v0 = Vector512.MaxNative(floor, Vector512.Load(from)) - o0, v1 = Vector512.MaxNative(floor, Vector512.Load(from + 16)) - o1;
                V v2 = Vector512.MaxNative(floor, Vector512.Load(from + 32)) - o2, v3 = Vector512.MaxNative(floor, Vector512.Load(from + 48)) - o3;
                s0 += v0;
                s1 += v1;
                s2 += v2;
                s3 += v3;
                q0 = Vector512.FusedMultiplyAdd(v0, v0, q0);
                q1 = Vector512.FusedMultiplyAdd(v1, v1, q1);
                q2 = Vector512.FusedMultiplyAdd(v2, v2, q2);
                q3 = Vector512.FusedMultiplyAdd(v3, v3, q3);
            }

            s0.Store(sums + f);
            s1.Store(sums + f + 16);
            s2.Store(sums + f + 32);
            s3.Store(sums + f + 48);
            q0.Store(squares);
            q1.Store(squares + 16);
            q2.Store(squares + 32);
            q3.Store(squares + 48);
        }

        for (; f < filters; f += Tensor.Lanes)
        {
            V sum = Vector512.Load(sums + f), products = Vector512.Load(sums + filters + f), origin = Vector512.Load(origins + f);
            float* from = y + f;
            for (int r = 0; r < rows; r++, from += filters)
            {
                V value = Vector512.MaxNative(floor, Vector512.Load(from)) - origin;
                sum += value;
                products = Vector512.FusedMultiplyAdd(value, value, products);
            }

            sum.Store(sums + f);
            products.Store(sums + filters + f);
        }
    }
}
