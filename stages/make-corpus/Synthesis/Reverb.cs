namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>A room: four delays that feed each other (a feedback delay network), after two that blur the first reflection.</summary>
internal static class Reverb
{
    private static readonly int[] Lengths = [887, 1051, 1229, 1447];
    private static readonly int[] Blurs = [113, 271];

    /// <summary>The room's answer, without the sound itself.</summary>
    /// <param name="dry">What is played in it.</param>
    /// <param name="seconds">Until it has faded by 60 dB.</param>
    public static float[] Answer(ReadOnlySpan<float> dry, double seconds)
    {
        float[] wet = new float[dry.Length];
        float[][] lines = [.. Lengths.Select(n => new float[n])];
        float[][] blurs = [.. Blurs.Select(n => new float[n])];
        Span<float> gain = stackalloc float[4], low = stackalloc float[4];
        Span<int> place = stackalloc int[4], blur = stackalloc int[2];
        for (int k = 0; k < 4; k++)
        {
            gain[k] = (float)Math.Pow(0.001, Lengths[k] / (seconds * Samples.Rate));
        }

        for (int i = 0; i < dry.Length; i++)
        {
            float x = dry[i] + Samples.Whisper;
            for (int k = 0; k < 2; k++)
            {
                float held = blurs[k][blur[k]];
                float y = held - 0.6f * x;
                blurs[k][blur[k]] = x + 0.6f * y;
                blur[k] = blur[k] + 1 == Blurs[k] ? 0 : blur[k] + 1;
                x = y;
            }

            // Walls and air take the highs first.
            for (int k = 0; k < 4; k++)
            {
                low[k] += 0.7f * (gain[k] * lines[k][place[k]] - low[k]);
            }

            float a = low[0], b = low[1], c = low[2], d = low[3];
            wet[i] = 0.5f * (a + b - c - d);
            lines[0][place[0]] = x + 0.5f * (a + b + c + d);
            lines[1][place[1]] = x + 0.5f * (a - b + c - d);
            lines[2][place[2]] = x + 0.5f * (a + b - c - d);
            lines[3][place[3]] = x + 0.5f * (a - b - c + d);
            for (int k = 0; k < 4; k++)
            {
                place[k] = place[k] + 1 == Lengths[k] ? 0 : place[k] + 1;
            }
        }

        return wet;
    }
}
