using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Audio.Plain;

/// <content>
/// The same, some samples at a time. Integers are widened to 32 bits and scaled by a power of two, which loses nothing that the division
/// would keep. A-law and mu-law are looked up, without choosing anew for every sample.
///
/// The loops are compiled in full at their first call: a stage that reads one clip would else spend it in a slow version of them.
/// </content>
internal static unsafe partial class SampleDecoder
{
    private const float Scale8 = 1 / 128f, Scale16 = 1 / 32768f, Scale32 = 1 / 2147483648f;

    // Bytes of each 16-bit, 32-bit or 64-bit number turned round.
    private static Vector256<byte> Swap16 => Vector256.Create((byte)1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14, 17, 16, 19, 18, 21, 20, 23, 22, 25, 24, 27, 26, 29, 28, 31, 30);

    private static Vector256<byte> Swap32 => Vector256.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, 19, 18, 17, 16, 23, 22, 21, 20, 27, 26, 25, 24, 31, 30, 29, 28);

    private static Vector256<byte> Swap64 => Vector256.Create((byte)7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8, 23, 22, 21, 20, 19, 18, 17, 16, 31, 30, 29, 28, 27, 26, 25, 24);

    // Four samples of three bytes to the upper three bytes of 32 bits; 255 picks no byte, that is zero.
    private static Vector128<byte> Spread24 => Vector128.Create((byte)255, 0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11);

    private static Vector128<byte> Spread24Big => Vector128.Create((byte)255, 2, 1, 0, 255, 5, 4, 3, 255, 8, 7, 6, 255, 11, 10, 9);

    // Returns how many samples it did; the rest is for the reference.
    internal static int DecodeVector(ReadOnlySpan<byte> bytes, SampleEncoding encoding, bool bigEndian, Span<float> samples)
    {
        if (!BitConverter.IsLittleEndian || bytes.Length < (long)samples.Length * PlainLayout.WidthOf(encoding))
        {
            return 0;
        }

        fixed (byte* from = bytes)
        fixed (float* to = samples)
        {
            return encoding switch
            {
                SampleEncoding.UInt8 => Decode8(from, to, samples.Length, 0x80),
                SampleEncoding.Int8 => Decode8(from, to, samples.Length, 0),
                SampleEncoding.Int16 => Decode16(from, to, samples.Length, bigEndian),
                SampleEncoding.Int24 => Decode24(from, to, samples.Length, bigEndian ? Spread24Big : Spread24),
                SampleEncoding.Int32 => Decode32(from, to, samples.Length, bigEndian),
                SampleEncoding.Float32 => DecodeFloat32(from, to, samples.Length, bigEndian),
                SampleEncoding.Float64 => DecodeFloat64(from, to, samples.Length, bigEndian),
                SampleEncoding.ALaw => LookUp(from, to, samples.Length, ALawTable),
                SampleEncoding.MuLaw => LookUp(from, to, samples.Length, MuLawTable),
                _ => 0,
            };
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Decode8(byte* from, float* to, int count, byte flip)
    {
        // Turning the topmost bit takes 128 from an unsigned byte.
        Vector128<byte> mask = Vector128.Create(flip);
        int i = 0;
        for (; i + 16 <= count; i += 16)
        {
            Vector256<short> wide = Vector256.WidenLower((Vector128.Load(from + i) ^ mask).AsSByte().ToVector256Unsafe());
            Store(wide, Scale8, to + i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Decode16(byte* from, float* to, int count, bool bigEndian)
    {
        int i = 0;
        for (; i + 16 <= count; i += 16)
        {
            Vector256<byte> bytes = Vector256.Load(from + 2 * i);
            Store((bigEndian ? Swap(bytes, Swap16) : bytes).AsInt16(), Scale16, to + i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Decode24(byte* from, float* to, int count, Vector128<byte> spread)
    {
        // A load takes sixteen bytes and uses twelve: it must not go beyond the last sample.
        int i = 0;
        for (; i + 6 <= count; i += 4)
        {
            Vector128<int> wide = Vector128.Shuffle(Vector128.Load(from + 3 * i), spread).AsInt32();
            (Vector128.ConvertToSingle(wide) * Scale32).Store(to + i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Decode32(byte* from, float* to, int count, bool bigEndian)
    {
        int i = 0;
        for (; i + 8 <= count; i += 8)
        {
            Vector256<byte> bytes = Vector256.Load(from + 4 * i);
            (Vector256.ConvertToSingle((bigEndian ? Swap(bytes, Swap32) : bytes).AsInt32()) * Scale32).Store(to + i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int DecodeFloat32(byte* from, float* to, int count, bool bigEndian)
    {
        int i = 0;
        for (; i + 8 <= count; i += 8)
        {
            Vector256<byte> bytes = Vector256.Load(from + 4 * i);
            (bigEndian ? Swap(bytes, Swap32) : bytes).AsSingle().Store(to + i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int DecodeFloat64(byte* from, float* to, int count, bool bigEndian)
    {
        int i = 0;
        for (; i + 8 <= count; i += 8)
        {
            Vector256<byte> low = Vector256.Load(from + 8 * i), high = Vector256.Load(from + 8 * i + 32);
            Vector256.Narrow((bigEndian ? Swap(low, Swap64) : low).AsDouble(), (bigEndian ? Swap(high, Swap64) : high).AsDouble()).Store(to + i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LookUp(byte* from, float* to, int count, float[] table)
    {
        ReadOnlySpan<float> values = table.AsSpan(0, 256);
        for (int i = 0; i < count; i++)
        {
            to[i] = values[from[i]];
        }

        return count;
    }

    // The bytes never leave their half, so AVX2's shuffle within halves, which looks at the lower four bits only, will do.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Swap(Vector256<byte> bytes, Vector256<byte> order)
        => Avx2.IsSupported ? Avx2.Shuffle(bytes, order) : Vector256.Shuffle(bytes, order);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<short> samples, float scale, float* to)
    {
        (Vector256<int> low, Vector256<int> high) = Vector256.Widen(samples);
        (Vector256.ConvertToSingle(low) * scale).Store(to);
        (Vector256.ConvertToSingle(high) * scale).Store(to + 8);
    }
}
