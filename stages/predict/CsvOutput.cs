using System.Globalization;
using Pipeline.Cli;
using Pipeline.Listening;

namespace Pipeline.Stages.Prediction;

/// <summary>A row of CSV for each piece, or for each window, with a column for each genre.</summary>
internal sealed class CsvOutput : VerdictOutput
{
    private readonly IReadOnlyList<string> genres;
    private readonly bool showsWindows;

    /// <summary>Writes the headings.</summary>
    /// <param name="genres">The model's genres.</param>
    /// <param name="showsWindows">Whether there is a row for each window, not one for the piece.</param>
    public CsvOutput(IReadOnlyList<string> genres, bool showsWindows)
    {
        (this.genres, this.showsWindows) = (genres, showsWindows);
        Row("piece", showsWindows ? ["start_s", "length_s"] : [], "genre", genres, "fault");
    }

    public override void Write(HeardPiece heard, PieceVerdict verdict)
    {
        if (!showsWindows)
        {
            Row(heard.Piece.Name, [], verdict.Probabilities);
            return;
        }

        foreach (WindowVerdict window in verdict.Windows)
        {
            Row(heard.Piece.Name, [window.StartS.ToString(CultureInfo.InvariantCulture), window.LengthS.ToString(CultureInfo.InvariantCulture)], window.Probabilities);
        }
    }

    public override void Fail(Piece piece, string fault) => Row(piece.Name, showsWindows ? ["", ""] : [], "", genres.Select(_ => ""), fault);

    private void Row(string piece, string[] time, float[] probabilities) =>
        Row(piece, time, genres[Ranking.Of(probabilities)[0]], probabilities.Select(p => p.ToString(CultureInfo.InvariantCulture)), "");

    private static void Row(string piece, string[] time, string genre, IEnumerable<string> values, string fault) =>
        Console.Out.WriteLine(CsvLine.Of([piece, .. time, genre, .. values, fault]));
}
