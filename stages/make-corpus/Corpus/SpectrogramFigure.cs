using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Pipeline.Pictures;
using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>Draws a spectrogram as the pictures that circulate with GTZAN are: 432 x 288 pixels, of which white margins leave 335 x 217.</summary>
internal static class SpectrogramFigure
{
    private const int Width = 432;
    private const int Height = 288;

    // matplotlib's margins (its defaults of figure.subplot: 0.125 left, 0.1 right, 0.12 top, 0.11 bottom), in whole pixels.
    private static readonly PictureArea Plot = new(54, 35, 335, 217);

    // The rows are even in the logarithm of frequency, as librosa's display with y_axis='log' is in most of its range.
    private const double LowestHz = 40;

    /// <summary>Writes a picture (PNG, red, green, blue and alpha, all opaque).</summary>
    /// <param name="path">The file.</param>
    /// <param name="samples">One channel at <see cref="Samples.Rate"/>.</param>
    public static void Write(string path, float[] samples)
    {
        var stft = new Stft(new StftSettings());
        FrameMatrix power = stft.Power(samples);
        Decibels.FromPower(power.Values, new DecibelSettings { Reference = null });
        var rows = new Picture(power.Frames, Plot.Height, 1);
        for (int y = 0; y < Plot.Height; y++)
        {
            FillRow(power, y, rows.Row(y));
        }

        Picture plot = ColourMap.Viridis.Apply(new Resizer(power.Frames, Plot.Height, Plot.Width, Plot.Height).Resize(rows));
        var figure = new Picture(Width, Height, 4);
        figure.Samples.AsSpan().Fill(1);
        for (int y = 0; y < Plot.Height; y++)
        {
            for (int x = 0; x < Plot.Width; x++)
            {
                plot.Row(y).Slice(3 * x, 3).CopyTo(figure.Row(Plot.Y + y)[(4 * (Plot.X + x))..]);
            }
        }

        PngWriter.Write(path, figure);
    }

    // 0 for 80 dB below the loudest, 1 for the loudest. A row is the mean of the bins within it, or what lies between two.
    private static void FillRow(FrameMatrix decibels, int y, Span<float> row)
    {
        double low = Bin(decibels, y + 1), high = Bin(decibels, y);
        for (int t = 0; t < row.Length; t++)
        {
            ReadOnlySpan<float> frame = decibels[t];
            double value;
            if (high - low < 1)
            {
                double place = (low + high) / 2;
                int i = Math.Min((int)place, frame.Length - 2);
                value = frame[i] + (place - i) * (frame[i + 1] - frame[i]);
            }
            else
            {
                int first = (int)Math.Round(low), end = Math.Max(first + 1, (int)Math.Round(high));
                value = 0;
                foreach (float bin in frame[first..end])
                {
                    value += bin / (end - first);
                }
            }

            row[t] = (float)(1 + value / 80);
        }
    }

    // The bin, and fractions of it, at the upper edge of a row.
    private static double Bin(FrameMatrix decibels, int y)
    {
        double octaves = Math.Log2(Samples.Rate / 2 / LowestHz) * (1 - (double)y / Plot.Height);
        return LowestHz * Math.Pow(2, octaves) / (Samples.Rate / 2.0) * (decibels.Width - 1);
    }
}
