using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pipeline.Parquet.Writing;

/// <summary>
/// The smallest and greatest value of a chunk. A chunk with a NaN has none, because readers disagree on where NaN
/// stands; zeros are widened to -0 and +0, as the format asks.
/// </summary>
internal sealed class ValueBounds<T> where T : unmanaged
{
    private T min;
    private T max;
    private bool isEmpty = true;
    private bool hasNaN;

    public void Add(ReadOnlySpan<T> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        if (typeof(T) == typeof(float))
        {
            Add(MemoryMarshal.Cast<T, float>(values));
        }
        else if (typeof(T) == typeof(double))
        {
            Add(MemoryMarshal.Cast<T, double>(values));
        }
        else if (typeof(T) == typeof(int))
        {
            Add(MemoryMarshal.Cast<T, int>(values));
        }
        else if (typeof(T) == typeof(long))
        {
            Add(MemoryMarshal.Cast<T, long>(values));
        }
        else
        {
            Add(MemoryMarshal.AsBytes(values)); // booleans: 0 and 1
        }
    }

    /// <summary>The bounds as PLAIN bytes, or nulls where there are none; starts over.</summary>
    public (ReadOnlyMemory<byte>? Min, ReadOnlyMemory<byte>? Max) Take()
    {
        bool known = !isEmpty && !hasNaN;
        isEmpty = true;
        hasNaN = false;
        if (!known)
        {
            return (null, null);
        }

        if (typeof(T) == typeof(float))
        {
            WidenZeros<float>();
        }
        else if (typeof(T) == typeof(double))
        {
            WidenZeros<double>();
        }

        return (MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in min)).ToArray(), MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in max)).ToArray());
    }

    private void WidenZeros<TNumber>() where TNumber : unmanaged, INumber<TNumber>
    {
        ref TNumber low = ref Unsafe.As<T, TNumber>(ref min);
        ref TNumber high = ref Unsafe.As<T, TNumber>(ref max);
        low = TNumber.IsZero(low) ? -TNumber.Zero : low;
        high = TNumber.IsZero(high) ? TNumber.Zero : high;
    }

    // Compiled in full at its first call: see ByteStreamSplit.Vector.cs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add<TNumber>(ReadOnlySpan<TNumber> values) where TNumber : unmanaged, INumber<TNumber>
    {
        ref TNumber low = ref Unsafe.As<T, TNumber>(ref min);
        ref TNumber high = ref Unsafe.As<T, TNumber>(ref max);
        if (isEmpty)
        {
            low = high = values[0];
            isEmpty = false;
        }

        int i = 0;
        if (Vector.IsHardwareAccelerated && values.Length >= 2 * Vector<TNumber>.Count)
        {
            // Comparisons with NaN are false, so a NaN never becomes a bound; it shows as unequal to itself.
            Vector<TNumber> lows = new(low), highs = new(high), unequal = Vector<TNumber>.Zero;
            for (; i <= values.Length - Vector<TNumber>.Count; i += Vector<TNumber>.Count)
            {
                var v = new Vector<TNumber>(values[i..]);
                lows = Vector.ConditionalSelect(Vector.LessThan(v, lows), v, lows);
                highs = Vector.ConditionalSelect(Vector.GreaterThan(v, highs), v, highs);
                unequal |= ~Vector.Equals(v, v);
            }

            hasNaN |= unequal != Vector<TNumber>.Zero;
            for (int k = 0; k < Vector<TNumber>.Count; k++)
            {
                low = lows[k] < low ? lows[k] : low;
                high = highs[k] > high ? highs[k] : high;
            }
        }

        for (; i < values.Length; i++)
        {
            TNumber v = values[i];
            low = v < low ? v : low;
            high = v > high ? v : high;
            hasNaN |= TNumber.IsNaN(v);
        }
    }
}
