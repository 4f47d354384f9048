using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>Sawtooth and pulse of a steady pitch, with rounded jumps (PolyBLEP), without which they would alias.</summary>
internal static class Waves
{
    private const int Lanes = 8;

    /// <summary>Adds a wave.</summary>
    /// <param name="sum">Where to, a multiple of eight samples.</param>
    /// <param name="phase">Share of the period before the first sample.</param>
    /// <param name="step">Periods per sample.</param>
    /// <param name="pulse">0 is a sawtooth, 1 a pulse, between them a mixture.</param>
    /// <param name="width">Of the pulse, as a share of the period.</param>
    /// <returns>Share of the period at the last sample.</returns>
    public static float Add(Span<float> sum, float phase, float step, float pulse, float width)
    {
        ref float to = ref MemoryMarshal.GetReference(sum);
        var steps = Vector256.Create(step);
        var edges = new Edges(steps, Vector256.Create(1 / step), Vector256.Create(1 - step));
        Vector256<float> places = Vector256.Create(1f, 2, 3, 4, 5, 6, 7, 8);
        Vector256<float> p = default;
        for (int i = 0; i < sum.Length; i += Lanes)
        {
            p = Wrap(Vector256.Create(phase) + (places + Vector256.Create((float)i)) * steps);
            Vector256<float> corner = edges.Round(p);
            Vector256<float> wave = Vector256.LoadUnsafe(ref to, (nuint)i);
            if (pulse < 1)
            {
                wave += (1 - pulse) * (p + p - Vector256<float>.One - corner);
            }

            if (pulse > 0)
            {
                // Its mean is taken away: a narrow pulse would push the filter to one side.
                Vector256<float> level = Vector256.ConditionalSelect(
                    Vector256.LessThan(p, Vector256.Create(width)), Vector256.Create(2 - 2 * width), Vector256.Create(-2 * width));
                wave += pulse * (level + corner - edges.Round(Wrap(p + Vector256.Create(1 - width))));
            }

            wave.StoreUnsafe(ref to, (nuint)i);
        }

        return p[Lanes - 1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Wrap(Vector256<float> phase) => phase - Vector256.Floor(phase);

    // What is taken from a jump just after it and just before it.
    private readonly struct Edges(Vector256<float> step, Vector256<float> perStep, Vector256<float> last)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Round(Vector256<float> phase)
        {
            Vector256<float> one = Vector256<float>.One;
            Vector256<float> after = one - phase * perStep, before = one + (phase - one) * perStep;
            return Vector256.ConditionalSelect(Vector256.LessThan(phase, step), Vector256<float>.Zero - after * after, before * before & Vector256.GreaterThan(phase, last));
        }
    }
}
