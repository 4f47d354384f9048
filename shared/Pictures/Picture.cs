namespace Pipeline.Pictures;

/// <summary>
/// Pixels as single-precision samples: 0 is black (or clear), 1 is full (or opaque). Everything that is done with a picture
/// here is arithmetic, and samples of 8 and of 16 bits alike are held so that they can be told exactly afterwards: a byte b
/// is b / 255f, and b again when rounded. Four bytes a sample are the price.
/// </summary>
public sealed class Picture
{
    /// <summary>Makes a picture of samples, which are kept, not copied.</summary>
    /// <param name="width">Pixels of a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="channels">1 grey, 2 grey and alpha, 3 red, green and blue, 4 these and alpha.</param>
    /// <param name="samples">Row by row from the top, the channels of a pixel side by side.</param>
    public Picture(int width, int height, int channels, float[] samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 4);
        long count = (long)width * height * channels;
        if (samples.Length != count)
        {
            throw new ArgumentException($"{width} x {height} pixels with {channels} channels have {count} samples, not {samples.Length}", nameof(samples));
        }

        Width = width;
        Height = height;
        Channels = channels;
        Samples = samples;
    }

    /// <summary>Makes a black picture, which is clear where it has alpha.</summary>
    public Picture(int width, int height, int channels)
        : this(width, height, channels, new float[(long)width * height * channels])
    {
    }

    /// <summary>Pixels of a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 grey, 2 grey and alpha, 3 red, green and blue, 4 these and alpha.</summary>
    public int Channels { get; }

    /// <summary>Whether the last channel says how opaque a pixel is; colours are not multiplied by it.</summary>
    public bool HasAlpha => Channels is 2 or 4;

    /// <summary>Row by row from the top, the channels of a pixel side by side: sample (x, y, c) is at (y Width + x) Channels + c.</summary>
    public float[] Samples { get; }

    /// <summary>One sample.</summary>
    public ref float this[int x, int y, int channel] => ref Row(y)[x * Channels + channel];

    /// <summary>The samples of a row.</summary>
    public Span<float> Row(int y) => Samples.AsSpan(y * Width * Channels, Width * Channels);

    /// <summary>Without alpha: what is clear shows the background. The picture itself where it has no alpha.</summary>
    /// <param name="background">0 black to 1 white.</param>
    public Picture Flatten(float background = 1)
    {
        if (!HasAlpha)
        {
            return this;
        }

        int colours = Channels - 1;
        var flat = new Picture(Width, Height, colours);
        for (int from = 0, to = 0; from < Samples.Length; from += Channels, to += colours)
        {
            float alpha = Samples[from + colours];
            for (int c = 0; c < colours; c++)
            {
                flat.Samples[to + c] = Samples[from + c] * alpha + background * (1 - alpha);
            }
        }

        return flat;
    }

    /// <summary>
    /// One channel: the brightness by ITU-R BT.601 (0.299 red, 0.587 green, 0.114 blue), on white where it is clear. The picture
    /// itself where it is grey.
    /// </summary>
    public Picture ToGrey()
    {
        Picture flat = Flatten();
        if (flat.Channels == 1)
        {
            return flat;
        }

        var grey = new Picture(Width, Height, 1);
        for (int i = 0; i < grey.Samples.Length; i++)
        {
            ReadOnlySpan<float> pixel = flat.Samples.AsSpan(3 * i, 3);
            grey.Samples[i] = 0.299f * pixel[0] + 0.587f * pixel[1] + 0.114f * pixel[2];
        }

        return grey;
    }

    /// <summary>A part of it, copied.</summary>
    public Picture Crop(PictureArea area)
    {
        if (area.X < 0 || area.Y < 0 || area.Width < 1 || area.Height < 1 || area.X > Width - area.Width || area.Y > Height - area.Height)
        {
            throw new ArgumentOutOfRangeException(nameof(area), $"{area} is not within {Width} x {Height} pixels");
        }

        var part = new Picture(area.Width, area.Height, Channels);
        for (int y = 0; y < area.Height; y++)
        {
            Row(area.Y + y).Slice(area.X * Channels, area.Width * Channels).CopyTo(part.Row(y));
        }

        return part;
    }
}
