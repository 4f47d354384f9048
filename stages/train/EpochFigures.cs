using System.Globalization;

namespace Pipeline.Stages.Training;

/// <summary>How an epoch went.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">Mean loss of the batches, with dropout and changes to the windows.</param>
/// <param name="TrainAccuracy">Share of the train windows that were named right, likewise.</param>
/// <param name="ValidLoss">Mean cross-entropy of the valid windows, each counting the same.</param>
/// <param name="ValidAccuracy">Share of the valid recordings that are named right, windows averaged.</param>
/// <param name="ValidMacroF1">Mean over genres of F1, of the valid recordings.</param>
/// <param name="Rate">Learning rate of the last batch.</param>
internal sealed record EpochFigures(int Epoch, double TrainLoss, double TrainAccuracy, double ValidLoss, double ValidAccuracy, double ValidMacroF1, double Rate)
{
    /// <summary>Names of the columns of <see cref="ToRow"/>.</summary>
    public const string Columns = "epoch,train_loss,valid_loss,train_accuracy,valid_accuracy,valid_macro_f1,rate";

    /// <summary>A row of a history.</summary>
    public string ToRow() => string.Create(CultureInfo.InvariantCulture, $"{Epoch},{TrainLoss:R},{ValidLoss:R},{TrainAccuracy:R},{ValidAccuracy:R},{ValidMacroF1:R},{Rate:R}");

    /// <summary>Reads what <see cref="ToRow"/> gave.</summary>
    public static EpochFigures Parse(string row)
    {
        string[] cells = row.Split(',');
        if (cells.Length != Columns.Count(c => c == ',') + 1)
        {
            throw new FormatException($"an epoch of its history has {cells.Length} figures");
        }

        double Cell(int i) => double.Parse(cells[i], CultureInfo.InvariantCulture);
        return new EpochFigures(int.Parse(cells[0], CultureInfo.InvariantCulture), Cell(1), Cell(3), Cell(2), Cell(4), Cell(5), Cell(6));
    }
}
