using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <content>
/// Eight samples at a time. A recursive filter is linear: eight outputs are the response to the eight inputs, a sum of
/// products that wait for nothing, and the fading away of the state before them. Products and sums are taken one after
/// the other and never fused, and sums in a fixed order, so that every machine gives the same samples.
/// </content>
internal partial struct Biquad
{
    private const int Lanes = 8;

    // For fewer samples the eight steps' coefficients cost more than they save.
    private const int WorthPreparing = 128;

    // Returns how many samples it did; the rest, fewer than eight, is for the reference.
    private int ApplyVector(Span<float> samples)
    {
        // The response to a single 1, after zeros; shifted by so many places, it is the answer to each of the eight inputs.
        Span<float> response = stackalloc float[2 * Lanes - 1];
        Span<float> fromS1 = stackalloc float[Lanes], fromS2 = stackalloc float[Lanes], toS1 = stackalloc float[Lanes], toS2 = stackalloc float[Lanes];
        response.Clear();
        Biquad pulse = Rested, first = Rested, second = Rested;
        (first.s1, second.s2) = (1, 1);
        for (int i = 0; i < Lanes; i++)
        {
            response[Lanes - 1 + i] = (float)pulse.Next(i == 0 ? 1 : 0);
            fromS1[i] = (float)first.Next(0);
            fromS2[i] = (float)second.Next(0);
            // What an input leaves in the state: the last one as it is after one step, the first one after eight.
            (toS1[Lanes - 1 - i], toS2[Lanes - 1 - i]) = ((float)pulse.s1, (float)pulse.s2);
        }

        ref float answer = ref MemoryMarshal.GetReference(response);
        Vector256<float> h0 = Vector256.LoadUnsafe(ref answer, 7), h1 = Vector256.LoadUnsafe(ref answer, 6), h2 = Vector256.LoadUnsafe(ref answer, 5);
        Vector256<float> h3 = Vector256.LoadUnsafe(ref answer, 4), h4 = Vector256.LoadUnsafe(ref answer, 3), h5 = Vector256.LoadUnsafe(ref answer, 2);
        Vector256<float> h6 = Vector256.LoadUnsafe(ref answer, 1), h7 = Vector256.LoadUnsafe(ref answer, 0);
        Vector256<float> from1 = Vector256.Create<float>(fromS1), from2 = Vector256.Create<float>(fromS2);
        Vector256<float> to1 = Vector256.Create<float>(toS1), to2 = Vector256.Create<float>(toS2);
        var whisper = Vector256.Create(Samples.Whisper);
        (double keep11, double keep12, double keep21, double keep22) = (first.s1, second.s1, first.s2, second.s2);
        (double a, double b) = (s1, s2);
        ref float place = ref MemoryMarshal.GetReference(samples);
        int done = 0;
        for (; done + Lanes <= samples.Length; done += Lanes)
        {
            ref float x = ref Unsafe.Add(ref place, done);
            Vector256<float> input = Vector256.LoadUnsafe(ref x) + whisper;
            Vector256<float> even = h0 * Vector256.Create(x) + h2 * Vector256.Create(Unsafe.Add(ref x, 2))
                + (h4 * Vector256.Create(Unsafe.Add(ref x, 4)) + h6 * Vector256.Create(Unsafe.Add(ref x, 6)));
            Vector256<float> odd = h1 * Vector256.Create(Unsafe.Add(ref x, 1)) + h3 * Vector256.Create(Unsafe.Add(ref x, 3))
                + (h5 * Vector256.Create(Unsafe.Add(ref x, 5)) + h7 * Vector256.Create(Unsafe.Add(ref x, 7)));
            Vector256<float> faded = from1 * Vector256.Create((float)a) + from2 * Vector256.Create((float)b);
            (even + odd + faded).StoreUnsafe(ref x);
            (a, b) = (keep11 * a + keep12 * b + Sum(to1 * input), keep21 * a + keep22 * b + Sum(to2 * input));
        }

        (s1, s2) = (a, b);
        return done;
    }

    private readonly Biquad Rested
    {
        get
        {
            Biquad rested = this;
            (rested.s1, rested.s2) = (0, 0);
            return rested;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum(Vector256<float> v)
    {
        Vector128<float> four = v.GetLower() + v.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.GetElement(0) + two.GetElement(1);
    }
}
