using Pipeline.Dsp.Segments;
using Pipeline.Tables;

namespace Pipeline.Features.Changes;

/// <summary>
/// Makes a <see cref="Change"/> to segments: what the analysis of the changed audio would have found, near enough to train
/// with. Timbre is changed through the surface that it stands for; segments stay where they are in the music. Several threads
/// may use it at once.
/// </summary>
public sealed class SegmentsChanger
{
    private const int D = Segments.Dimensions;
    private const double SilenceDb = -60;
    private const double FrameRate = SongAnalyzer.SampleRate / 128.0; // of the analysis

    /// <summary>The changed segments.</summary>
    /// <exception cref="FeatureException">The change is not possible.</exception>
    public Segments Apply(Segments song, Change change)
    {
        ArgumentNullException.ThrowIfNull(song);
        ArgumentNullException.ThrowIfNull(change);
        if (change.IsNone)
        {
            return song;
        }

        change.Check();
        Segments faster = AtSpeed(song, change.Stretch);
        int steps = (int)Math.Round(change.PitchSemitones);
        Segments changed = faster with
        {
            Pitches = Transposed(song.Pitches, change.PitchSemitones),
            Key = ((song.Key + steps) % 12 + 12) % 12,
            Timbre = [.. song.Timbre],
            LoudnessStart = [.. song.LoudnessStart],
            LoudnessMax = [.. song.LoudnessMax],
        };
        ChangeSound(song, change, changed);
        return changed;
    }

    // Timbre, and loudness, which is the mean over the bands of the same surface.
    private static void ChangeSound(Segments song, Change change, Segments changed)
    {
        var plain = new SurfaceChange(change.PitchSemitones, change.Stretch, change.GainDb);
        SurfaceChange whole = change.NoiseSnrDb is { } snr
            ? new SurfaceChange(change.PitchSemitones, change.Stretch, change.GainDb, MeanPower(song, plain) * Math.Pow(10, -snr / 10))
            : plain;
        float[] before = new float[TimbreBasis.SurfaceSize];
        float[] after = new float[TimbreBasis.SurfaceSize];
        Span<float> timbreBefore = stackalloc float[D];
        Span<float> timbreAfter = stackalloc float[D];
        for (int i = 0; i < song.Start.Length; i++)
        {
            Span<float> timbre = changed.Timbre.AsSpan(D * i, D);
            TimbreBasis.Published.Decode(timbre, before);
            before.CopyTo(after, 0);
            whole.Apply(after, Frames(song, i));

            // What the surface does not hold of the sound has to stay: only the difference counts.
            TimbreBasis.Published.Encode(before, timbreBefore);
            TimbreBasis.Published.Encode(after, timbreAfter);
            for (int k = 0; k < D; k++)
            {
                timbre[k] += timbreAfter[k] - timbreBefore[k];
            }

            changed.LoudnessStart[i] = Louder(song.LoudnessStart[i], Mean(after, 0) - Mean(before, 0));
            int loudest = Loudest(before);
            changed.LoudnessMax[i] = Math.Max(changed.LoudnessStart[i], Louder(song.LoudnessMax[i], Mean(after, loudest) - Mean(before, loudest)));
        }
    }

    private static double MeanPower(Segments song, SurfaceChange change)
    {
        float[] surface = new float[TimbreBasis.SurfaceSize];
        double power = 0, seconds = 0;
        for (int i = 0; i < song.Start.Length; i++)
        {
            TimbreBasis.Published.Decode(song.Timbre.AsSpan(D * i, D), surface);
            change.Apply(surface, Frames(song, i));
            double duration = SegmentChannels.End(song, i) - song.Start[i];
            double sum = 0;
            for (int moment = 0; moment < TimbreBasis.Moments; moment++)
            {
                sum += SurfaceChange.Power(surface.AsSpan(moment * TimbreBasis.Bands, TimbreBasis.Bands));
            }

            power += sum / TimbreBasis.Moments * duration;
            seconds += duration;
        }

        return seconds > 0 ? power / seconds : 0;
    }

    private static Segments AtSpeed(Segments song, double speed)
    {
        if (speed == 1)
        {
            return song;
        }

        float[] Sooner(float[] times) => Array.ConvertAll(times, t => (float)(t / speed));
        return song with
        {
            Start = Sooner(song.Start),
            LoudnessMaxTime = Sooner(song.LoudnessMaxTime),
            DurationS = song.DurationS / speed,
            Tempo = song.Tempo * speed,
            FadeInEndS = song.FadeInEndS / speed,
            FadeOutStartS = song.FadeOutStartS / speed,
            BeatsStart = Sooner(song.BeatsStart),
            BarsStart = Sooner(song.BarsStart),
            SectionsStart = Sooner(song.SectionsStart),
            TatumsStart = Sooner(song.TatumsStart),
        };
    }

    // Between two classes where the shift is no whole number of them.
    private static float[] Transposed(float[] pitches, double semitones)
    {
        int whole = (int)Math.Floor(semitones);
        float share = (float)(semitones - whole);
        float[] transposed = new float[pitches.Length];
        for (int i = 0; i < pitches.Length; i += D)
        {
            float most = 0;
            for (int k = 0; k < D; k++)
            {
                int from = ((k - whole) % D + D) % D;
                float value = (1 - share) * pitches[i + from] + share * pitches[i + (from + D - 1) % D];
                transposed[i + k] = value;
                most = Math.Max(most, value);
            }

            for (int k = 0; k < D && most > 0; k++)
            {
                transposed[i + k] /= most;
            }
        }

        return transposed;
    }

    private static double Frames(Segments song, int i) => (SegmentChannels.End(song, i) - song.Start[i]) * FrameRate;

    private static float Louder(float loudness, double by) => (float)Math.Max(SilenceDb, loudness + by);

    private static double Mean(float[] surface, int moment)
    {
        double sum = 0;
        foreach (float value in surface.AsSpan(moment * TimbreBasis.Bands, TimbreBasis.Bands))
        {
            sum += value;
        }

        return sum / TimbreBasis.Bands;
    }

    private static int Loudest(float[] surface)
    {
        int loudest = 0;
        for (int moment = 1; moment < TimbreBasis.Moments; moment++)
        {
            loudest = Mean(surface, moment) > Mean(surface, loudest) ? moment : loudest;
        }

        return loudest;
    }
}
