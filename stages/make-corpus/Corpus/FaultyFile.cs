using Pipeline.Stages.MakeCorpus.Composition;
using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>Makes files that are bad on purpose, out of good ones.</summary>
internal static class FaultyFile
{
    /// <summary>The bytes of such a file.</summary>
    /// <param name="kind">What is wrong with it.</param>
    /// <param name="sound">The good clip.</param>
    /// <param name="form">How the good one is stored. What no file of that form would show is stored plainly.</param>
    /// <param name="dice">For what is left to chance.</param>
    public static byte[] Make(FaultKind kind, float[] sound, SoundForm form, Dice dice)
    {
        switch (kind)
        {
            case FaultKind.Duplicate:
                return form.Encode(sound);
            case FaultKind.NearDuplicate:
                return form.Encode(Copy(sound, dice));
            case FaultKind.Truncated:
                byte[] whole = form.Encode(sound);
                return whole[..(int)(whole.Length * dice.Between(0.3, 0.8))];
            case FaultKind.Silent:
                return form.Encode(new float[sound.Length]);
            case FaultKind.Clipped:
                return form.Plain.Encode([.. sound.Select(x => Math.Clamp(x * 12, -1, 1))]);
            case FaultKind.TooShort:
                return form.Encode(sound[..Math.Min(sound.Length, (int)(Samples.Rate * dice.Between(0.1, 0.7)))]);
            case FaultKind.Unreadable:
                byte[] garbage = new byte[20_000 + dice.Below(20_000)];
                foreach (ref byte b in garbage.AsSpan())
                {
                    b = (byte)dice.Bits();
                }

                return garbage;
            case FaultKind.NotFinite:
                float[] broken = [.. sound];
                int at = dice.Below(broken.Length / 2);
                broken.AsSpan(at, Math.Min(500, broken.Length - at)).Fill(float.NaN);
                return (form.Plain with { Depth = SampleDepth.Float32 }).Encode(broken);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such fault");
        }
    }

    private static float[] Copy(float[] sound, Dice dice)
    {
        int late = (int)(Samples.Rate * dice.Between(0.02, 0.15));
        float gain = Samples.Gain(dice.Between(-5, -1)), noise = Samples.Gain(-58);
        float[] copy = new float[sound.Length];
        for (int i = late; i < copy.Length; i++)
        {
            copy[i] = gain * sound[i - late] + noise * dice.Noise();
        }

        return copy;
    }
}
