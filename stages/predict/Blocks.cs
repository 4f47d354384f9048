namespace Pipeline.Stages.Prediction;

/// <summary>Bars and columns of block characters, or of plain ones on a terminal that has no others.</summary>
/// <param name="hasBlocks">Whether there are block characters.</param>
internal sealed class Blocks(bool hasBlocks)
{
    /// <summary>Those of the terminal: block characters, but where the locale names another encoding than UTF-8. One that is not set says nothing.</summary>
    public static Blocks OfTerminal()
    {
        string? locale = new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(l => !string.IsNullOrEmpty(l));
        return new Blocks(locale is null || locale.Replace("-", "", StringComparison.Ordinal).Contains("UTF8", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A bar that ends at an eighth of a place.</summary>
    /// <param name="share">How much of it is filled, 0 to 1.</param>
    /// <param name="room">Places of a full one.</param>
    public string Bar(double share, int room)
    {
        if (!hasBlocks)
        {
            return new string('#', (int)Math.Round(share * room));
        }

        int eighths = (int)Math.Round(share * room * 8);
        return new string('█', eighths / 8) + (eighths % 8 > 0 ? "▏▎▍▌▋▊▉"[eighths % 8 - 1] : "");
    }

    /// <summary>A column of one place: up to eight eighths high, or a digit for tenths.</summary>
    /// <param name="share">How much of it is filled, 0 to 1.</param>
    public char Column(double share) => hasBlocks ? " ▁▂▃▄▅▆▇█"[Math.Clamp((int)Math.Round(share * 8), 0, 8)] : " 123456789"[Math.Clamp((int)Math.Round(share * 10), 0, 9)];
}
