using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Pipeline.Pictures;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>A spectrogram brought to a given height and width: a frame for each column, the lowest frequency first.</summary>
internal sealed class SpectrogramRepresentation(SpectrogramSettings settings) : AudioRepresentation
{
    private readonly Stft stft = new(settings.Stft);

    public static AudioPlan Read(RecipeSection section, int sampleRate)
    {
        SpectrogramSettings settings = SpectrogramSettings.Read(section, sampleRate);
        double[] hertz = [.. Enumerable.Range(0, settings.Height).Select(row => settings.HertzOf(row))];
        return new AudioPlan(
            () => new SpectrogramRepresentation(settings),
            new FeatureAxes("Hz", hertz, null, settings.Values switch { SpectrumValues.Db => "dB", SpectrumValues.Power => "power", _ => "magnitude" }),
            FrameGrid.Fixed(settings.Width));
    }

    public override FrameMatrix Compute(ReadOnlySpan<float> samples)
    {
        FrameMatrix spectrum = stft.Power(samples);
        if (spectrum.Frames == 0)
        {
            throw new FeatureException("too-short", $"{samples.Length} samples, a frame has {settings.Stft.FftSize}");
        }

        switch (settings.Values)
        {
            case SpectrumValues.Db:
                Decibels.FromPower(spectrum.Values, settings.Level);
                break;
            case SpectrumValues.Magnitude:
                foreach (ref float value in spectrum.Values.AsSpan())
                {
                    value = MathF.Sqrt(value);
                }

                break;
        }

        // A row of this picture is a moment: it is as wide as there are frequencies.
        var picture = new Picture(settings.Height, spectrum.Frames, 1, Rows(spectrum).Values);
        Picture resized = new Resizer(picture.Width, picture.Height, settings.Height, settings.Width, settings.Filter).Resize(picture);
        var features = new FrameMatrix(settings.Width, settings.Height);
        resized.Samples.CopyTo(features.Values, 0);
        return features;
    }

    // The frequencies of each moment gathered into rows: the mean of what lies in a row, what lies at its middle where that is
    // less than one frequency apart.
    private FrameMatrix Rows(FrameMatrix spectrum)
    {
        var rows = new FrameMatrix(spectrum.Frames, settings.Height);
        double hertzPerBin = (double)settings.SampleRate / settings.Stft.FftSize;
        for (int row = 0; row < settings.Height; row++)
        {
            double from = settings.HertzOf(row - 0.5) / hertzPerBin;
            double to = settings.HertzOf(row + 0.5) / hertzPerBin;
            double[] weights = Weights(from, to, spectrum.Width, out int first);
            for (int t = 0; t < spectrum.Frames; t++)
            {
                ReadOnlySpan<float> moment = spectrum[t].Slice(first, weights.Length);
                double sum = 0;
                for (int i = 0; i < weights.Length; i++)
                {
                    sum += weights[i] * moment[i];
                }

                rows[t][row] = (float)sum;
            }
        }

        return rows;
    }

    // Of the bins, whose values are joined by straight lines, from one place to another: sums to 1.
    private static double[] Weights(double from, double to, int bins, out int first)
    {
        from = Math.Clamp(from, 0, bins - 1);
        to = Math.Clamp(to, from, bins - 1);
        first = (int)Math.Floor(from);
        int last = Math.Min(bins - 1, (int)Math.Ceiling(to));
        double[] weights = new double[last - first + 1];
        if (to - from < 1e-9)
        {
            double within = from - first;
            weights[0] = 1 - within;
            if (weights.Length > 1)
            {
                weights[1] = within;
            }

            return weights;
        }

        for (int left = first; left < last; left++)
        {
            // the part of this straight line that lies within, and the mean of its ends there
            double a = Math.Max(from, left) - left;
            double b = Math.Min(to, left + 1) - left;
            if (b > a)
            {
                double middle = (a + b) / 2;
                weights[left - first] += (b - a) * (1 - middle) / (to - from);
                weights[left - first + 1] += (b - a) * middle / (to - from);
            }
        }

        return weights;
    }
}
