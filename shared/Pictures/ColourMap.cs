using System.Globalization;

namespace Pipeline.Pictures;

/// <summary>
/// A scale of 256 colours for values from 0 to 1, and the way back: the value whose colour is nearest on the line through all
/// colours. Colour i stands for i / 255, and values take the colours as matplotlib lets them: v that of floor(256 v).
/// </summary>
public sealed partial class ColourMap
{
    private const int Count = 256;

    private readonly float[] reds = new float[Count];
    private readonly float[] greens = new float[Count];
    private readonly float[] blues = new float[Count];

    private ColourMap(string name, Func<int, (byte Red, byte Green, byte Blue)> colour)
    {
        Name = name;
        for (int i = 0; i < Count; i++)
        {
            (byte red, byte green, byte blue) = colour(i);
            (reds[i], greens[i], blues[i]) = (red / 255f, green / 255f, blue / 255f);
        }
    }

    /// <summary>From dark violet over green to yellow.</summary>
    public static ColourMap Viridis { get; } = new("viridis", i => Parse(ViridisColours, i));

    /// <summary>From black over violet and orange to light yellow.</summary>
    public static ColourMap Magma { get; } = new("magma", i => Parse(MagmaColours, i));

    /// <summary>From black to white.</summary>
    public static ColourMap Grey { get; } = new("grey", i => ((byte)i, (byte)i, (byte)i));

    /// <summary>All there are.</summary>
    public static IReadOnlyList<ColourMap> All { get; } = [Grey, Viridis, Magma];

    /// <summary>Its name, in small letters.</summary>
    public string Name { get; }

    /// <summary>The map of a name; null where there is none.</summary>
    public static ColourMap? Find(string name) => All.FirstOrDefault(m => m.Name == name);

    /// <summary>The colour of a value; beyond 0 and 1 that of the nearer end, of NaN that of 0.</summary>
    public (float Red, float Green, float Blue) Colour(float value)
    {
        int i = value > 0 ? (int)MathF.Min(value * Count, Count - 1) : 0;
        return (reds[i], greens[i], blues[i]);
    }

    /// <summary>Colours a picture of one channel.</summary>
    public Picture Apply(Picture values)
    {
        if (values.Channels != 1)
        {
            throw new ArgumentException($"values are one channel, not {values.Channels}", nameof(values));
        }

        var coloured = new Picture(values.Width, values.Height, 3);
        for (int i = 0; i < values.Samples.Length; i++)
        {
            Span<float> pixel = coloured.Samples.AsSpan(3 * i, 3);
            (pixel[0], pixel[1], pixel[2]) = Colour(values.Samples[i]);
        }

        return coloured;
    }

    /// <summary>
    /// The value whose colour is nearest to a given one: of all 256 the nearest, and from there along the straight lines to its neighbours.
    /// The distance is that of points with red, green and blue as coordinates: 0 to 1.73.
    /// </summary>
    public (float Value, float Distance) Invert(float red, float green, float blue)
    {
        int nearest = IsVectorSupported ? NearestVector(red, green, blue) : Nearest(red, green, blue);
        (float place, float square) = Along(Math.Max(nearest - 1, 0), red, green, blue);
        if (nearest < Count - 1 && Along(nearest, red, green, blue) is var after && after.Square < square)
        {
            (place, square) = after;
        }

        return (place / (Count - 1), MathF.Sqrt(square));
    }

    /// <summary>
    /// The values of a coloured picture, and how far its colours are from the map's: the mean of all pixels. Grey is red, green and
    /// blue alike; alpha is put on white.
    /// </summary>
    public (Picture Values, float MeanDistance) Invert(Picture coloured)
    {
        Picture flat = coloured.Flatten();
        var values = new Picture(flat.Width, flat.Height, 1);
        double sum = 0;
        int step = flat.Channels, green = step == 1 ? 0 : 1, blue = step == 1 ? 0 : 2;
        (float Red, float Green, float Blue) last = (-1, -1, -1);
        float distance = 0;
        for (int i = 0; i < values.Samples.Length; i++)
        {
            ReadOnlySpan<float> pixel = flat.Samples.AsSpan(i * step, step);
            (float, float, float) colour = (pixel[0], pixel[green], pixel[blue]);
            if (colour == last)
            {
                values.Samples[i] = values.Samples[i - 1]; // enlarged pictures repeat themselves
            }
            else
            {
                (values.Samples[i], distance) = Invert(pixel[0], pixel[green], pixel[blue]);
                last = colour;
            }

            sum += distance;
        }

        return (values, (float)(sum / values.Samples.Length));
    }

    /// <summary>The nearest of the 256 colours, the first of several.</summary>
    internal int Nearest(float red, float green, float blue)
    {
        int nearest = 0;
        float least = float.PositiveInfinity;
        for (int i = 0; i < Count; i++)
        {
            float r = reds[i] - red, g = greens[i] - green, b = blues[i] - blue;
            float square = r * r + g * g + b * b;
            if (square < least)
            {
                (nearest, least) = (i, square);
            }
        }

        return nearest;
    }

    // The nearest point between colour i and the next: its place, and its distance squared.
    private (float Place, float Square) Along(int i, float red, float green, float blue)
    {
        float r = reds[i + 1] - reds[i], g = greens[i + 1] - greens[i], b = blues[i + 1] - blues[i];
        float fromR = red - reds[i], fromG = green - greens[i], fromB = blue - blues[i];
        float length = r * r + g * g + b * b;
        float share = length == 0 ? 0 : Math.Clamp((fromR * r + fromG * g + fromB * b) / length, 0, 1);
        float offR = fromR - share * r, offG = fromG - share * g, offB = fromB - share * b;
        return (i + share, offR * offR + offG * offG + offB * offB);
    }

    private static (byte Red, byte Green, byte Blue) Parse(string colours, int i)
    {
        uint colour = uint.Parse(colours.AsSpan(6 * i, 6), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
    }
}
