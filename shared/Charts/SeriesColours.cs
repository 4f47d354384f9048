namespace Pipeline.Charts;

/// <summary>Colours for what stands side by side, told apart by the colour-blind too (Okabe and Ito 2008).</summary>
internal static class SeriesColours
{
    private const double Whiteness = 0.62;

    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

    /// <summary>The colour of a series; from the seventh on they come again.</summary>
    public static string Of(int series) => Colours[series % Colours.Length];

    /// <summary>A lighter tint of it.</summary>
    public static string LightOf(int series)
    {
        int colour = Convert.ToInt32(Of(series)[1..], 16);
        return $"#{Lighter(colour >> 16):x2}{Lighter(colour >> 8):x2}{Lighter(colour):x2}";

        static int Lighter(int value) => (int)Math.Round((value & 255) + (255 - (value & 255)) * Whiteness);
    }
}
