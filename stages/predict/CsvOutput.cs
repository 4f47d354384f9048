using System.Globalization;
using Pipeline.Cli;
using Pipeline.Listening;

namespace Pipeline.Stages.Prediction;

/// <summary>A row of CSV for each piece, with a column for each genre; one for each of its windows too, where they are wanted.</summary>
internal sealed class CsvOutput : VerdictOutput
{
    private readonly IReadOnlyList<string> genres;
    private readonly bool showsWindows;

    /// <summary>Writes the headings.</summary>
    /// <param name="genres">The model's genres.</param>
    /// <param name="showsWindows">Whether there is a row for each window too.</param>
    public CsvOutput(IReadOnlyList<string> genres, bool showsWindows)
    {
        (this.genres, this.showsWindows) = (genres, showsWindows);
        Row("piece", ["window", "start_s", "length_s"], "genre", genres, "fault", "remarks");
    }

    public override void Write(HeardPiece heard, PieceVerdict verdict)
    {
        string remarks = string.Join("; ", heard.Remarks);
        Row(heard.Piece.Name, ["", "", ""], verdict.Probabilities, remarks);
        for (int w = 0; showsWindows && w < verdict.Windows.Count; w++)
        {
            WindowVerdict window = verdict.Windows[w];
            Row(heard.Piece.Name, [Number(w), Number(window.StartS), Number(window.LengthS)], window.Probabilities, remarks);
        }
    }

    public override void Fail(Piece piece, string fault) => Row(piece.Name, ["", "", ""], "", genres.Select(_ => ""), fault, "");

    private void Row(string piece, string[] window, float[] probabilities, string remarks) =>
        Row(piece, window, genres[Ranking.Of(probabilities)[0]], probabilities.Select(p => p.ToString(CultureInfo.InvariantCulture)), "", remarks);

    private void Row(string piece, string[] window, string genre, IEnumerable<string> values, string fault, string remarks) =>
        Console.Out.WriteLine(CsvLine.Of([piece, .. showsWindows ? window : [], genre, .. values, fault, remarks]));

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
