using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Stages.Training;

/// <summary>
/// Which part a window is for: the features say so, and a table of splits confirms it and is checked for groups that are divided.
/// </summary>
internal sealed class Placement
{
    private readonly Dictionary<ulong, Part>? byRecording; // null without splits

    private Placement(Dictionary<ulong, Part>? byRecording) => this.byRecording = byRecording;

    /// <summary>Reads the splits, where there are any.</summary>
    /// <param name="path">The table; null for none.</param>
    /// <param name="fold">The parts of a fold, where they are not the table's own.</param>
    /// <param name="cancel">Ends it.</param>
    public static Placement Read(string? path, FoldParts? fold, CancellationToken cancel)
    {
        if (path is null)
        {
            return new Placement(null);
        }

        var table = TableReader<SplitRow>.Open(path);
        var byRecording = new Dictionary<ulong, Part>();
        var byGroup = new Dictionary<ulong, Part>();
        foreach (SplitRow row in table.Read(cancel))
        {
            Part part = Named(fold?.Of(row.Fold) ?? row.Split, row.RecordingId);
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

        return new Placement(byRecording);
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

        if (other != part)
        {
            throw new StageException($"{row.RecordingId} is in {row.Split} by the features and in {other.ToString().ToLowerInvariant()} by the splits: make the features anew");
        }

        return part;
    }

    private static Part Named(string split, string recording) => split switch
    {
        "train" => Part.Train,
        "valid" => Part.Valid,
        "test" => Part.Test,
        _ => throw new StageException($"{recording} is in the part '{split}', which is none of train, valid and test: inspect --contract tells what else is wrong with the table"),
    };
}
