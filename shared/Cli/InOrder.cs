using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Pipeline.Cli;

/// <summary>Work on items side by side, with the results in the items' order: what a stage writes must not depend on its threads.</summary>
public static class InOrder
{
    // Results that wait for a slow one before them, for each thread: enough to keep the others busy, few enough to hold.
    private const int AheadPerThread = 4;

    /// <summary>
    /// Applies <paramref name="work"/> to each item on several threads. Only a few items are under way or waiting at any
    /// time, however many there are. The first exception, in the items' order, ends the enumeration.
    /// </summary>
    /// <param name="items">Taken one by one, never by two threads at once.</param>
    /// <param name="threads">Threads to work with, 1 or more.</param>
    /// <param name="work">Called by any of the threads.</param>
    /// <param name="cancel">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    public static IEnumerable<TResult> Select<TItem, TResult>(
        IEnumerable<TItem> items, int threads, Func<TItem, TResult> work, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        using var crew = new Crew<TItem, TResult>(items, threads, work);
        using CancellationTokenRegistration registration = cancel.Register(crew.Wake);
        while (crew.TryTake(cancel, out TResult? result))
        {
            yield return result;
        }
    }

    private sealed class Crew<TItem, TResult> : IDisposable
    {
        private readonly object gate = new();
        private readonly IEnumerator<TItem> items;
        private readonly Func<TItem, TResult> work;
        private readonly Queue<Slot> slots = []; // under way or done, in the items' order
        private readonly int most;
        private readonly Thread[] threads;
        private bool isAtEnd;
        private bool isStopped;

        public Crew(IEnumerable<TItem> items, int threads, Func<TItem, TResult> work)
        {
            this.items = items.GetEnumerator();
            this.work = work;
            most = threads * AheadPerThread;
            this.threads = new Thread[threads];
            for (int i = 0; i < threads; i++)
            {
                this.threads[i] = new Thread(Work) { IsBackground = true, Name = $"worker {i}" };
                this.threads[i].Start();
            }
        }

        public void Wake()
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        }

        public bool TryTake(CancellationToken cancel, [MaybeNullWhen(false)] out TResult result)
        {
            lock (gate)
            {
                Slot? slot;
                while (!(slots.TryPeek(out slot) ? slot.IsDone : isAtEnd))
                {
                    cancel.ThrowIfCancellationRequested();
                    Monitor.Wait(gate);
                }

                cancel.ThrowIfCancellationRequested();
                if (slot is null)
                {
                    result = default;
                    return false;
                }

                slots.Dequeue();
                Monitor.PulseAll(gate);
                slot.Failure?.Throw();
                result = slot.Result!;
                return true;
            }
        }

        // The threads end with the item they are at: whoever stops early must not go on while files are still in use.
        public void Dispose()
        {
            lock (gate)
            {
                isStopped = true;
                Monitor.PulseAll(gate);
            }

            foreach (Thread thread in threads)
            {
                thread.Join();
            }

            items.Dispose();
        }

        private void Work()
        {
            while (Next() is var (item, slot))
            {
                try
                {
                    slot.Result = work(item);
                }
                catch (Exception e)
                {
                    slot.Failure = ExceptionDispatchInfo.Capture(e);
                }

                lock (gate)
                {
                    slot.IsDone = true;
                    Monitor.PulseAll(gate);
                }
            }
        }

        private (TItem Item, Slot Slot)? Next()
        {
            lock (gate)
            {
                while (!isStopped && !isAtEnd && slots.Count >= most)
                {
                    Monitor.Wait(gate);
                }

                if (isStopped || isAtEnd)
                {
                    return null;
                }

                var slot = new Slot();
                try
                {
                    if (items.MoveNext())
                    {
                        slots.Enqueue(slot);
                        return (items.Current, slot);
                    }
                }
                catch (Exception e)
                {
                    slot.Failure = ExceptionDispatchInfo.Capture(e);
                    slot.IsDone = true;
                    slots.Enqueue(slot);
                }

                isAtEnd = true;
                Monitor.PulseAll(gate);
                return null;
            }
        }

        private sealed class Slot
        {
            public TResult? Result { get; set; }

            public ExceptionDispatchInfo? Failure { get; set; }

            public bool IsDone { get; set; }
        }
    }
}
