using Pipeline.Nn;

namespace Pipeline.Stages.Training;

/// <summary>The order in which an epoch goes through the train windows: another one each epoch, which follows from the seed alone.</summary>
internal static class Batches
{
    /// <summary>The windows of each batch, whose sizes differ by one at most.</summary>
    /// <param name="windows">Numbers of the train windows.</param>
    /// <param name="size">Windows of a batch, at most.</param>
    /// <param name="seed">Of the epoch.</param>
    public static IReadOnlyList<ArraySegment<int>> Of(IReadOnlyList<int> windows, int size, uint seed)
    {
        int[] order = [.. windows];
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = (int)(((ulong)CounterHash.Of(seed, (uint)i) * (ulong)(i + 1)) >> 32);
            (order[i], order[other]) = (order[other], order[i]);
        }

        int count = (order.Length + size - 1) / size;
        var batches = new ArraySegment<int>[count];
        for (int b = 0; b < count; b++)
        {
            int first = (int)((long)order.Length * b / count);
            batches[b] = new ArraySegment<int>(order, first, (int)((long)order.Length * (b + 1) / count) - first);
        }

        return batches;
    }
}
