namespace Pipeline.Dsp.Segments;

/// <summary>Finds tempo, beats, bars and tatums in an auditory spectrogram.</summary>
public sealed class BeatAnalysis
{
    private const double LeastDurationS = 2;
    private const double StrengthsAround = 8; // tatums on either side that its confidence is taken from

    // Brought to the scale of the published confidences, whose means are 0.44 of beats, 0.22 of bars and 0.34 of tatums.
    private const double BeatScale = 1.5;
    private const double WeakShare = 0.3; // of the middle strength: nothing speaks for a beat
    private const double BarScale = 5;
    private const double TatumScale = 0.24;

    /// <summary>Prepares the analysis with the defaults.</summary>
    public BeatAnalysis()
        : this(new BeatSettings())
    {
    }

    /// <summary>Prepares the analysis.</summary>
    public BeatAnalysis(BeatSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(settings.LeastTempo, settings.MostTempo);
        Settings = settings;
    }

    /// <summary>What was asked for.</summary>
    public BeatSettings Settings { get; }

    /// <summary>The rhythm; <see cref="BeatGrid.Empty"/> of what is shorter than two seconds or has no onsets.</summary>
    /// <param name="spectrogram">Decibels of the critical bands, a row for each frame.</param>
    /// <param name="frameRate">Frames a second.</param>
    public BeatGrid Compute(FrameMatrix spectrogram, double frameRate)
    {
        ArgumentNullException.ThrowIfNull(spectrogram);
        if (spectrogram.Frames < LeastDurationS * frameRate)
        {
            return BeatGrid.Empty;
        }

        var onsets = new BeatOnsets(spectrogram, frameRate);
        var tempo = new TempoCurve(onsets, Settings);
        double[] beats = tempo.Period > 0 ? BeatTracker.Track(onsets.Strength, tempo.Period, Settings.Tightness) : [];
        if (beats.Length < 2)
        {
            return BeatGrid.Empty;
        }

        double period = Period(beats);
        var meter = new BarMeter(onsets, beats);
        double[] tatums = TatumGrid.Divide(beats, TatumGrid.PerBeat(onsets, beats, period));
        int[] bars = [.. Enumerable.Range(0, beats.Length).Where(i => i % meter.BeatsPerBar == meter.Phase)];
        return new BeatGrid
        {
            Tempo = 60 * onsets.Rate / period,
            TimeSignature = meter.BeatsPerBar,
            TimeSignatureConfidence = meter.Confidence,
            BeatsStart = Seconds(onsets, beats),
            BeatsConfidence = BeatConfidence(onsets, beats, tempo.Clarity),
            BarsStart = Seconds(onsets, [.. bars.Select(i => beats[i])]),
            BarsConfidence = [.. bars.Select(i => BarConfidence(meter, i))],
            TatumsStart = Seconds(onsets, tatums),
            TatumsConfidence = TatumConfidence(onsets, tatums, tempo.Clarity),
        };
    }

    private static double Period(double[] beats)
    {
        double[] periods = [.. beats.Zip(beats.Skip(1), (a, b) => b - a).Order()];

        // The mean of the middle half: the median would be as coarse as the steps.
        return periods[(periods.Length / 4)..(periods.Length - periods.Length / 4)].Average();
    }

    private static float[] Seconds(BeatOnsets onsets, double[] steps) => [.. steps.Select(s => (float)Math.Max(0, onsets.Seconds(s)))];

    // What begins on a beat, against what begins on the middle one, and how clear the beat is on the whole.
    private static float[] BeatConfidence(BeatOnsets onsets, double[] beats, double clarity)
    {
        float[] strengths = [.. beats.Select(b => BeatOnsets.At(onsets.Strength, b))];
        double middle = Math.Max(0.1, strengths.Order().ElementAt(strengths.Length / 2));
        return [.. strengths.Select(s => (float)Math.Clamp(BeatScale * (0.4 + clarity) * (s - WeakShare * middle) / (s + middle), 0, 1))];
    }

    // How far a bar's first beat stands out from those around; most do so little.
    private static float BarConfidence(BarMeter meter, int beat) => (float)Math.Clamp(meter.Accents[beat] / BarScale, 0, 1);

    // How strong the onsets are on the tatums around, and how clear the beat is on the whole: it changes slowly, as the published one.
    private static float[] TatumConfidence(BeatOnsets onsets, double[] tatums, double clarity)
    {
        double[] on = [.. tatums.Select(t => (double)BeatOnsets.At(onsets.Strength, t))];
        float[] confidence = new float[tatums.Length];
        for (int i = 0; i < tatums.Length; i++)
        {
            (double sum, double weights) = (0, 0);
            for (int j = Math.Max(0, i - 2 * (int)StrengthsAround); j <= Math.Min(tatums.Length - 1, i + 2 * (int)StrengthsAround); j++)
            {
                double weight = Math.Exp(-0.5 * (i - j) * (i - j) / (StrengthsAround * StrengthsAround));
                sum += weight * on[j];
                weights += weight;
            }

            confidence[i] = (float)Math.Clamp(TatumScale * (0.4 + clarity) * sum / weights, 0, 1);
        }

        return confidence;
    }
}
