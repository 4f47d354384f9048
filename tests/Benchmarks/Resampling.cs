using System.Diagnostics;
using System.Runtime.InteropServices;
using Pipeline.Audio;

namespace Pipeline.Benchmarks;

/// <summary>Changing the sample rate of a clip of 30 s, one channel: by the library, and by soxr called directly, in turns.</summary>
internal static unsafe partial class Resampling
{
    private const int Seconds = 30;

    // soxr's own names for its qualities.
    private const uint HighQuality = 4, VeryHighQuality = 6;

    private static readonly (int From, int To)[] Rates = [(44_100, 22_050), (48_000, 22_050), (22_050, 11_025), (22_050, 44_100), (44_100, 22_051)];

    /// <summary><c>resample - [--rounds N]</c>: a line of medians for each pair of rates.</summary>
    public static int Measure(Arguments args)
    {
        int rounds = args.Number("--rounds", 41);
        foreach ((int from, int to) in Rates)
        {
            var random = new Random(1);
            float[] samples = [.. Enumerable.Range(0, Seconds * from).Select(_ => 2 * random.NextSingle() - 1)];
            Action[] ways =
            [
                () => Resampler.Resample(samples, from, to),
                () => Soxr(samples, from, to, HighQuality),
                () => Soxr(samples, from, to, VeryHighQuality),
            ];
            double[][] times = [.. ways.Select(_ => new double[rounds])];
            for (int round = 0; round < rounds; round++)
            {
                for (int way = 0; way < ways.Length; way++)
                {
                    long start = Stopwatch.GetTimestamp();
                    ways[way]();
                    times[way][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }
            }

            double[] medians = [.. times.Select(t => Math.Round(t.Order().ElementAt(rounds / 2), 1))];
            Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{from} -> {to}: ours {medians[0]} ms, soxr HQ {medians[1]} ms, soxr VHQ {medians[2]} ms"));
        }

        return 0;
    }

    private static void Soxr(float[] samples, int from, int to, uint quality)
    {
        float[] output = new float[(int)((long)samples.Length * to / from) + 64];
        Quality spec = soxr_quality_spec(quality, 0);
        fixed (float* input = samples, result = output)
        {
            nuint read, written;
            if (soxr_oneshot(from, to, 1, input, (nuint)samples.Length, &read, result, (nuint)output.Length, &written, null, &spec, null) != 0)
            {
                throw new InvalidOperationException("soxr refuses");
            }
        }
    }

    private struct Quality
    {
        public double Precision;
        public double Phase;
        public double PassBand;
        public double StopBand;
        public nint Reserved;
        public nuint Flags;
    }

    [LibraryImport("libsoxr.so.0")]
    private static partial Quality soxr_quality_spec(nuint recipe, nuint flags);

    [LibraryImport("libsoxr.so.0")]
    private static partial nint soxr_oneshot(
        double from, double to, uint channels, float* input, nuint inputLength, nuint* read, float* output, nuint outputLength, nuint* written, void* io, Quality* quality, void* runtime);
}
