using Pipeline.Listening;
using Pipeline.Tables;

namespace Pipeline.Stages.Prediction;

/// <summary>A table of verdicts: a row for each piece, and one for each window where they are wanted.</summary>
internal sealed class ParquetOutput : VerdictOutput
{
    private readonly TableWriter<VerdictRow> table;
    private readonly string[] genres;
    private readonly bool showsWindows;
    private readonly Provenance provenance;

    /// <summary>Starts the table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="genres">The model's genres.</param>
    /// <param name="showsWindows">Whether there is a row for each window too.</param>
    /// <param name="provenance">How the table comes to be.</param>
    public ParquetOutput(string path, IReadOnlyList<string> genres, bool showsWindows, Provenance provenance)
    {
        (this.genres, this.showsWindows, this.provenance) = ([.. genres], showsWindows, provenance);
        table = TableWriter<VerdictRow>.Create(path, provenance);
    }

    public override bool IsOnTerminal => false;

    public override void Write(HeardPiece heard, PieceVerdict verdict)
    {
        Row(heard, null, verdict.Probabilities);
        for (int w = 0; showsWindows && w < verdict.Windows.Count; w++)
        {
            Row(heard, w, verdict.Windows[w].Probabilities, verdict.Windows[w]);
        }
    }

    public override void Fail(Piece piece, string fault) => table.Write(new VerdictRow(piece.Name, null, null, null, null, [], [], fault, []));

    public override void Commit() => table.Commit(provenance);

    public override void Dispose() => table.Dispose();

    private void Row(HeardPiece heard, int? number, float[] probabilities, WindowVerdict? window = null) => table.Write(new VerdictRow(
        heard.Piece.Name, number, window?.StartS, window?.LengthS, genres[Ranking.Of(probabilities)[0]], genres, probabilities, null, [.. heard.Remarks]));
}
