using System.Globalization;
using Pipeline.Dsp;
using Pipeline.Dsp.Rhythm;
using Pipeline.Dsp.Spectral;
using Pipeline.Dsp.Tonal;

namespace Pipeline.Benchmarks;

/// <summary>What rhythm and harmony of a clip of 30 s at 22,050 Hz cost.</summary>
internal static class Rhythm
{
    private const int SampleRate = 22_050;
    private const int Seconds = 30;

    /// <summary><c>dsp-rhythm - [--rounds N]</c>: a line for each part, with the median of its processor time.</summary>
    public static int Measure(Arguments args)
    {
        int rounds = args.Number("--rounds", 41);
        float[] signal = Notes();
        var logMel = new LogMel(new LogMelSettings());
        var strength = new OnsetStrength(new OnsetSettings());
        var detection = new OnsetDetection(new OnsetDetectionSettings());
        var tempo = new Tempo(new TempoSettings());
        var tracking = new BeatTracking(new BeatSettings());
        var semitones = new ConstantQ(new ConstantQSettings());
        var chroma = new ChromaCqt(new ChromaCqtSettings());
        var cens = new ChromaCens();
        FrameMatrix decibels = logMel.Compute(signal);
        float[] envelope = strength.FromDecibels(decibels);
        FrameMatrix sums = chroma.Sum(signal);
        (string Part, Action Action, string Librosa)[] parts =
        [
            ("mel spectrogram in dB", () => logMel.Compute(signal), ""),
            ("onset strength, of the spectrogram", () => strength.FromDecibels(decibels), ""),
            ("onset strength by the median, of the spectrogram", () => strength.FromDecibels(decibels, OnsetAggregate.Median), ""),
            ("onsets, of the strength", () => detection.Detect(envelope), ""),
            ("tempo, of the strength", () => tempo.Estimate(envelope), ""),
            ("tempo and beats, of the strength", () => tracking.Track(envelope), ""),
            ("tempo and beats, of the signal", () => tracking.Track(strength.FromDecibels(logMel.Compute(signal), OnsetAggregate.Median)), ", librosa 220 ms"),
            ("constant Q, 84 bins", () => semitones.Magnitude(signal), ""),
            ("chroma by constant Q, 252 bins", () => chroma.Compute(signal), ""),
            ("a new tuning of it", () => new ChromaCqt(new ChromaCqtSettings()), ""),
            ("CENS, of the chroma", () => cens.Compute(sums), ""),
        ];
        foreach ((string part, Action action, string librosa) in parts)
        {
            (double median, double least) = Timing.Of(rounds, action);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part}: {median:f2} ms, least {least:f2}{librosa}"));
        }

        return 0;
    }

    // Decaying notes of five harmonics, two a second, over a little noise.
    private static float[] Notes()
    {
        var random = new Random(1);
        float[] signal = [.. Enumerable.Range(0, Seconds * SampleRate).Select(_ => 0.01f * (random.NextSingle() - 0.5f))];
        for (int note = 0; note < 2 * Seconds; note++)
        {
            double pitch = 110 * Math.Pow(2, random.Next(36) / 12.0);
            for (int n = 0; n < SampleRate / 2; n++)
            {
                for (int harmonic = 1; harmonic <= 5; harmonic++)
                {
                    signal[note * SampleRate / 2 + n] += (float)(0.2 / harmonic * Math.Exp(-n / 4000.0) * Math.Sin(2 * Math.PI * pitch * harmonic * n / SampleRate));
                }
            }
        }

        return signal;
    }
}
