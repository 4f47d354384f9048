using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Pipeline.Dsp;

namespace Pipeline.Benchmarks;

/// <summary>The Fourier part of the signal processing on a sound of 30 s at 22,050 Hz: CPU time of one core, beside what the core can do.</summary>
internal static class DspFourier
{
    private const int SampleRate = 22_050;
    private const int Seconds = 30;
    private const int Frames = 1292;
    private const int Bins = 1025;

    /// <summary><c>dsp-fourier - [--rounds N]</c>: a line for each, the median and the least of many runs.</summary>
    public static int Measure(Arguments args)
    {
        int rounds = args.Number("--rounds", 31);
        Say($"limit: {MostGigaflops(rounds):f0} GFLOP/s of multiply-adds, {MostGigabytes(rounds):f1} GB/s read from memory, {MostWritten(rounds):f1} GB/s written to it");
        foreach (int size in (int[])[512, 1024, 2048, 4096, 400, 960, 1920])
        {
            Transforms(size, rounds);
        }

        float[] sound = Sound();
        var settings = new StftSettings();
        var stft = new Stft(settings);
        FrameMatrix power = new(Frames, Bins), re = new(Frames, Bins), im = new(Frames, Bins);
        float[] back = new float[sound.Length], medians = new float[Frames * Bins];
        double flops = Frames * RealFlops(settings.FftSize);
        const double plane = 4.0 * Frames * Bins;
        Report("power spectrogram", rounds, () => stft.Power(sound, 0, power.Values), flops, plane);
        Report("power spectrogram, 16 frames at a time", rounds, () => InPortions(stft, sound, power.Values.AsSpan(0, 16 * Bins)), flops, 0);
        Report("spectra", rounds, () => stft.Transform(sound, 0, re.Values, im.Values), flops, 2 * plane);
        var inverse = new InverseStft(settings);
        Report("sound of spectra", rounds, () => Add(inverse, re, im, back), flops, 2 * plane);
        var median = new RunningMedian(31);
        Report("medians along time", rounds, () => median.AlongTime(power.Values, Bins, medians), 0, 2 * plane);
        Report("medians along frequency", rounds, () => median.AlongFrequency(power.Values, Bins, medians), 0, 2 * plane);
        var parting = new HarmonicPercussive(new HarmonicPercussiveSettings());
        float[] harmonic = new float[sound.Length], percussive = new float[sound.Length];
        Report("harmonic and percussive signals", rounds, () => parting.Separate(sound, harmonic, percussive), 3 * flops, 0);
        Report("harmonic and percussive signals, into new memory", rounds, () => parting.Separate(sound), 3 * flops, 0);
        var stretch = new TimeStretch(settings);
        Report("stretch, 1.25 times as fast", rounds, () => stretch.Stretch(sound, 1.25), 0, 0);
        var shift = new PitchShift(settings);
        foreach (double semitones in (double[])[-3, -1, 2, 5])
        {
            Report(string.Create(CultureInfo.InvariantCulture, $"shift by {semitones} semitones"), rounds, () => shift.Shift(sound, semitones), 0, 0);
        }

        return 0;
    }

    private static void Transforms(int size, int rounds)
    {
        var fft = new RealFft(size);
        float[] signal = Sound()[..size], re = new float[fft.Bins], im = new float[fft.Bins], power = new float[fft.Bins];
        (string Name, Action Work)[] ways =
        [
            ("transform", () => fft.Transform(signal, re, im)), ("power", () => fft.Power(signal, power)), ("inverse", () => fft.Inverse(re, im, signal)),
        ];
        foreach ((string name, Action work) in ways)
        {
            (double median, double least) = Timing.Of(rounds, work);
            Say($"{name} of {size}: {median * 1e3:f2} us, at best {least * 1e3:f2}; {RealFlops(size) / median / 1e6:f1} GFLOP/s");
        }
    }

    // 5 N log2 N is what a complex transform is counted as; a real one as half of it.
    private static double RealFlops(int size) => 2.5 * size * Math.Log2(size);

    private static void InPortions(Stft stft, float[] sound, Span<float> portion)
    {
        int frames = portion.Length / Bins;
        for (int t = 0; t < Frames; t += frames)
        {
            stft.Power(sound, t, portion[..(Math.Min(frames, Frames - t) * Bins)]);
        }
    }

    private static void Add(InverseStft inverse, FrameMatrix re, FrameMatrix im, float[] sound)
    {
        Array.Clear(sound);
        for (int t = 0; t < re.Frames; t++)
        {
            inverse.Add(re[t], im[t], t, sound);
        }

        inverse.Normalize(re.Frames, sound);
    }

    // Partials, beats and noise.
    private static float[] Sound()
    {
        var random = new Random(1);
        float[] sound = new float[Seconds * SampleRate];
        for (int i = 0; i < sound.Length; i++)
        {
            double beat = Math.Exp(-(i % 11_025) / 600.0);
            double tones = Math.Sin(2 * Math.PI * 220 * i / SampleRate) + 0.5 * Math.Sin(2 * Math.PI * 663 * i / SampleRate);
            sound[i] = (float)(0.2 * tones + (0.01 + 0.3 * beat) * (2 * random.NextDouble() - 1));
        }

        return sound;
    }

    private static void Report(string what, int rounds, Action work, double flops, double bytes)
    {
        (double median, double least) = Timing.Of(rounds, work);
        string rate = flops == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {flops / median / 1e6:f1} GFLOP/s");
        string traffic = bytes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {bytes / median / 1e6:f1} GB/s");
        Say($"{what}: {median:f2} ms, at best {least:f2}{rate}{traffic}");
    }

    private static double MostGigaflops(int rounds)
    {
        const int loops = 1_000_000;
        float sum = 0;
        int lanes = Avx512F.IsSupported ? 16 : 8;
        double median = Timing.Of(rounds, () => sum += Avx512F.IsSupported ? MultiplyAddWide(loops) : MultiplyAdd(loops)).MedianMs;
        return sum == 1 ? 0 : 2.0 * 12 * lanes * loops / median / 1e6;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAddWide(int loops)
    {
        Vector512<float> x = Vector512.Create(0.999f), y = Vector512.Create(0.001f);
        Vector512<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int loop = 0; loop < loops; loop++)
        {
            a = Avx512F.FusedMultiplyAdd(a, x, y);
            b = Avx512F.FusedMultiplyAdd(b, x, y);
            c = Avx512F.FusedMultiplyAdd(c, x, y);
            d = Avx512F.FusedMultiplyAdd(d, x, y);
            e = Avx512F.FusedMultiplyAdd(e, x, y);
            f = Avx512F.FusedMultiplyAdd(f, x, y);
            g = Avx512F.FusedMultiplyAdd(g, x, y);
            h = Avx512F.FusedMultiplyAdd(h, x, y);
            i = Avx512F.FusedMultiplyAdd(i, x, y);
            j = Avx512F.FusedMultiplyAdd(j, x, y);
            k = Avx512F.FusedMultiplyAdd(k, x, y);
            l = Avx512F.FusedMultiplyAdd(l, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAdd(int loops)
    {
        Vector256<float> x = Vector256.Create(0.999f), y = Vector256.Create(0.001f);
        Vector256<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int loop = 0; loop < loops; loop++)
        {
            a = Vector256.MultiplyAddEstimate(a, x, y);
            b = Vector256.MultiplyAddEstimate(b, x, y);
            c = Vector256.MultiplyAddEstimate(c, x, y);
            d = Vector256.MultiplyAddEstimate(d, x, y);
            e = Vector256.MultiplyAddEstimate(e, x, y);
            f = Vector256.MultiplyAddEstimate(f, x, y);
            g = Vector256.MultiplyAddEstimate(g, x, y);
            h = Vector256.MultiplyAddEstimate(h, x, y);
            i = Vector256.MultiplyAddEstimate(i, x, y);
            j = Vector256.MultiplyAddEstimate(j, x, y);
            k = Vector256.MultiplyAddEstimate(k, x, y);
            l = Vector256.MultiplyAddEstimate(l, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    private static double MostGigabytes(int rounds)
    {
        byte[] large = new byte[256 << 20];
        large.AsSpan().Fill(1);
        bool isFound = false;
        double median = Timing.Of(rounds, () => isFound |= large.AsSpan().Contains((byte)2)).MedianMs;
        return isFound ? 0 : large.Length / median / 1e6;
    }

    private static double MostWritten(int rounds)
    {
        byte[] large = new byte[256 << 20];
        return large.Length / Timing.Of(rounds, () => large.AsSpan().Fill(1)).MedianMs / 1e6;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
