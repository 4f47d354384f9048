using Pipeline.Cli;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Nn.Training;

namespace Pipeline.Stages.Training;

/// <summary>
/// Trains one network of a model. Everything random follows from the seed and from where in the training it is used, so that what was
/// stopped and goes on ends with the same weights, bit for bit, whatever the number of threads.
/// </summary>
internal sealed class Trainer : IDisposable
{
    private readonly SampleStore store;
    private readonly TrainingSettings settings;
    private readonly NetworkPlan plan;
    private readonly Census census;
    private readonly uint seed;
    private readonly Shape[] windows; // of each input
    private readonly Shape[] lookedAt;
    private readonly int[] train;
    private readonly int[] valid;
    private readonly CrossEntropy loss;
    private readonly CrossEntropy judge; // of the valid part: every window counts the same
    private readonly BatchMaker batches;

    /// <summary>Makes a network with its first weights.</summary>
    public Trainer(SampleStore store, NetworkPlan plan, TrainingSettings settings, Census census, ulong seed, Team team)
    {
        (this.store, this.plan, this.settings, this.census) = (store, plan, settings, census);
        this.seed = (uint)Datasets.Lot.Draw(seed, "train");
        windows = [.. plan.Inputs.Select((p, i) => p.ShapeOf(census.Inputs[i].Channels, census.Inputs[i].Frames))];
        lookedAt = [.. plan.Inputs.Select((p, i) => p.LookedAt(census.Inputs[i].Channels, census.Inputs[i].Frames))];
        train = [.. Enumerable.Range(0, store.Labels.Length).Where(i => store.IsTrain[i])];
        valid = [.. Enumerable.Range(0, store.Labels.Length).Where(i => !store.IsTrain[i])];
        int capacity = Math.Min(settings.Batch, Math.Max(train.Length, 1));
        Network = new Network(plan, lookedAt, census.Genres.Count, capacity, team);
        foreach ((string name, Parameter parameter) in Network.Parameters)
        {
            if (parameter.Decays && settings.Start == FirstWeights.He && !name.StartsWith($"{Network.Last}.", StringComparison.Ordinal))
            {
                Initialiser.He(parameter, name, this.seed);
            }
            else if (parameter.Decays)
            {
                Initialiser.Glorot(parameter, name, this.seed);
            }
        }

        Optimiser = new Optimiser(Network.Parameters, settings.Optimiser, team);
        Schedule = new RateSchedule(settings.Schedule);
        Average = settings.Average is { } decay ? new WeightAverage(Network.Parameters, (float)decay) : null;
        loss = new CrossEntropy(census.Genres.Count, settings.WeightsOf(census.TrainCounts), (float)settings.LabelSmoothing);
        judge = new CrossEntropy(census.Genres.Count);
        batches = new BatchMaker(plan, store, windows, lookedAt, settings, census.Genres.Count, capacity, team);
        Best = new float[Network.Parameters.Count][];
        KeepBest();
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>What changes its weights.</summary>
    public Optimiser Optimiser { get; }

    /// <summary>How fast.</summary>
    public RateSchedule Schedule { get; }

    /// <summary>The running mean of the weights; null where the weights themselves are what is wanted.</summary>
    public WeightAverage? Average { get; }

    /// <summary>The epochs so far.</summary>
    public List<EpochFigures> History { get; } = [];

    /// <summary>The best epoch so far, from 1; 0 before the first.</summary>
    public int BestEpoch { get; set; }

    /// <summary>The weights after it, in the order of the network's parameters.</summary>
    public float[][] Best { get; }

    /// <summary>Whether there is no further epoch.</summary>
    public bool IsDone => History.Count >= settings.Epochs || (settings.Patience is { } patience && History.Count - BestEpoch >= patience && History.Count > 0);

    /// <summary>Batches of an epoch.</summary>
    public int BatchesOfEpoch => (train.Length + settings.Batch - 1) / settings.Batch;

    /// <summary>Trains for an epoch and judges by the valid part.</summary>
    /// <param name="progress">Told after each batch how many are done.</param>
    /// <param name="cancel">Ends it within the epoch, which then has not been.</param>
    public EpochFigures RunEpoch(Action<int> progress, CancellationToken cancel)
    {
        int epoch = History.Count + 1;
        uint epochSeed = CounterHash.Of(seed, (uint)epoch);
        long allSteps = (long)settings.Epochs * BatchesOfEpoch;
        double lossSum = 0, rate = 0;
        long right = 0;
        IReadOnlyList<ArraySegment<int>> order = Batches.Of(train, settings.Batch, epochSeed);
        for (int b = 0; b < order.Count; b++)
        {
            cancel.ThrowIfCancellationRequested();
            uint batchSeed = CounterHash.Of(epochSeed ^ 0x5bd1e995, (uint)b);
            batches.Fill(Network, order[b], batchSeed);
            rate = Schedule.Rate((epoch - 1L) * order.Count + b, allSteps);
            double one = loss.Forward(Forwarded(order[b].Count, new Pass(true, batchSeed)), order[b].Count, batches.Targets);
            if (!double.IsFinite(one))
            {
                throw Diverged("loss", epoch, b, order.Count, rate);
            }

            lossSum += one * order[b].Count;
            right += CountRight(order[b]);
            loss.Backward();
            Network.Backward(order[b].Count);
            Optimiser.Step((float)rate);
            if (!double.IsFinite(Optimiser.GradientNorm))
            {
                throw Diverged("gradient", epoch, b, order.Count, rate);
            }

            Average?.Update();
            progress(b + 1);
        }

        EpochFigures figures = Judge(epoch, lossSum / train.Length, (double)right / train.Length, rate, cancel);
        if (!double.IsFinite(figures.ValidLoss))
        {
            throw Diverged("loss of the valid part", epoch, order.Count - 1, order.Count, rate);
        }

        History.Add(figures);
        Schedule.Observe(figures.ValidLoss);
        return figures;
    }

    /// <summary>Whether the last epoch is better than those before; its weights are then kept.</summary>
    public bool NoteBest()
    {
        double Score(EpochFigures f) => settings.Monitor switch
        {
            Monitor.Accuracy => f.ValidAccuracy,
            Monitor.MacroF1 => f.ValidMacroF1,
            _ => -f.ValidLoss,
        };
        EpochFigures last = History[^1];
        if (BestEpoch > 0 && !(Score(last) > Score(History[BestEpoch - 1])))
        {
            return false;
        }

        BestEpoch = last.Epoch;
        Average?.Swap();
        KeepBest();
        Average?.Swap();
        return true;
    }

    public void Dispose()
    {
        Network.Dispose();
        Optimiser.Dispose();
        Average?.Dispose();
    }

    private static StageException Diverged(string what, int epoch, int batch, int batches, double rate) =>
        new(FormattableString.Invariant($"the {what} is no number any more in epoch {epoch}, batch {batch + 1} of {batches}, at the rate {rate:0.######}: ")
            + "try a lower training.optimiser.rate, or training.optimiser.clip 1");

    private void KeepBest()
    {
        for (int i = 0; i < Best.Length; i++)
        {
            Best[i] ??= new float[Network.Parameters[i].Parameter.Length];
            Network.Parameters[i].Parameter.Values.CopyTo(Best[i]);
        }
    }

    private Tensor Forwarded(int count, Pass pass)
    {
        Network.Forward(count, pass);
        return Network.Logits;
    }

    private int CountRight(ArraySegment<int> batch)
    {
        int genres = census.Genres.Count;
        int right = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            ReadOnlySpan<float> of = loss.Probabilities.Slice(i * genres, genres);
            right += IndexOfMax(of) == store.Labels[batch[i]] ? 1 : 0;
        }

        return right;
    }

    private static int IndexOfMax(ReadOnlySpan<float> values)
    {
        int greatest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            greatest = values[i] > values[greatest] ? i : greatest;
        }

        return greatest;
    }

    private EpochFigures Judge(int epoch, double trainLoss, double trainAccuracy, double rate, CancellationToken cancel)
    {
        Average?.Swap();
        try
        {
            int genres = census.Genres.Count;
            int views = Views.Count(windows, lookedAt, plan.Views);
            var scores = new Scores(genres);
            double[] sum = new double[genres];
            float[] mean = new float[genres];
            int capacity = Network.Logits.Capacity;
            long all = (long)valid.Length * views;
            int at = 0; // views of the window so far
            for (long first = 0; first < all; first += capacity)
            {
                cancel.ThrowIfCancellationRequested();
                int count = (int)Math.Min(capacity, all - first);
                batches.FillViews(Network, valid, first, count, views);
                judge.Softmax(Forwarded(count, Pass.Inference), count);
                for (int k = 0; k < count; k++)
                {
                    for (int g = 0; g < genres; g++)
                    {
                        sum[g] += judge.Probabilities[k * genres + g];
                    }

                    if (++at == views)
                    {
                        for (int g = 0; g < genres; g++)
                        {
                            mean[g] = (float)(sum[g] / views);
                        }

                        int window = valid[(first + k) / views];
                        scores.Add(store.Recordings[window], store.Labels[window], mean);
                        Array.Clear(sum);
                        at = 0;
                    }
                }
            }

            (double accuracy, double macroF1) = scores.OfRecordings();
            return new EpochFigures(epoch, trainLoss, trainAccuracy, scores.Loss, accuracy, macroF1, rate);
        }
        finally
        {
            Average?.Swap();
        }
    }
}
