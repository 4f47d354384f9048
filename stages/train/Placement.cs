using System.Globalization;
using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Stages.Training;

/// <summary>
/// Which part a window is for: the features say so themselves, and a table of splits confirms it or, for a fold, decides it.
/// With the splits it is also checked that no group is divided.
/// </summary>
internal sealed class Placement
{
    private readonly Dictionary<ulong, Part>? byRecording; // null without splits
    private readonly bool decides; // rather than confirms

    private Placement(Dictionary<ulong, Part>? byRecording, bool decides) => (this.byRecording, this.decides) = (byRecording, decides);

    /// <summary>Reads the splits, where there are any.</summary>
    /// <param name="path">The table; null for none.</param>
    /// <param name="fold">The fold that is for the test: the next one is for validation and the others for training. Null to keep to the parts.</param>
    /// <param name="cancel">Ends it.</param>
    public static Placement Read(string? path, int? fold, CancellationToken cancel)
    {
        if (path is null)
        {
            return new Placement(null, false);
        }

        var table = TableReader<SplitRow>.Open(path);
        int folds = fold is null ? 1 : table.Read(cancel).Select(r => r.Fold + 1).DefaultIfEmpty(1).Max();
        if (fold is { } wanted && (folds < 3 || wanted >= folds))
        {
            throw new StageException(folds < 3
                ? $"{path} has {Amount.Of(folds, "fold")}: --fold needs 3 or more, which split --folds makes"
                : $"{path} has the folds 0 to {folds - 1}: there is no fold {wanted}");
        }

        var byRecording = new Dictionary<ulong, Part>();
        var byGroup = new Dictionary<ulong, Part>();
        foreach (SplitRow row in table.Read(cancel))
        {
            Part part = fold is { } test ? OfFold(row.Fold, test, folds) : Named(row.Split, row.RecordingId);
            if (!byRecording.TryAdd(Lot.Draw(0, row.RecordingId), part))
            {
                throw new StageException($"{path}: {row.RecordingId} is in it twice: make the split anew");
            }

            ulong group = Lot.Draw(0, row.Group);
            if (!byGroup.TryAdd(group, part) && byGroup[group] != part)
            {
                throw new StageException($"{path}: the group of {row.Group} is divided: {row.RecordingId} is in {part.ToString().ToLowerInvariant()} and another of it in "
                    + $"{byGroup[group].ToString().ToLowerInvariant()}; a network would be judged by what it has learnt: make the split anew");
            }
        }

        return new Placement(byRecording, fold is not null);
    }

    /// <summary>The part of a window.</summary>
    public Part Of(FeatureRow row)
    {
        Part part = Named(row.Split, row.RecordingId);
        if (byRecording is null)
        {
            return part;
        }

        if (!byRecording.TryGetValue(Lot.Draw(0, row.RecordingId), out Part other))
        {
            throw new StageException($"{row.RecordingId} is in the features and not in the splits: give the splits that the features were made of");
        }

        if (!decides && other != part)
        {
            throw new StageException($"{row.RecordingId} is in {row.Split} by the features and in {other.ToString().ToLowerInvariant()} by the splits: make the features anew");
        }

        // Changed copies are for training, whatever part their recording was in when they were made.
        return decides && other != Part.Train && IsCopy(row.ExampleId) ? Part.None : other;
    }

    private static bool IsCopy(string example)
    {
        int at = example.LastIndexOf('#');
        return at >= 0 && int.TryParse(example.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int copy) && copy > 0;
    }

    private static Part OfFold(int fold, int test, int folds) => fold == test ? Part.Test : fold == (test + 1) % folds ? Part.Valid : Part.Train;

    private static Part Named(string split, string recording) => split switch
    {
        "train" => Part.Train,
        "valid" => Part.Valid,
        "test" => Part.Test,
        _ => throw new StageException($"{recording} is in the part '{split}', which is none of train, valid and test: inspect --contract tells what else is wrong with the table"),
    };
}
