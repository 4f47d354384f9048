namespace Pipeline.Nn;

/// <summary>
/// Threads that share out the parts of a job among them. A pass through a network is hundreds of jobs of a fraction of a millisecond:
/// the threads wait for the next one awake for a moment before they sleep. What a part computes must not depend on who computes it.
/// </summary>
public sealed class Team : IDisposable
{
    // About ten microseconds of waiting awake, which is the gap between two jobs.
    private const int Spins = 200;

    private readonly SemaphoreSlim[] wake;
    private readonly int[] asleep;
    private volatile Action<int>? body;
    private volatile int epoch;
    private volatile bool stopped;
    private volatile Exception? fault;
    private int count;
    private int next;
    private int pending;

    /// <summary>A team of so many threads, the caller among them.</summary>
    public Team(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        wake = new SemaphoreSlim[threads - 1];
        asleep = new int[threads - 1];
        for (int i = 0; i < wake.Length; i++)
        {
            int member = i;
            wake[i] = new SemaphoreSlim(0);
            new Thread(() => Serve(member)) { IsBackground = true, Name = $"team {i + 2}" }.Start();
        }
    }

    /// <summary>Threads, the caller among them.</summary>
    public int Threads { get; }

    /// <summary>Runs <paramref name="part"/> for 0 to <paramref name="parts"/> - 1, and returns when all are done.</summary>
    public void For(int parts, Action<int> part)
    {
        if (wake.Length == 0 || parts <= 1)
        {
            for (int i = 0; i < parts; i++)
            {
                part(i);
            }

            return;
        }

        (body, count, next, pending, fault) = (part, parts, -1, wake.Length, null);
        WakeAll();
        Work();
        var wait = new SpinWait();
        while (Volatile.Read(ref pending) > 0)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        body = null;
        if (fault is { } thrown)
        {
            throw new InvalidOperationException($"a part of the work failed: {thrown.Message}", thrown);
        }
    }

    /// <summary>Sends the threads home.</summary>
    public void Dispose()
    {
        stopped = true;
        WakeAll();
    }

    private void WakeAll()
    {
        Interlocked.Increment(ref epoch);
        for (int i = 0; i < wake.Length; i++)
        {
            if (Interlocked.Exchange(ref asleep[i], 0) == 1)
            {
                wake[i].Release();
            }
        }
    }

    private void Serve(int member)
    {
        int seen = 0;
        while (true)
        {
            for (int spins = 0; epoch == seen; spins++)
            {
                if (spins < Spins)
                {
                    Thread.SpinWait(20);
                    continue;
                }

                // Whoever raises the epoch from here on sees that this thread sleeps. Where it was raised just before, either this
                // thread takes its mark back, or a release is on its way.
                Interlocked.Exchange(ref asleep[member], 1);
                if (epoch == seen || Interlocked.Exchange(ref asleep[member], 0) == 0)
                {
                    wake[member].Wait();
                }
            }

            if (stopped)
            {
                return;
            }

            seen = epoch;
            Work();
            Interlocked.Decrement(ref pending);
        }
    }

    private void Work()
    {
        try
        {
            Action<int> part = body!;
            int i;
            while ((i = Interlocked.Increment(ref next)) < count)
            {
                part(i);
            }
        }
        catch (Exception e)
        {
            fault = e;
            Volatile.Write(ref next, int.MaxValue / 2);
        }
    }
}
