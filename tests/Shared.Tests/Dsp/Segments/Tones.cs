namespace Pipeline.Tests.Dsp.Segments;

/// <summary>Sounds made by formula: notes with overtones that die away, and drums.</summary>
internal static class Tones
{
    public const int Rate = 22_050;

    /// <summary>Notes (60 is middle C) sounding together.</summary>
    public static float[] Chord(double seconds, params double[] notes)
    {
        float[] sound = new float[(int)(seconds * Rate)];
        foreach (double note in notes)
        {
            double hz = 440 * Math.Pow(2, (note - 69) / 12);
            for (int overtone = 1; overtone <= 8 && overtone * hz < Rate / 2; overtone++)
            {
                for (int i = 0; i < sound.Length; i++)
                {
                    double t = (double)i / Rate;
                    sound[i] += (float)(0.2 / Math.Pow(overtone, 1.5) * Math.Exp(-2 * t * overtone) * Math.Sin(2 * Math.PI * overtone * hz * t + overtone));
                }
            }
        }

        return sound;
    }

    /// <summary>Adds a sound at a time.</summary>
    public static void Add(float[] to, double seconds, ReadOnlySpan<float> sound, double gain = 1)
    {
        int start = (int)Math.Round(seconds * Rate);
        for (int i = 0; i < sound.Length && start + i < to.Length; i++)
        {
            to[start + i] += (float)gain * sound[i];
        }
    }

    /// <summary>A low thump.</summary>
    public static float[] Kick() =>
        [.. Enumerable.Range(0, Rate / 5).Select(i => (float)(0.8 * Math.Exp(-18.0 * i / Rate) * Math.Sin(2 * Math.PI * (55 * i / (double)Rate + 3 * (1 - Math.Exp(-40.0 * i / Rate)) / 6.28))))];

    /// <summary>A short hiss.</summary>
    public static float[] Hat(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rate / 20).Select(i => (float)(0.3 * Math.Exp(-80.0 * i / Rate) * (2 * random.NextDouble() - 1)))];
    }

    /// <summary>A burst of noise.</summary>
    public static float[] Snare(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rate / 6).Select(i => (float)(0.5 * Math.Exp(-25.0 * i / Rate) * (2 * random.NextDouble() - 1)))];
    }

    /// <summary>Drums: a kick on the first beat of each bar, snares on the others, hats on the beats' parts.</summary>
    public static float[] Drums(double tempo, int beatsPerBar, int parts, double seconds, double offset = 0.2)
    {
        float[] sound = new float[(int)(seconds * Rate)];
        double beat = 60 / tempo;
        for (int i = 0; offset + i * beat < seconds; i++)
        {
            Add(sound, offset + i * beat, i % beatsPerBar == 0 ? Kick() : Snare(i), i % beatsPerBar == 0 ? 1 : 0.5);
            for (int part = 0; part < parts; part++)
            {
                Add(sound, offset + (i + (double)part / parts) * beat, Hat(100 * i + part));
            }
        }

        return sound;
    }
}
