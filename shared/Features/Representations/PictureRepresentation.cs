using Pipeline.Pictures;

namespace Pipeline.Features.Representations;

/// <summary>The pixels of a picture of a spectrogram, from the lowest row up, as the frequencies of a spectrogram are.</summary>
internal sealed class PictureRepresentation(PictureSettings settings)
{
    public FeatureWindow Compute(Picture picture)
    {
        Picture flat = picture.Flatten();
        Picture plot = settings.IsCropped ? flat.Crop(new MarginCrop().Find(flat)) : flat;
        Picture values = settings.IsColour ? Coloured(plot) : settings.Map switch
        {
            ColourMapName.Viridis => ColourMap.Viridis.Invert(plot).Values,
            ColourMapName.Magma => ColourMap.Magma.Invert(plot).Values,
            ColourMapName.Grey => ColourMap.Grey.Invert(plot).Values,
            _ => plot.ToGrey(),
        };
        Picture resized = new Resizer(values.Width, values.Height, settings.Width, settings.Height, settings.Filter).Resize(values);
        int colours = resized.Channels;
        float[] features = new float[colours * settings.Height * settings.Width];
        for (int colour = 0; colour < colours; colour++)
        {
            for (int y = 0; y < settings.Height; y++)
            {
                Span<float> to = features.AsSpan((colour * settings.Height + settings.Height - 1 - y) * settings.Width, settings.Width);
                for (int x = 0; x < settings.Width; x++)
                {
                    to[x] = resized[x, y, colour];
                }
            }
        }

        return new FeatureWindow(0, 0, 0, colours * settings.Height, settings.Width, features);
    }

    private static Picture Coloured(Picture picture)
    {
        if (picture.Channels == 3)
        {
            return picture;
        }

        var coloured = new Picture(picture.Width, picture.Height, 3);
        for (int i = 0; i < picture.Samples.Length; i++)
        {
            coloured.Samples.AsSpan(3 * i, 3).Fill(picture.Samples[i]);
        }

        return coloured;
    }
}
