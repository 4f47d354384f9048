using System.Diagnostics;
using System.Globalization;
using System.Text;
using Pipeline.Cli;

namespace Pipeline.Stages.Training;

/// <summary>
/// Shows people how a training goes: on a terminal a table that grows by a line each epoch, and below it a line that follows the batches,
/// with a small curve of the valid loss; otherwise a plain line each epoch. With --quiet the end alone.
/// </summary>
internal sealed class EpochLog
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const int CurveWidth = 24;
    private const int BarWidth = 10;

    // Both fit into 80 columns.
    private static readonly string Heading = $"  {"epoch",5}  {"loss train",10} {"valid",8}  {"right train",11} {"valid",6} {"F1",6} {"rate",8}  left at most";

    private readonly string of;
    private readonly int epochs;
    private readonly int batches;
    private readonly int before; // epochs of an earlier run
    private readonly bool isShown;
    private readonly LiveLine? live;
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly List<double> losses;

    /// <param name="seed">Seed of the network.</param>
    /// <param name="of">Which of several it is; empty for the only one.</param>
    /// <param name="epochs">Epochs at most.</param>
    /// <param name="batches">Batches of an epoch.</param>
    /// <param name="history">The epochs before, where the training goes on.</param>
    /// <param name="quiet">Show nothing but the end.</param>
    public EpochLog(ulong seed, string of, int epochs, int batches, IReadOnlyList<EpochFigures> history, bool quiet)
    {
        (this.of, this.epochs, this.batches) = (of.Length > 0 ? $"network {of} (seed {seed}), " : "", epochs, batches);
        losses = [.. history.Select(h => h.ValidLoss)];
        before = losses.Count;
        isShown = !quiet;
        live = isShown ? LiveLine.TryBegin() : null;
        live?.Above((of.Length > 0 ? $"network {of}, seed {seed}\n" : "") + Heading);
    }

    /// <summary>A batch of the running epoch is done.</summary>
    public void Batch(int batch)
    {
        if (live is null)
        {
            return;
        }

        double share = (double)batch / batches;
        int filled = (int)(share * BarWidth);
        live.Show($"  {losses.Count + 1,5} of {epochs}  {new string('━', filled)}{new string('·', BarWidth - filled)}  at most {Left(losses.Count + share),-10} {Curve()}");
    }

    /// <summary>An epoch is done.</summary>
    public void Epoch(EpochFigures figures, bool isBest)
    {
        losses.Add(figures.ValidLoss);
        string left = Left(losses.Count);
        if (live is not null)
        {
            live.Above(string.Create(CultureInfo.InvariantCulture,
                $"{(isBest ? '*' : ' ')} {figures.Epoch,5}  {Loss(figures.TrainLoss),10} {Loss(figures.ValidLoss),8}  "
                + $"{figures.TrainAccuracy,11:P0} {figures.ValidAccuracy,6:P0} {figures.ValidMacroF1,6:0.00} {figures.Rate,8:0.0E+0}  {left}"));
        }
        else if (isShown)
        {
            Terminal.Message(string.Create(CultureInfo.InvariantCulture,
                $"{of}epoch {figures.Epoch} of {epochs}: loss {Loss(figures.TrainLoss)} train, {Loss(figures.ValidLoss)} valid{(isBest ? " (best)" : "")}; "
                + $"right {figures.TrainAccuracy:P1} train, {figures.ValidAccuracy:P1} valid; macro-F1 {figures.ValidMacroF1:0.000}; rate {figures.Rate:0.0E+0}; {left} left at most"));
        }
    }

    /// <summary>The training has ended.</summary>
    public void End(EpochFigures best)
    {
        live?.End();
        Terminal.Message(string.Create(CultureInfo.InvariantCulture,
            $"{of}{Amount.Of(losses.Count, "epoch")}{(before > 0 ? $", {losses.Count - before} of them now," : "")} in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s; "
            + $"best is epoch {best.Epoch}: valid loss {best.ValidLoss:0.0000}, {best.ValidAccuracy:P1} right, macro-F1 {best.ValidMacroF1:0.000}"));
    }

    // One that has gone astray has dozens of digits.
    private static string Loss(double loss) => loss.ToString(loss < 1000 ? "0.0000" : "0.0E+0", CultureInfo.InvariantCulture);

    // A training may stop before its last epoch.
    private string Left(double epochsDone)
    {
        double each = Stopwatch.GetElapsedTime(started).TotalSeconds / Math.Max(epochsDone - before, 0.01);
        var time = TimeSpan.FromSeconds(Math.Clamp(each * (epochs - epochsDone), 0, 1e9));
        return time.TotalMinutes < 1 ? $"{time.TotalSeconds:0} s" : time.TotalHours < 1 ? $"{time.Minutes}:{time.Seconds:00} min" : $"{(int)time.TotalHours}:{time.Minutes:00} h";
    }

    private string Curve()
    {
        if (losses.Count < 2)
        {
            return "";
        }

        double[] shown = [.. losses.TakeLast(CurveWidth)];
        double least = shown.Min(), range = Math.Max(shown.Max() - least, 1e-9);
        var text = new StringBuilder();
        foreach (double loss in shown)
        {
            text.Append(Blocks[(int)((loss - least) / range * (Blocks.Length - 1))]);
        }

        return text.ToString();
    }
}
