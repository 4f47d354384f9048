using Pipeline.Audio;

namespace Pipeline.Tests;

/// <summary>Music by formula: notes with overtones, a drum on each beat, some noise. The seed makes the piece.</summary>
internal static class Tune
{
    public const int SampleRate = 22050;

    /// <summary>A piece for one channel, at most 0.6 of full scale.</summary>
    public static float[] Make(int seed, double seconds = 8, double tempo = 120)
    {
        var random = new Random(seed);
        float[] samples = new float[(int)(seconds * SampleRate)];
        double beat = 60 / tempo;
        for (double at = 0; at < seconds; at += beat / 2)
        {
            Note(samples, at, beat, 110 * Math.Pow(2, random.Next(36) / 12.0), 0.25);
            Note(samples, at, beat / 2, 220 * Math.Pow(2, random.Next(36) / 12.0), 0.15);
        }

        for (double at = 0; at < seconds; at += beat)
        {
            Drum(samples, at, random);
        }

        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = Math.Clamp(samples[i] + 0.003f * (random.NextSingle() - 0.5f), -0.6f, 0.6f);
        }

        return samples;
    }

    /// <summary>Writes a sound file; folders are made.</summary>
    public static string Write(string path, ReadOnlySpan<float> samples, int channels = 1, int sampleRate = SampleRate, AudioContainer container = AudioContainer.Wav, SampleFormat format = SampleFormat.Int16)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream stream = File.Create(path);
        AudioWriter.Write(stream, samples, channels, sampleRate, container, format);
        return path;
    }

    /// <summary>The samples times a factor.</summary>
    public static float[] Gain(float[] samples, float factor) => [.. samples.Select(s => s * factor)];

    private static void Note(float[] samples, double at, double length, double hertz, double level)
    {
        int start = (int)(at * SampleRate);
        int count = (int)(length * SampleRate);
        for (int i = 0; i < count && start + i < samples.Length; i++)
        {
            double t = (double)i / SampleRate;
            double fall = Math.Exp(-3 * t / length) * Math.Min(1, t / 0.005);
            samples[start + i] += (float)(level * fall * (Math.Sin(2 * Math.PI * hertz * t) + 0.4 * Math.Sin(4 * Math.PI * hertz * t) + 0.2 * Math.Sin(6 * Math.PI * hertz * t)) / 1.6);
        }
    }

    private static void Drum(float[] samples, double at, Random random)
    {
        int start = (int)(at * SampleRate);
        for (int i = 0; i < SampleRate / 12 && start + i < samples.Length; i++)
        {
            double t = (double)i / SampleRate;
            samples[start + i] += (float)(0.12 * Math.Exp(-t * 60) * (Math.Sin(2 * Math.PI * 70 * t) + 0.4 * (random.NextDouble() - 0.5)));
        }
    }
}
