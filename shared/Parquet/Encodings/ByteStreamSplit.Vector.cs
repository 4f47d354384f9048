using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Parquet.Encodings;

/// <content>
/// Values of 4 and 8 bytes, 16 values at a time in 4 or 8 vectors: a matrix of bytes to transpose.
///
/// Think of the bytes as a deck of cards and interleave its halves, as in a riffle shuffle: the card at position p
/// goes to position p rotated left by one bit. Of the 16 values' bytes in streams, the upper two (or three) bits of
/// the position are the stream and the lower four the value; two (or three) riffles swap them, and four riffles
/// swap them back.
///
/// The loops are compiled in full at their first call. Otherwise a program compiled ahead of time, which leaves vectors
/// out, starts with a quick version of them that is a hundred times slower, and keeps it for a tenth of a second.
/// </content>
internal static unsafe partial class ByteStreamSplit
{
    private const int ValuesPerStep = 16;

    internal static bool IsVectorSupported(int width)
        => width is 4 or 8 && (Sse2.IsSupported || AdvSimd.Arm64.IsSupported);

    // Both return how many values they did; the rest, fewer than 16, is for the reference.
    private static int EncodeVector(ReadOnlySpan<byte> values, int width, Span<byte> streams)
    {
        fixed (byte* from = values, to = streams)
        {
            return width == 4 ? Encode4(from, to, values.Length / 4) : Encode8(from, to, values.Length / 8);
        }
    }

    private static int DecodeVector(ReadOnlySpan<byte> streams, int width, int total, int first, Span<byte> values)
    {
        fixed (byte* from = streams, to = values)
        {
            return width == 4
                ? Decode4(from + first, total, to, values.Length / 4)
                : Decode8(from + first, total, to, values.Length / 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Encode4(byte* from, byte* to, nint count)
    {
        nint i = 0;
        for (; i + ValuesPerStep <= count; i += ValuesPerStep, from += 4 * ValuesPerStep)
        {
            Vector128<byte> a = Vector128.Load(from);
            Vector128<byte> b = Vector128.Load(from + 16);
            Vector128<byte> c = Vector128.Load(from + 32);
            Vector128<byte> d = Vector128.Load(from + 48);

            Riffle(ref a, ref b, ref c, ref d);
            Riffle(ref a, ref b, ref c, ref d);
            Riffle(ref a, ref b, ref c, ref d);
            Riffle(ref a, ref b, ref c, ref d);

            a.Store(to + i);
            b.Store(to + count + i);
            c.Store(to + 2 * count + i);
            d.Store(to + 3 * count + i);
        }

        return (int)i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Decode4(byte* from, nint total, byte* to, int count)
    {
        int i = 0;
        for (; i + ValuesPerStep <= count; i += ValuesPerStep, to += 4 * ValuesPerStep)
        {
            Vector128<byte> a = Vector128.Load(from + i);
            Vector128<byte> b = Vector128.Load(from + total + i);
            Vector128<byte> c = Vector128.Load(from + 2 * total + i);
            Vector128<byte> d = Vector128.Load(from + 3 * total + i);

            Riffle(ref a, ref b, ref c, ref d);
            Riffle(ref a, ref b, ref c, ref d);

            a.Store(to);
            b.Store(to + 16);
            c.Store(to + 32);
            d.Store(to + 48);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Encode8(byte* from, byte* to, nint count)
    {
        nint i = 0;
        for (; i + ValuesPerStep <= count; i += ValuesPerStep, from += 8 * ValuesPerStep)
        {
            Vector128<byte> a = Vector128.Load(from);
            Vector128<byte> b = Vector128.Load(from + 16);
            Vector128<byte> c = Vector128.Load(from + 32);
            Vector128<byte> d = Vector128.Load(from + 48);
            Vector128<byte> e = Vector128.Load(from + 64);
            Vector128<byte> f = Vector128.Load(from + 80);
            Vector128<byte> g = Vector128.Load(from + 96);
            Vector128<byte> h = Vector128.Load(from + 112);

            Riffle(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
            Riffle(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
            Riffle(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
            Riffle(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);

            a.Store(to + i);
            b.Store(to + count + i);
            c.Store(to + 2 * count + i);
            d.Store(to + 3 * count + i);
            e.Store(to + 4 * count + i);
            f.Store(to + 5 * count + i);
            g.Store(to + 6 * count + i);
            h.Store(to + 7 * count + i);
        }

        return (int)i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Decode8(byte* from, nint total, byte* to, int count)
    {
        int i = 0;
        for (; i + ValuesPerStep <= count; i += ValuesPerStep, to += 8 * ValuesPerStep)
        {
            Vector128<byte> a = Vector128.Load(from + i);
            Vector128<byte> b = Vector128.Load(from + total + i);
            Vector128<byte> c = Vector128.Load(from + 2 * total + i);
            Vector128<byte> d = Vector128.Load(from + 3 * total + i);
            Vector128<byte> e = Vector128.Load(from + 4 * total + i);
            Vector128<byte> f = Vector128.Load(from + 5 * total + i);
            Vector128<byte> g = Vector128.Load(from + 6 * total + i);
            Vector128<byte> h = Vector128.Load(from + 7 * total + i);

            Riffle(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
            Riffle(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
            Riffle(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);

            a.Store(to);
            b.Store(to + 16);
            c.Store(to + 32);
            d.Store(to + 48);
            e.Store(to + 64);
            f.Store(to + 80);
            g.Store(to + 96);
            h.Store(to + 112);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Riffle(ref Vector128<byte> a, ref Vector128<byte> b, ref Vector128<byte> c, ref Vector128<byte> d)
    {
        (Vector128<byte> w, Vector128<byte> x, Vector128<byte> y, Vector128<byte> z)
            = (ZipLow(a, c), ZipHigh(a, c), ZipLow(b, d), ZipHigh(b, d));
        a = w;
        b = x;
        c = y;
        d = z;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Riffle(
        ref Vector128<byte> a, ref Vector128<byte> b, ref Vector128<byte> c, ref Vector128<byte> d,
        ref Vector128<byte> e, ref Vector128<byte> f, ref Vector128<byte> g, ref Vector128<byte> h)
    {
        Vector128<byte> ae = ZipLow(a, e), aeHigh = ZipHigh(a, e);
        Vector128<byte> bf = ZipLow(b, f), bfHigh = ZipHigh(b, f);
        Vector128<byte> cg = ZipLow(c, g), cgHigh = ZipHigh(c, g);
        Vector128<byte> dh = ZipLow(d, h), dhHigh = ZipHigh(d, h);
        a = ae;
        b = aeHigh;
        c = bf;
        d = bfHigh;
        e = cg;
        f = cgHigh;
        g = dh;
        h = dhHigh;
    }

    // a0 b0 a1 b1 ... of the lower, or the upper, eight bytes each
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ZipLow(Vector128<byte> a, Vector128<byte> b)
        => Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ZipHigh(Vector128<byte> a, Vector128<byte> b)
        => Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
