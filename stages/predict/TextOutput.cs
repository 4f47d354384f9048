using System.Globalization;
using Pipeline.Cli;
using Pipeline.Listening;

namespace Pipeline.Stages.Prediction;

/// <summary>Genres and percentages for people, with bars on a terminal.</summary>
/// <param name="genres">The model's genres.</param>
/// <param name="top">How many genres to show.</param>
/// <param name="showsWindows">Whether each window's verdict is shown too.</param>
internal sealed class TextOutput(IReadOnlyList<string> genres, int top, bool showsWindows) : VerdictOutput
{
    private const int LongestBar = 40;
    private const int WindowBar = 20;

    private readonly int width = genres.Max(g => g.Length);
    private readonly bool drawsBars = !Console.IsOutputRedirected;

    public override void Write(HeardPiece heard, PieceVerdict verdict)
    {
        TextWriter output = Console.Out;
        output.WriteLine(heard.Piece.Name);
        int room = Math.Clamp(Terminal.Width - width - 12, 10, LongestBar);
        foreach (int g in Ranking.Of(verdict.Probabilities).Take(top))
        {
            string line = $"  {genres[g].PadRight(width)}  {Percent(verdict.Probabilities[g])}  {Bar(verdict.Probabilities[g], room)}";
            output.WriteLine(line.TrimEnd());
        }

        if (showsWindows)
        {
            output.WriteLine();
            foreach (WindowVerdict window in verdict.Windows)
            {
                int best = Ranking.Of(window.Probabilities)[0];
                string line = $"  {Span(window, heard.DurationS),13}  {genres[best].PadRight(width)}  {Percent(window.Probabilities[best])}  {Bar(window.Probabilities[best], WindowBar)}";
                output.WriteLine(line.TrimEnd());
            }
        }

        if (drawsBars || showsWindows)
        {
            output.WriteLine();
        }
    }

    // The message on stderr says it.
    public override void Fail(Piece piece, string fault)
    {
    }

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture).PadLeft(7);

    private string Bar(double share, int room)
    {
        if (!drawsBars)
        {
            return "";
        }

        int eighths = (int)Math.Round(share * room * 8);
        return new string('█', eighths / 8) + (eighths % 8 > 0 ? "▏▎▍▌▋▊▉"[eighths % 8 - 1] : "");
    }

    // A window that was filled up ends with the piece.
    private static string Span(WindowVerdict window, double? durationS) =>
        durationS is { } end ? $"{Time(window.StartS)} - {Time(Math.Min(window.StartS + window.LengthS, end))}" : "";

    private static string Time(double seconds)
    {
        int whole = (int)Math.Round(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{whole / 60}:{whole % 60:00}");
    }
}
