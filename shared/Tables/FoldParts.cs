using System.Globalization;

namespace Pipeline.Tables;

/// <summary>
/// The parts that a fold of a cross-validation makes: test is the fold itself, valid the next one, and train the others. It holds some
/// thirty bytes for each recording.
/// </summary>
public sealed class FoldParts
{
    private const int FewestFolds = 3;

    private readonly string path;
    private readonly int test;
    private readonly int folds;
    private readonly Dictionary<ulong, int> foldOf = []; // by the hash of a recording's key

    private FoldParts(string path, int test, int folds) => (this.path, this.test, this.folds) = (path, test, folds);

    /// <summary>Reads the folds of a table of splits.</summary>
    /// <param name="path">The table.</param>
    /// <param name="test">The fold that is for the test, from 0.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="TableException">There are fewer than three folds, or there is no such one.</exception>
    public static FoldParts Read(string path, int test, CancellationToken cancel)
    {
        var table = TableReader<SplitRow>.Open(path);
        int folds = table.Read(cancel).Select(r => r.Fold + 1).DefaultIfEmpty(1).Max();
        if (folds < FewestFolds || test >= folds)
        {
            throw new TableException(folds < FewestFolds
                ? $"{path} has {folds} {(folds == 1 ? "fold" : "folds")}: --fold needs {FewestFolds} or more, which split --folds makes"
                : $"{path} has the folds 0 to {folds - 1}: there is no fold {test}");
        }

        var parts = new FoldParts(path, test, folds);
        foreach (SplitRow row in table.Read(cancel))
        {
            parts.foldOf[KeySet.Hash(row.RecordingId)] = row.Fold;
        }

        return parts;
    }

    /// <summary>The part of a fold.</summary>
    public string Of(int fold) => fold == test ? "test" : fold == (test + 1) % folds ? "valid" : "train";

    /// <summary>The part of a window; null for one that is in none: a changed copy is for training alone.</summary>
    /// <exception cref="TableException">The recording has no fold.</exception>
    public string? Of(FeatureRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!foldOf.TryGetValue(KeySet.Hash(row.RecordingId), out int fold))
        {
            throw new TableException($"{row.RecordingId} is in the features and not in {path}: give the splits that the features were made of");
        }

        string part = Of(fold);
        return part != "train" && IsCopy(row.ExampleId) ? null : part;
    }

    private static bool IsCopy(string example)
    {
        int at = example.LastIndexOf('#');
        return at >= 0 && int.TryParse(example.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int copy) && copy > 0;
    }
}
