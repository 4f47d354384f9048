using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pipeline.Cli;
using Pipeline.Features;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Nn.Files;
using Pipeline.Tables;

namespace Pipeline.Stages.Training;

/// <summary>A run of the stage: looks at the features, trains a network for each seed, and writes the model.</summary>
internal sealed class TrainingRun(FeatureTables tables, NetworkPlan plan, TrainingSettings settings, ModelFolder folder)
{
    // A training that is stopped loses this much at most, and the running epoch: within it the weights are on their way.
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromSeconds(10);

    public required string Recipe { get; init; }

    /// <summary>The features that the recipe asks for; null where it leaves that open.</summary>
    public required FeatureSettings? RecipeFeatures { get; init; }

    public required string? SplitsPath { get; init; }

    public required int? Fold { get; init; }

    public required IReadOnlyList<ulong> Seeds { get; init; }

    public required bool Resumes { get; init; }

    public required long MemoryBytes { get; init; }

    public required bool Quiet { get; init; }

    public void Execute(Team team, CancellationToken cancel)
    {
        IReadOnlyList<ModelInput> inputs = FindInputs(team, cancel);
        Provenance provenance = Provenance.After(Stage.Name, Stage.Version, ProvenanceSettings(), Inputs());
        FoldParts? parts = Fold is { } fold ? FoldParts.Read(SplitsPath!, fold, cancel) : null;
        tables = parts is null ? tables : tables.Placed(parts);
        Placement placement = Placement.Read(SplitsPath, parts, cancel);
        Census census;
        using (var progress = Progress.Start("windows", tables.RowCount, Quiet))
        {
            census = Census.Take(tables, placement, inputs, plan, progress, cancel);
        }

        WarnOfOtherFeatures();
        foreach (string warning in provenance.Warnings)
        {
            Terminal.Message($"warning: {warning}");
        }

        long bytes = SampleStore.BytesOf(census);
        bool isSpooled = bytes > MemoryBytes;
        Tell(census, bytes, isSpooled);
        using SampleStore store = Load(placement, census, isSpooled, cancel);
        if (!Resumes)
        {
            folder.Clear();
        }

        string run = Fingerprint();
        var weights = new SafetensorsWriter();
        var members = new List<ModelMember>();
        var histories = new List<(ulong, IReadOnlyList<EpochFigures>)>();
        long learnt = 0;
        for (int member = 0; member < Seeds.Count; member++)
        {
            using var trainer = new Trainer(store, plan, settings, census, Seeds[member], team);
            learnt = trainer.Network.Weights;
            if (member == 0)
            {
                double megabytes = Environment.WorkingSet / 1e6;
                Terminal.Message(string.Create(CultureInfo.InvariantCulture, $"a network of {learnt:N0} weights; the process takes {megabytes:N0} MB before it begins"));
            }

            Train(trainer, Seeds[member], member, run, cancel);
            for (int i = 0; i < trainer.Network.Parameters.Count; i++)
            {
                (string name, Parameter parameter) = trainer.Network.Parameters[i];
                weights.Add(Model.MemberName(member, name), parameter.Shape, trainer.Best[i]);
            }

            EpochFigures best = trainer.History[trainer.BestEpoch - 1];
            members.Add(new ModelMember(Seeds[member], best.Epoch, best.ValidLoss, best.ValidAccuracy, best.ValidMacroF1));
            histories.Add((Seeds[member], trainer.History));
        }

        WriteModel(weights, new ModelDescription
        {
            Genres = census.Genres,
            ClassWeights = settings.WeightsOf(census.TrainCounts),
            Inputs = census.Inputs,
            Network = plan,
            Members = members,
            Recipe = Recipe,
            Training = settings.Json,
            Fold = Fold,
            Weights = learnt,
            Warnings = [.. provenance.Warnings],
            Provenance = provenance.ToJson(),
            WeightsSha256 = "",
        }, histories);
        TellEnd(members, census.Windows(Part.Test) > 0);
    }

    // What a network comes of, but for its seed: a checkpoint is of this training where it is the same.
    private string Fingerprint()
    {
        string all = Provenance.After(Stage.Name, Stage.Version, ProvenanceSettings().Where(s => s.Key is not ("seeds" or "recipe")), Inputs()).ToJson();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    private IEnumerable<KeyValuePair<string, string>> ProvenanceSettings()
    {
        yield return new("recipe", Recipe);
        yield return new("network", plan.Json);
        yield return new("training", settings.Json);
        yield return new("seeds", string.Join(' ', Seeds));
        if (Fold is { } fold)
        {
            yield return new("fold", fold.ToString(CultureInfo.InvariantCulture));
        }
    }

    private IReadOnlyList<TableInput> Inputs()
    {
        var inputs = tables.Readers.Select((r, i) => TableInput.Of(tables.Names[i].Length == 0 ? "features" : $"features {tables.Names[i]}", r.Path)).ToList();
        if (SplitsPath is not null)
        {
            inputs.Add(TableInput.Of("splits", SplitsPath));
        }

        return inputs;
    }

    // A network may be tried on other features than its recipe's, but then its model is not what the recipe says.
    private void WarnOfOtherFeatures()
    {
        string? made = tables.Readers.Distinct().Count() == 1 ? FeatureSettings.Of(tables.Readers[0])?.Json : null;
        if (made is not null && RecipeFeatures is { } wanted && wanted.Json != made)
        {
            Terminal.Message($"warning: {tables.Readers[0].Path} was made with other features than the recipe '{Recipe}' asks for: the model keeps those of the table");
        }
    }

    // Channels that there are none of, and layers that do not fit the features, are told of at once, not after all windows were read.
    private IReadOnlyList<ModelInput> FindInputs(Team team, CancellationToken cancel)
    {
        FeatureRow[] first = tables.Read(cancel).First();
        ModelInput[] inputs = [.. plan.Inputs.Select((p, i) => InputFeatures.Of(p, first[i], tables.Readers[i]))];
        new Network(plan, [.. plan.Inputs.Select((p, i) => p.LookedAt(inputs[i].Channels, inputs[i].Frames))], 2, 1, team).Dispose();
        return inputs;
    }

    private static void Tell(Census census, long bytes, bool isSpooled)
    {
        string sizes = string.Join(" and ", census.Inputs.Select(i => $"{i.Channels} x {i.Frames}"));
        Terminal.Message(string.Create(
            CultureInfo.InvariantCulture,
            $"{census.Windows(Part.Train):N0} windows of {sizes} to learn from and {census.Windows(Part.Valid):N0} to judge by, "
            + $"of {Amount.Of(census.Genres.Count, "genre")}; they take {bytes / 1e6:N1} MB")
            + (isSpooled ? ", more than --memory allows: they are kept in a file beside the model" : ""));
    }

    private SampleStore Load(Placement placement, Census census, bool isSpooled, CancellationToken cancel)
    {
        using var progress = Progress.Start("windows", tables.RowCount, Quiet);
        return SampleStore.Load(tables, placement, census, plan, isSpooled ? folder.Spool : null, progress, cancel);
    }

    private void Train(Trainer trainer, ulong seed, int member, string run, CancellationToken cancel)
    {
        string checkpoint = folder.Checkpoint(seed);
        if (Resumes && File.Exists(checkpoint))
        {
            if (Checkpoint.TryRead(checkpoint, run, trainer))
            {
                Terminal.Message(trainer.IsDone
                    ? $"seed {seed} was trained to its end before: {Amount.Of(trainer.History.Count, "epoch")}"
                    : $"seed {seed} goes on after epoch {trainer.History.Count}");
            }
            else
            {
                Terminal.Message($"the checkpoint of seed {seed} is of other features, splits, network or settings: it begins anew");
            }
        }

        var log = new EpochLog(seed, Seeds.Count > 1 ? $"{member + 1} of {Seeds.Count}" : "", settings.Epochs, trainer.BatchesOfEpoch, trainer.History, Quiet);
        long saved = Stopwatch.GetTimestamp();
        while (!trainer.IsDone)
        {
            EpochFigures figures;
            try
            {
                figures = trainer.RunEpoch(log.Batch, cancel);
            }
            catch (OperationCanceledException) when (File.Exists(checkpoint))
            {
                Terminal.Message("what was learnt is kept: the same command with --resume goes on");
                throw;
            }

            bool isBest = trainer.NoteBest();
            log.Epoch(figures, isBest);
            if (isBest || trainer.IsDone || cancel.IsCancellationRequested || Stopwatch.GetElapsedTime(saved) > BetweenCheckpoints)
            {
                Checkpoint.Write(checkpoint, run, trainer);
                saved = Stopwatch.GetTimestamp();
            }
        }

        log.End(trainer.History[trainer.BestEpoch - 1]);
    }

    private void WriteModel(SafetensorsWriter weights, ModelDescription description, IReadOnlyList<(ulong Seed, IReadOnlyList<EpochFigures> History)> histories)
    {
        WholeFile.Write(folder[ModelFolder.HistoryFile], output =>
        {
            output.WriteLine($"seed,{EpochFigures.Columns}");
            foreach ((ulong seed, IReadOnlyList<EpochFigures> history) in histories)
            {
                foreach (EpochFigures figures in history)
                {
                    output.WriteLine($"{seed},{figures.ToRow()}");
                }
            }
        });
        WholeFile.Write(folder[ModelFolder.CurvesFile], output => output.Write(Curves.Draw(Recipe, histories)));
        WholeFile.WriteBytes(folder[Model.WeightsFile], weights.Write);
        string sha256;
        using (FileStream written = File.OpenRead(folder[Model.WeightsFile]))
        {
            sha256 = Convert.ToHexStringLower(SHA256.HashData(written));
        }

        WholeFile.Write(folder[Model.DescriptionFile], output => output.Write((description with { WeightsSha256 = sha256 }).ToJson()));
    }

    private static void TellEnd(List<ModelMember> members, bool hasTest)
    {
        double[] right = [.. members.Select(m => m.ValidAccuracy)];
        double mean = right.Average();
        string spread = right.Length > 1
            ? string.Create(CultureInfo.InvariantCulture, $" on average over {right.Length} seeds ({right.Min():P1} to {right.Max():P1})")
            : "";
        Terminal.Message(string.Create(
            CultureInfo.InvariantCulture,
            $"{mean:P1} of the valid recordings named right{spread}, by which the weights were chosen")
            + (hasTest ? ": evaluate tells what the test part says" : "; there is no test part to tell how far that flatters"));
    }
}
