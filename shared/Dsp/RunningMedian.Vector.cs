using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp;

/// <content>
/// Many series at a time, one in each lane, and each kept in order: from one place to the next one value leaves and another
/// comes, which takes a single run through the sorted values.
/// </content>
public sealed partial class RunningMedian
{
    private const int Lanes = 8;
    private const int WideLanes = 16;

    // Frames ahead that are fetched, where values come from and where medians go: rows are too far apart for the processor to see
    // them coming, and a store that waits for its line holds up those behind it.
    private const int Ahead = 8;

    // Frames whose medians are found for all bins before those of later frames: each frame is on a page of its own, of which
    // the processor knows so many places only, and its lines should stay in the cache for the bins that are next.
    private const int StretchFrames = 384;

    private readonly int lanes;
    private readonly LineAligned sorted; // Kernel + 1 vectors; the last stays infinite
    private LineAligned column; // values of a frame, of as many frames as there are lanes
    private LineAligned medians;
    private readonly LineAligned tile = new(2 * WideLanes * WideLanes); // halfway between rows and columns

    private void AlongTimeVector(ReadOnlySpan<float> values, int frames, int width, Span<float> result)
    {
        for (int first = 0; first < frames; first += StretchFrames)
        {
            int end = Math.Min(frames, first + StretchFrames);
            for (int k = 0; k < width; k += lanes)
            {
                // The last vector of a frame overlaps the one before.
                int from = Math.Min(k, width - lanes);
                Series(values[from..], frames, width, first, end, result[from..]);
            }
        }
    }

    private void AlongFrequencyVector(ReadOnlySpan<float> values, int frames, int width, Span<float> result)
    {
        if (column.Length != width * lanes)
        {
            (column, medians) = (new LineAligned(width * lanes), new LineAligned(width * lanes));
        }

        for (int t = 0; t < frames; t += lanes)
        {
            int count = Math.Min(lanes, frames - t);
            bool isWhole = lanes == WideLanes && count == lanes && width >= lanes;
            if (isWhole)
            {
                TilesWide(ref MemoryMarshal.GetReference(values.Slice(t * width, count * width)), width, 1, ref column.First, lanes, lanes, width);
            }
            else
            {
                ToColumns(values.Slice(t * width, count * width), width, column.Values);
            }

            Series(column.Values, width, lanes, 0, width, medians.Values);
            if (isWhole)
            {
                TilesWide(ref medians.First, lanes, lanes, ref MemoryMarshal.GetReference(result.Slice(t * width, count * width)), width, 1, width);
            }
            else
            {
                FromColumns(medians.Values, width, result.Slice(t * width, count * width));
            }
        }
    }

    // Sixteen frames between rows and columns, sixteen values of each at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private void TilesWide(ref float from, int fromApart, int fromStep, ref float to, int toApart, int toStep, int width)
    {
        ref float first = ref tile.First, second = ref Unsafe.Add(ref tile.First, WideLanes * WideLanes);
        for (int k = 0; k < width; k += WideLanes)
        {
            // The last tile overlaps the one before.
            int at = Math.Min(k, width - WideLanes);
            ShuffleWide(ref Unsafe.Add(ref from, at * fromStep), fromApart, ref first, WideLanes);
            ShuffleWide(ref first, WideLanes, ref second, WideLanes);
            ShuffleWide(ref second, WideLanes, ref first, WideLanes);
            ShuffleWide(ref first, WideLanes, ref Unsafe.Add(ref to, at * toStep), toApart);
        }
    }

    // Deals out the upper eight vectors between the numbers of the lower eight, which turns a number's place (row, column) as
    // a binary number by one digit; four times turn rows into columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ShuffleWide(ref float from, int fromApart, ref float to, int toApart)
    {
        Vector512<int> low = Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        Vector512<int> high = Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        for (int i = 0; i < WideLanes / 2; i++)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref from, (nuint)(i * fromApart));
            Vector512<float> b = Vector512.LoadUnsafe(ref from, (nuint)((i + WideLanes / 2) * fromApart));
            Avx512F.PermuteVar16x32x2(a, low, b).StoreUnsafe(ref to, (nuint)(2 * i * toApart));
            Avx512F.PermuteVar16x32x2(a, high, b).StoreUnsafe(ref to, (nuint)((2 * i + 1) * toApart));
        }
    }

    // The frames' first values side by side, then the second ones, and so on.
    private void ToColumns(ReadOnlySpan<float> frames, int width, Span<float> columns)
    {
        for (int t = 0; t * width < frames.Length; t++)
        {
            ReadOnlySpan<float> frame = frames.Slice(t * width, width);
            for (int k = 0; k < frame.Length; k++)
            {
                columns[k * lanes + t] = frame[k];
            }
        }
    }

    private void FromColumns(ReadOnlySpan<float> columns, int width, Span<float> frames)
    {
        for (int t = 0; t * width < frames.Length; t++)
        {
            Span<float> frame = frames.Slice(t * width, width);
            for (int k = 0; k < frame.Length; k++)
            {
                frame[k] = columns[k * lanes + t];
            }
        }
    }

    // Some medians of series side by side, of which the next values stand so many numbers further on.
    private void Series(ReadOnlySpan<float> values, int count, int apart, int first, int end, Span<float> result)
    {
        if (lanes == WideLanes)
        {
            SeriesWide(values, count, apart, first, end, result);
        }
        else
        {
            SeriesVector(values, count, apart, first, end, result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private void SeriesWide(ReadOnlySpan<float> values, int count, int apart, int first, int end, Span<float> result)
    {
        ref float from = ref MemoryMarshal.GetReference(values), to = ref MemoryMarshal.GetReference(result), order = ref sorted.First;
        sorted.Values.Fill(float.PositiveInfinity);
        int reach = Reach;
        for (int coming = first - reach; coming < end + reach; coming++)
        {
            int leaving = coming - Kernel; // at first what the memory was filled with
            Vector512<float> old = leaving < first - reach
                ? Vector512.Create(float.PositiveInfinity)
                : Vector512.LoadUnsafe(ref from, (nuint)Mirrored(leaving, count) * (nuint)apart);
            Vector512<float> value = Vector512.LoadUnsafe(ref from, (nuint)Mirrored(coming, count) * (nuint)apart);
            if (coming + Ahead < count)
            {
                Prefetch(ref Unsafe.Add(ref from, (nint)(coming + Ahead) * apart + WideLanes - 1));
                Prefetch(ref Unsafe.Add(ref to, (nint)Math.Max(0, coming + Ahead - reach) * apart + WideLanes - 1));
            }

            Vector512<float> before = Vector512.Create(float.NegativeInfinity), here = Vector512.LoadUnsafe(ref order);
            for (nuint i = 0; i < (nuint)Kernel * WideLanes; i += WideLanes)
            {
                Vector512<float> next = Vector512.LoadUnsafe(ref order, i + WideLanes);
                Vector512<float> kept = Vector512.ConditionalSelect(Vector512.LessThan(here, old), here, next);
                Avx512F.Max(before, Avx512F.Min(kept, value)).StoreUnsafe(ref order, i);
                (before, here) = (kept, next);
            }

            if (coming >= first + reach)
            {
                Vector512.LoadUnsafe(ref order, (nuint)reach * WideLanes).StoreUnsafe(ref to, (nuint)(coming - reach) * (nuint)apart);
            }
        }
    }

    // As before, eight at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private void SeriesVector(ReadOnlySpan<float> values, int count, int apart, int first, int end, Span<float> result)
    {
        ref float from = ref MemoryMarshal.GetReference(values), to = ref MemoryMarshal.GetReference(result), order = ref sorted.First;
        sorted.Values.Fill(float.PositiveInfinity);
        int reach = Reach;
        for (int coming = first - reach; coming < end + reach; coming++)
        {
            int leaving = coming - Kernel; // at first what the memory was filled with
            Vector256<float> old = leaving < first - reach
                ? Vector256.Create(float.PositiveInfinity)
                : Vector256.LoadUnsafe(ref from, (nuint)Mirrored(leaving, count) * (nuint)apart);
            Vector256<float> value = Vector256.LoadUnsafe(ref from, (nuint)Mirrored(coming, count) * (nuint)apart);
            if (coming + Ahead < count)
            {
                Prefetch(ref Unsafe.Add(ref from, (nint)(coming + Ahead) * apart + Lanes - 1));
                Prefetch(ref Unsafe.Add(ref to, (nint)Math.Max(0, coming + Ahead - reach) * apart + Lanes - 1));
            }

            Vector256<float> before = Vector256.Create(float.NegativeInfinity), here = Vector256.LoadUnsafe(ref order);
            for (nuint i = 0; i < (nuint)Kernel * Lanes; i += Lanes)
            {
                Vector256<float> next = Vector256.LoadUnsafe(ref order, i + Lanes);
                Vector256<float> kept = Vector256.ConditionalSelect(Vector256.LessThan(here, old), here, next);
                Avx.Max(before, Avx.Min(kept, value)).StoreUnsafe(ref order, i);
                (before, here) = (kept, next);
            }

            if (coming >= first + reach)
            {
                Vector256.LoadUnsafe(ref order, (nuint)reach * Lanes).StoreUnsafe(ref to, (nuint)(coming - reach) * (nuint)apart);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref float place) => Sse.Prefetch0(Unsafe.AsPointer(ref place));
}
