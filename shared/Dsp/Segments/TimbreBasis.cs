using System.Globalization;

namespace Pipeline.Dsp.Segments;

/// <summary>
/// The published basis of the Million Song Dataset's timbre: a segment's surface, 23 critical bands over 20 moments, is about
/// the mean surface, plus the first value everywhere, plus eleven orthonormal surfaces times the other values.
/// </summary>
/// <remarks>A surface is an array of Moments x Bands decibels, all bands of the first moment first.</remarks>
public sealed class TimbreBasis
{
    /// <summary>Critical bands of a surface.</summary>
    public const int Bands = 23;

    /// <summary>Moments of a surface.</summary>
    public const int Moments = 20;

    /// <summary>Values of a surface.</summary>
    public const int SurfaceSize = Bands * Moments;

    private const string Resource = "echonest-timbre.csv"; // manifests/README.md tells of it

    private readonly float[] mean = new float[SurfaceSize];
    private readonly float[][] surfaces = new float[SongAnalysis.Dimensions - 1][];

    private TimbreBasis()
    {
        for (int i = 0; i < surfaces.Length; i++)
        {
            surfaces[i] = new float[SurfaceSize];
        }

        using Stream stream = typeof(TimbreBasis).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#') && !line.StartsWith("surface", StringComparison.Ordinal))
            {
                Take(line.Split(','));
            }
        }
    }

    /// <summary>The basis as published.</summary>
    public static TimbreBasis Published { get; } = new();

    /// <summary>The 12 values of a surface.</summary>
    /// <param name="surface"><see cref="SurfaceSize"/> decibels.</param>
    /// <param name="timbre">Takes <see cref="SongAnalysis.Dimensions"/> values.</param>
    public void Encode(ReadOnlySpan<float> surface, Span<float> timbre)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(surface.Length, SurfaceSize);
        double sum = 0;
        for (int i = 0; i < surface.Length; i++)
        {
            sum += surface[i] - mean[i];
        }

        timbre[0] = (float)(sum / SurfaceSize);
        for (int c = 0; c < surfaces.Length; c++)
        {
            float[] basis = surfaces[c];
            double product = 0;
            for (int i = 0; i < surface.Length; i++)
            {
                product += (surface[i] - mean[i]) * basis[i];
            }

            timbre[c + 1] = (float)product;
        }
    }

    /// <summary>The surface that 12 values stand for: as much of the original as they hold.</summary>
    /// <param name="timbre"><see cref="SongAnalysis.Dimensions"/> values.</param>
    /// <param name="surface">Takes <see cref="SurfaceSize"/> decibels.</param>
    public void Decode(ReadOnlySpan<float> timbre, Span<float> surface)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(timbre.Length, SongAnalysis.Dimensions);
        for (int i = 0; i < SurfaceSize; i++)
        {
            double value = (double)mean[i] + timbre[0];
            for (int c = 0; c < surfaces.Length; c++)
            {
                value += (double)timbre[c + 1] * surfaces[c][i];
            }

            surface[i] = (float)value;
        }
    }

    // surface,band,m1,...,m20
    private void Take(string[] fields)
    {
        float[] to = fields[0] == "mean" ? mean : surfaces[int.Parse(fields[0], CultureInfo.InvariantCulture) - 1];
        int band = int.Parse(fields[1], CultureInfo.InvariantCulture) - 1;
        for (int moment = 0; moment < Moments; moment++)
        {
            to[moment * Bands + band] = float.Parse(fields[moment + 2], CultureInfo.InvariantCulture);
        }
    }
}
