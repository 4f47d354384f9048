namespace Pipeline.Dsp.Segments;

/// <summary>
/// What a change of the sound does to a segment's surface: a shift of pitch moves it along the bands, another speed moves its
/// moments, another level adds to it, white noise fills its quiet places. Planned once for a piece.
/// </summary>
public sealed class SurfaceChange
{
    private const int Bands = TimbreBasis.Bands;
    private const double Skirt = 10; // decibels a Bark, towards bands above a sound
    private const double LeastEar = 0.1; // where the ear lets less through, a band's level says more of its neighbours
    private const double LeastEarDb = -30;

    // Surfaces are means of decibels, which peaks count little in: of 89 clips of GTZAN their power is by so much less than that
    // of noise of the same strength (standard deviation 1.0 dB).
    private const double NoiseOverMusicDb = 2.2;

    private const int Resolution = 4096;
    private const double Nyquist = 11_025;

    // Of each band: what the ear lets through at its middle, its width, and its power in noise that is 1 at every frequency.
    private static readonly double[] Ear = [.. Enumerable.Range(0, Bands).Select(b => Math.Max(LeastEar, Math.Pow(10, CriticalBands.OuterEarDb(Hertz(CriticalBands.Centre(b))) / 10)))];
    private static readonly (double Width, double Power)[] WhiteNoise = [.. Enumerable.Range(0, Bands).Select(Noise)];

    private readonly double speed;
    private readonly double gainDb;
    private readonly double[] from; // where along the bands each band's sound comes from
    private readonly double[] added; // decibels that come on top of what is there
    private readonly double[] noise; // power in each band; 0 for none
    private readonly float[] work = new float[TimbreBasis.SurfaceSize];

    /// <summary>Plans a change.</summary>
    /// <param name="semitones">Shift of pitch.</param>
    /// <param name="speed">Factor of speed, above 0.</param>
    /// <param name="gainDb">Change of level in decibels.</param>
    /// <param name="noisePower">Power of white noise, as <see cref="Power"/> measures that of a surface after the other changes; 0 for none.</param>
    public SurfaceChange(double semitones, double speed, double gainDb, double noisePower = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        (this.speed, this.gainDb) = (speed, gainDb);
        from = new double[Bands];
        added = new double[Bands];
        noise = new double[Bands];
        double ratio = Math.Pow(2, semitones / 12);
        double highest = CriticalBands.Bark(Nyquist), top = CriticalBands.Bark(Nyquist * Math.Min(1, ratio)); // nothing is above it
        double whole = Enumerable.Range(0, Bands).Sum(b => WhiteNoise[b].Power * WhiteNoise[b].Width / Ear[b]);
        for (int band = 0; band < Bands; band++)
        {
            double hertz = Hertz(CriticalBands.Centre(band));
            double beyond = Math.Max(0, CriticalBands.Centre(band) - top - 0.5) - Math.Max(0, CriticalBands.Centre(band) - highest - 0.5);
            double source = hertz / ratio;
            from[band] = Math.Clamp(CriticalBands.Bark(source) - CriticalBands.Centre(0), 0, Bands - 1);
            added[band] = semitones == 0 ? 0 : EarDb(Math.Min(hertz, Nyquist)) - EarDb(Math.Min(source, Nyquist)) - Skirt * beyond;
            noise[band] = noisePower * WhiteNoise[band].Power / whole;
        }
    }

    /// <summary>The power of a moment of music, in units in which white noise that is as strong has as much.</summary>
    /// <param name="bands">23 decibels of a moment of a surface.</param>
    public static double Power(ReadOnlySpan<float> bands)
    {
        double sum = 0;
        for (int band = 0; band < Bands; band++)
        {
            sum += Math.Pow(10, bands[band] / 10) * WhiteNoise[band].Width / Ear[band];
        }

        return sum * Math.Pow(10, NoiseOverMusicDb / 10);
    }

    /// <summary>Changes a surface.</summary>
    /// <param name="surface"><see cref="TimbreBasis.SurfaceSize"/> decibels, all bands of the first moment first.</param>
    /// <param name="frames">Frames that the segment has, by which its later moments are apart.</param>
    public void Apply(Span<float> surface, double frames)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(surface.Length, TimbreBasis.SurfaceSize);
        surface.CopyTo(work);
        double after = frames / speed;
        for (int moment = 0; moment < TimbreBasis.Moments; moment++)
        {
            double place = Moment(Frame(moment, after) * speed, frames);
            for (int band = 0; band < Bands; band++)
            {
                double level = Between(place, from[band]) + added[band] + gainDb;
                surface[moment * Bands + band] = noise[band] == 0 ? (float)level : (float)(10 * Math.Log10(Math.Pow(10, level / 10) + noise[band]));
            }
        }
    }

    // The first ten moments are frames; the others are evenly spaced to the end.
    private static double Frame(int moment, double frames) =>
        Math.Min(moment, 10) + Math.Max(0, moment - 9) * Math.Max(0, frames - 10) / 10;

    private static double Moment(double frame, double frames)
    {
        int moment = 0;
        while (moment < TimbreBasis.Moments - 2 && Frame(moment + 1, frames) <= frame)
        {
            moment++;
        }

        double before = Frame(moment, frames), after = Frame(moment + 1, frames);
        return after > before ? moment + Math.Min(1, (frame - before) / (after - before)) : moment;
    }

    private static double EarDb(double hertz) => Math.Max(LeastEarDb, CriticalBands.OuterEarDb(hertz));

    private static double Hertz(double bark)
    {
        double low = 0, high = 2 * Nyquist;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = CriticalBands.Bark(middle) < bark ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static (double Width, double Power) Noise(int band)
    {
        double width = 0, power = 0;
        for (int i = 0; i < Resolution; i++)
        {
            double hertz = Nyquist * (i + 0.5) / Resolution;
            double weight = CriticalBands.Weight(CriticalBands.Bark(hertz), CriticalBands.Centre(band));
            width += weight / Resolution;
            power += weight / Resolution * Math.Pow(10, CriticalBands.OuterEarDb(hertz) / 10);
        }

        return (width, power / width);
    }

    private double Between(double moment, double band)
    {
        int m = Math.Min((int)moment, TimbreBasis.Moments - 2), b = Math.Min((int)band, Bands - 2);
        double dm = moment - m, db = band - b;
        ReadOnlySpan<float> at = work.AsSpan(m * Bands + b);
        return (1 - dm) * ((1 - db) * at[0] + db * at[1]) + dm * ((1 - db) * at[Bands] + db * at[Bands + 1]);
    }
}
