using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Nn.Training;

namespace Pipeline.Stages.Training;

/// <summary>Puts windows into a network's inputs: changed at random for training, in their views for a verdict.</summary>
internal sealed class BatchMaker
{
    private readonly SampleStore store;
    private readonly Shape[] windows;
    private readonly Shape[] lookedAt;
    private readonly Augment[] augments; // of each input
    private readonly Mixup? mixup;
    private readonly int genres;
    private readonly Team team;
    private readonly float[] targets;
    private readonly float[][] rooms; // of each place in a batch
    private int count;

    public BatchMaker(NetworkPlan plan, SampleStore store, Shape[] windows, Shape[] lookedAt, TrainingSettings settings, int genres, int capacity, Team team)
    {
        (this.store, this.windows, this.lookedAt, this.genres, this.team) = (store, windows, lookedAt, genres, team);
        AugmentSettings none = new();
        augments = [.. plan.Inputs.Select((input, i) =>
            new Augment(windows[i], (input.IsAugmented ? settings.Augment : none) with { Crop = lookedAt[i].Width < windows[i].Width ? lookedAt[i].Width : 0 }))];
        mixup = settings.Mixup > 0 ? new Mixup(settings.Mixup) : null;
        targets = new float[capacity * genres];
        int most = lookedAt.Max(s => s.Count);
        rooms = [.. Enumerable.Range(0, capacity).Select(_ => new float[most])];
    }

    /// <summary>What is wanted of each sample of the last batch for training: samples x genres shares.</summary>
    public ReadOnlySpan<float> Targets => targets.AsSpan(0, count * genres);

    /// <summary>Puts train windows into the inputs.</summary>
    /// <param name="network">Whose inputs.</param>
    /// <param name="batch">Numbers of the windows.</param>
    /// <param name="seed">Of whatever is random.</param>
    public void Fill(Network network, ArraySegment<int> batch, uint seed)
    {
        count = batch.Count;
        Array.Clear(targets);
        team.For(batch.Count, k =>
        {
            targets[k * genres + store.Labels[batch[k]]] = 1;
            for (int i = 0; i < windows.Length; i++)
            {
                Span<float> room = rooms[k].AsSpan(0, lookedAt[i].Count);
                augments[i].Apply(store.Sample(batch[k], i), room, seed, (uint)k);
                network.Inputs[i].Write(k, room);
            }
        });
        mixup?.Apply(network.Inputs, batch.Count, targets.AsSpan(0, batch.Count * genres), CounterHash.Of(seed, 0x6D6978), 0);
    }

    /// <summary>Puts views of windows into the inputs.</summary>
    /// <param name="network">Whose inputs.</param>
    /// <param name="indices">Numbers of the windows.</param>
    /// <param name="first">The first view, counted through all windows.</param>
    /// <param name="views">How many views.</param>
    /// <param name="each">Views of a window.</param>
    public void FillViews(Network network, int[] indices, long first, int views, int each) => team.For(views, k =>
    {
        (long window, long view) = Math.DivRem(first + k, each);
        for (int i = 0; i < windows.Length; i++)
        {
            Put(network.Inputs[i], k, indices[window], i, Views.Start(windows[i], lookedAt[i], (int)view, each));
        }
    });

    private void Put(Tensor input, int place, int window, int i, int start)
    {
        Span<float> room = rooms[place].AsSpan(0, lookedAt[i].Count);
        Views.Cut(store.Sample(window, i), windows[i], lookedAt[i], start, room);
        input.Write(place, room);
    }
}
