namespace Pipeline.Stages.Evaluating;

/// <summary>As many windows as there is room for, those of the lowest lots: which they are does not depend on the order of the rows.</summary>
/// <param name="most">The most to keep.</param>
internal sealed class WindowSample(int most)
{
    private readonly PriorityQueue<WindowSummary, WindowSummary> kept = new(Comparer<WindowSummary>.Create((a, b) => WindowSummary.Order.Compare(b, a)));

    /// <summary>How many were offered.</summary>
    public long Offered { get; private set; }

    /// <summary>Keeps a window, or leaves it.</summary>
    public void Offer(WindowSummary window)
    {
        Offered++;
        if (kept.Count < most)
        {
            kept.Enqueue(window, window);
        }
        else
        {
            kept.EnqueueDequeue(window, window);
        }
    }

    /// <summary>The windows that are kept, by lot.</summary>
    public WindowSummary[] ToArray() => [.. kept.UnorderedItems.Select(w => w.Element).Order(WindowSummary.Order)];
}
