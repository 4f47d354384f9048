using System.Globalization;
using Pipeline.Cli;
using Pipeline.Listening;

namespace Pipeline.Stages.Prediction;

/// <summary>Genres and percentages for people, with bars on a terminal.</summary>
internal sealed class TextOutput : VerdictOutput
{
    private const int LongestBar = 40;
    private const int LongestStrip = 60;
    private const int WindowBar = 20;
    private const int TimesWidth = 13; // of 10:00 - 10:30

    private readonly IReadOnlyList<string> genres;
    private readonly int top;
    private readonly bool showsWindows;
    private readonly int width;
    private readonly Blocks? blocks; // null where none are drawn

    /// <summary>Draws where stdout is a terminal.</summary>
    /// <param name="genres">The model's genres.</param>
    /// <param name="top">How many genres to show.</param>
    /// <param name="showsWindows">Whether each window's verdict is shown too.</param>
    public TextOutput(IReadOnlyList<string> genres, int top, bool showsWindows)
    {
        (this.genres, this.top, this.showsWindows) = (genres, top, showsWindows);
        width = genres.Max(g => g.Length);
        blocks = Console.IsOutputRedirected ? null : Blocks.OfTerminal();
    }

    public override void Write(HeardPiece heard, PieceVerdict verdict)
    {
        Console.Out.WriteLine(Shown.Of(heard.Piece.Name));
        int[] best = [.. Ranking.Of(verdict.Probabilities).Take(top)];
        foreach (int g in best)
        {
            Line(genres[g], verdict.Probabilities[g], LongestBar);
        }

        if (showsWindows)
        {
            Console.Out.WriteLine();
            Strip(heard, verdict, best);
            foreach (WindowVerdict window in verdict.Windows)
            {
                int g = Ranking.Of(window.Probabilities)[0];
                Line(genres[g], window.Probabilities[g], WindowBar, Span(window, heard.DurationS).PadLeft(TimesWidth) + "  ");
            }
        }

        if (blocks is not null || showsWindows)
        {
            Console.Out.WriteLine();
        }
    }

    // The message on stderr says it.
    public override void Fail(Piece piece, string fault)
    {
    }

    private void Line(string genre, float share, int longestBar, string before = "")
    {
        string line = $"  {before}{genre.PadRight(width)}  {Percent(share)}  ";
        Console.Out.WriteLine((line + blocks?.Bar(share, Math.Clamp(Terminal.Width - 1 - line.Length, 0, longestBar))).TrimEnd());
    }

    // How much of each genre there is at what time: a row of columns of equal length in time.
    private void Strip(HeardPiece heard, PieceVerdict verdict, int[] best)
    {
        double end = Math.Min(verdict.Windows[^1].StartS + verdict.Windows[^1].LengthS, heard.DurationS ?? 0);
        int columns = Math.Clamp(Terminal.Width - 5 - width, 0, LongestStrip);
        if (blocks is null || verdict.Windows.Count < 2 || columns < 12)
        {
            return;
        }

        foreach (int g in best)
        {
            char[] cells = new char[columns];
            for (int c = 0; c < columns; c++)
            {
                double at = (c + 0.5) / columns * end;
                float[] there = [.. verdict.Windows.Where(w => w.StartS <= at && at < w.StartS + w.LengthS).Select(w => w.Probabilities[g])];
                cells[c] = there.Length == 0 ? ' ' : blocks.Column(there.Average());
            }

            Console.Out.WriteLine($"  {genres[g].PadRight(width)}  {new string(cells)}".TrimEnd());
        }

        Console.Out.WriteLine($"  {"".PadRight(width)}  0:00{Time(end).PadLeft(columns - 4)}");
        Console.Out.WriteLine();
    }

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture).PadLeft(7);

    // A window that was filled up ends with the piece.
    private static string Span(WindowVerdict window, double? durationS) =>
        durationS is { } end ? $"{Time(window.StartS)} - {Time(Math.Min(window.StartS + window.LengthS, end))}" : "";

    private static string Time(double seconds)
    {
        int whole = (int)Math.Round(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{whole / 60}:{whole % 60:00}");
    }
}
