using System.Numerics;

namespace Pipeline.Tests;

/// <summary>Single numbers that describe a clip as a whole: what a classifier might get away with instead of listening.</summary>
internal static class ClipDescriptors
{
    private const int Rate = 22050;
    private const int Size = 1024;
    private const int Hop = 512;

    private const int Bands = 16;

    /// <summary>The names of what <see cref="Of"/> gives, in its order.</summary>
    public static readonly string[] Names =
    [
        .. ((string[])["rms", "centroid", "bandwidth", "rolloff", "flatness", "zero crossings", "low", "middle", "high", "flux"]).SelectMany(n => (string[])[n + " mean", n + " std"]),
        "onset rate", "tempo",
        .. Enumerable.Range(0, Bands).SelectMany(b => (string[])[$"band {b} mean", $"band {b} std"]),
    ];

    /// <summary>Descriptors of a mono clip at 22,050 Hz: levels and frequencies frame by frame, then their means and deviations.</summary>
    public static double[] Of(ReadOnlySpan<float> samples)
    {
        int frames = 1 + (samples.Length - Size) / Hop;
        double[][] series = [.. Enumerable.Range(0, 10).Select(_ => new double[frames])];
        var spectrum = new Complex[Size];
        double[][] bands = [.. Enumerable.Range(0, Bands).Select(_ => new double[frames])];
        double[] now = new double[Size / 2], before = new double[Size / 2];
        for (int frame = 0; frame < frames; frame++)
        {
            ReadOnlySpan<float> x = samples.Slice(frame * Hop, Size);
            double square = 0;
            int crossings = 0;
            for (int i = 0; i < Size; i++)
            {
                square += x[i] * x[i];
                crossings += i > 0 && x[i] < 0 != x[i - 1] < 0 ? 1 : 0;
                spectrum[i] = x[i] * (0.5 - 0.5 * Math.Cos(2 * Math.PI * i / Size));
            }

            Transform(spectrum);
            double[] figures = Figures(spectrum, now, before);
            series[0][frame] = Math.Sqrt(square / Size);
            series[5][frame] = (double)crossings / Size;
            foreach ((int to, int from) in (ReadOnlySpan<(int, int)>)[(1, 0), (2, 1), (3, 2), (4, 3), (6, 4), (7, 5), (8, 6), (9, 7)])
            {
                series[to][frame] = figures[from];
            }

            for (int b = 0; b < Bands; b++)
            {
                // An equal share of the octaves from 60 Hz to 10 kHz each.
                (int from, int to) = (Edge(b), Math.Max(Edge(b) + 1, Edge(b + 1)));
                double power = 0;
                for (int k = from; k < to; k++)
                {
                    power += now[k] * now[k];
                }

                bands[b][frame] = Math.Log(power / (to - from) + 1e-6);
            }

            (now, before) = (before, now);
        }

        double[] flux = series[9];
        return [.. series.SelectMany(s => (double[])[Mean(s), Deviation(s)]), OnsetRate(flux), Tempo(flux), .. bands.SelectMany(s => (double[])[Mean(s), Deviation(s)])];
    }

    private static int Edge(int band) => (int)(60 * Math.Pow(10_000.0 / 60, (double)band / Bands) * Size / Rate);

    private static double[] Figures(Complex[] spectrum, double[] now, double[] before)
    {
        double sum = 0, first = 0, logs = 0, power = 0, low = 0, high = 0, flux = 0;
        for (int k = 1; k < Size / 2; k++)
        {
            double magnitude = spectrum[k].Magnitude, hz = (double)k * Rate / Size;
            now[k] = magnitude;
            sum += magnitude;
            first += hz * magnitude;
            logs += Math.Log(magnitude * magnitude + 1e-10);
            power += magnitude * magnitude;
            low += hz < 250 ? magnitude * magnitude : 0;
            high += hz > 3000 ? magnitude * magnitude : 0;
            flux += Math.Max(0, Math.Log(1 + 10 * magnitude) - Math.Log(1 + 10 * before[k]));
        }

        double centroid = first / (sum + 1e-10), spread = 0, reached = 0, rolloff = 0;
        for (int k = 1; k < Size / 2; k++)
        {
            double away = (double)k * Rate / Size - centroid;
            spread += away * away * now[k];
            reached += now[k];
            rolloff = reached <= 0.85 * sum ? (double)k * Rate / Size : rolloff;
        }

        double flatness = Math.Exp(logs / (Size / 2 - 1)) / (power / (Size / 2 - 1) + 1e-10);
        double whole = power + 1e-10;
        return [centroid, Math.Sqrt(spread / (sum + 1e-10)), rolloff, Math.Log10(flatness + 1e-6), low / whole, (power - low - high) / whole, high / whole, flux];
    }

    // Peaks of the flux that stand out, per second.
    private static double OnsetRate(double[] flux)
    {
        double limit = Mean(flux) + Deviation(flux);
        int peaks = 0;
        for (int i = 1; i < flux.Length - 1; i++)
        {
            peaks += flux[i] > limit && flux[i] >= flux[i - 1] && flux[i] > flux[i + 1] ? 1 : 0;
        }

        return peaks * (double)Rate / Hop / flux.Length;
    }

    // Where the flux's autocorrelation is largest between 60 and 200 beats per minute.
    private static double Tempo(double[] flux)
    {
        double mean = Mean(flux), best = double.NegativeInfinity, tempo = 0;
        int from = (int)(60.0 * Rate / Hop / 200), to = 60 * Rate / Hop / 60;
        for (int lag = from; lag <= to && lag < flux.Length / 2; lag++)
        {
            double sum = 0;
            for (int i = lag; i < flux.Length; i++)
            {
                sum += (flux[i] - mean) * (flux[i - lag] - mean);
            }

            if (sum / (flux.Length - lag) > best)
            {
                best = sum / (flux.Length - lag);
                tempo = 60.0 * Rate / Hop / lag;
            }
        }

        return tempo;
    }

    private static double Mean(double[] x) => x.Average();

    private static double Deviation(double[] x)
    {
        double mean = x.Average();
        return Math.Sqrt(x.Average(v => (v - mean) * (v - mean)));
    }

    // In place, radix 2.
    private static void Transform(Complex[] x)
    {
        for (int i = 1, j = 0; i < x.Length; i++)
        {
            int bit = x.Length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (x[i], x[j]) = (x[j], x[i]);
            }
        }

        for (int length = 2; length <= x.Length; length *= 2)
        {
            Complex turn = Complex.FromPolarCoordinates(1, -2 * Math.PI / length);
            for (int start = 0; start < x.Length; start += length)
            {
                Complex w = 1;
                for (int k = start; k < start + length / 2; k++)
                {
                    (Complex a, Complex b) = (x[k], x[k + length / 2] * w);
                    x[k] = a + b;
                    x[k + length / 2] = a - b;
                    w *= turn;
                }
            }
        }
    }
}
