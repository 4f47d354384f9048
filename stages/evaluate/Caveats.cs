using Pipeline.Cli;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>Collects what a reader of the figures has to know: warnings, which stand in the headline, and notes.</summary>
internal sealed class Caveats
{
    private readonly List<string> warnings = [];
    private readonly List<string> notes = [];

    /// <summary>What has to be told with every figure.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>What else there is to know.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Of the tables that were read.</summary>
    /// <param name="source">Where the verdicts come from.</param>
    /// <param name="provenance">How all tables came to be.</param>
    public void OfTables(VerdictSource source, Provenance provenance)
    {
        warnings.AddRange(provenance.Warnings.Union(source.Warnings));
        if (!provenance.Entries.Any(e => e.Stage == "split"))
        {
            notes.Add(
                "no table tells how its parts were divided: whether an artist stands in train and in the evaluated part too is not known "
                + "(--splits or --features may tell)");
        }
    }

    /// <summary>Of the features.</summary>
    /// <param name="study">What they tell.</param>
    /// <param name="parts">The figures.</param>
    public void OfFeatures(FeatureStudy study, IReadOnlyList<Evaluation> parts)
    {
        if (study.Divided > 0)
        {
            string stand = study.Divided == 1 ? "stands" : "stand";
            warnings.Add($"{Shown.Of(study.Divided, "recording")} {stand} in several parts of the features, such as {study.FirstDivided}: figures flatter");
        }

        foreach (Evaluation part in parts)
        {
            (long count, string? first) = study.InTrain(part.Verdicts);

            // Folds are each trained on what others judge.
            if (count > 0 && (part.Verdicts.Runs.Count == 1 || part.RunsOverlap))
            {
                string are = count == 1 ? "is" : "are";
                warnings.Add($"{Shown.Of(count, "recording")} of {part.Split} {are} of the train part of the features, such as {first}: figures flatter");
            }

            if (part.Neighbours is { } neighbours)
            {
                OfNeighbours(part, neighbours);
            }
        }
    }

    /// <summary>Of a part's figures.</summary>
    /// <param name="part">The figures.</param>
    /// <param name="isOfModel">Whether they are of a model that was trained here.</param>
    /// <param name="hasGroups">Whether it is known which recordings belong together.</param>
    public void OfPart(Evaluation part, bool isOfModel, bool hasGroups)
    {
        Scores recordings = part.All.Recordings;
        if (recordings.Count == 0)
        {
            warnings.Add($"there is nothing in {part.Split}: its figures are not defined");
            return;
        }

        if (isOfModel && part.Split == "valid")
        {
            warnings.Add("the weights were chosen by the valid part: its figures flatter");
        }

        if (!hasGroups && part.RecordingAccuracy is not null)
        {
            notes.Add($"the interval on {part.Split} takes recordings of one artist for independent, and is too narrow where there are such: --splits tells which belong together");
        }

        int known = part.Verdicts.ModelGenres;
        string[] unknown = [.. Enumerable.Range(known, part.Genres.Count - known).Select(g => $"{part.Genres[g]} ({recordings.Support(g)})")];
        if (unknown.Length > 0)
        {
            warnings.Add($"the model does not know all genres of {part.Split}, and is wrong about every recording of the others: {Ellipsis.Names(unknown)}");
        }

        AddNames($"there is nothing in {part.Split} of", g => recordings.Support(g) == 0);
        AddNames($"no verdict on {part.Split} names", g => recordings.Named(g) == 0 && g < known);
        if (part.Majority is { IsOfTrain: false })
        {
            notes.Add($"{part.Majority.Genre} is the most frequent genre of {part.Split} itself: which is that of train, only features tell (--features)");
        }

        string of = part.Groups < recordings.Count ? Shown.Of(part.Groups, "group") + " of recordings" : Shown.Of(part.Groups, "recording");
        notes.Add(part.RecordingAccuracy is null
            ? $"there is no interval of the accuracy on {part.Split}, as there is but {of}"
            : part.Groups > Bootstrap.MostGroups
            ? $"the interval on {part.Split} follows from the variance of {of}"
            : $"the interval on {part.Split} is that of 95 % of {Shown.Count(Bootstrap.Draws)} draws of {of}, with replacement");

        void AddNames(string what, Func<int, bool> isMeant)
        {
            string[] names = [.. Enumerable.Range(0, part.Genres.Count).Where(isMeant).Select(g => part.Genres[g])];
            if (names.Length > 0)
            {
                notes.Add($"{what} {Ellipsis.Names(names)}");
            }
        }
    }

    /// <summary>Of one's own songs.</summary>
    /// <param name="part">Their figures.</param>
    /// <param name="extra">What they are.</param>
    /// <param name="learnt">Those that the model may have learnt from.</param>
    public void OfExtra(Evaluation part, ExtraSet extra, LearntFiles learnt)
    {
        if (learnt.Count > 0)
        {
            warnings.Add(
                $"{Shown.Of(learnt.Count, "file")} of extra {(learnt.Count == 1 ? "is a recording" : "are recordings")} that the model may have learnt from, byte for byte, "
                + $"such as {learnt.First} ({learnt.FirstRecording}): figures flatter");
        }

        notes.Add(Shown.Extra(extra, part));
        notes.AddRange(extra.Folder.Notes);
        notes.AddRange(extra.Notes);
        notes.Add(
            "each recording of extra is a group of its own: artists are not known and copies not looked for, and where there are such the interval is too narrow");
        if (!learnt.AreCompared)
        {
            notes.Add("whether the model has learnt from files of extra was not looked into: tables of --recordings with hashes tell");
        }
    }

    private void OfNeighbours(Evaluation part, Neighbours neighbours)
    {
        if (neighbours.TrainWindows < neighbours.AllTrainWindows || neighbours.Scores.Windows.Count < neighbours.AllWindows)
        {
            notes.Add(
                $"the nearest neighbour is of {Shown.Count(neighbours.Scores.Windows.Count)} of {Shown.Count(neighbours.AllWindows)} windows of {part.Split} "
                + $"among {Shown.Count(neighbours.TrainWindows)} of {Shown.Count(neighbours.AllTrainWindows)} of train, drawn by lot");
        }
        else if (neighbours.Scores.Recordings.Count < part.All.Recordings.Count)
        {
            notes.Add(
                $"the nearest neighbour is of {Shown.Count(neighbours.Scores.Recordings.Count)} of {Shown.Of(part.All.Recordings.Count, "recording")} of {part.Split}: "
                + "the features have no others");
        }
    }
}
