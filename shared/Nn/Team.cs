using System.Runtime.ExceptionServices;

namespace Pipeline.Nn;

/// <summary>
/// Threads that share out the parts of a job among them. A pass through a network is hundreds of jobs of a fraction of a millisecond:
/// the threads wait for the next one awake for a moment before they sleep, and a job is done when its parts are, whether or not
/// every thread has come for one. What a part computes must not depend on who computes it.
/// </summary>
public sealed class Team : IDisposable
{
    // About ten microseconds of waiting awake, which is the gap between two jobs.
    private const int Spins = 200;

    private readonly SemaphoreSlim[] wake;
    private readonly int[] asleep;
    private Job current = new(_ => { }, 0);
    private volatile bool stopped;

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
            Job none = current;
            wake[i] = new SemaphoreSlim(0);
            new Thread(() => Serve(member, none)) { IsBackground = true, Name = $"team {i + 2}" }.Start();
        }
    }

    /// <summary>Threads, the caller among them.</summary>
    public int Threads { get; }

    /// <summary>Runs <paramref name="part"/> for 0 to <paramref name="parts"/> - 1, and returns when all are done.</summary>
    /// <remarks>What a part throws comes out of here; parts that nobody has begun by then are left out. A part cannot share out its own work.</remarks>
    public void For(int parts, Action<int> part)
    {
        ObjectDisposedException.ThrowIf(stopped, this);
        if (wake.Length == 0 || parts <= 1)
        {
            for (int i = 0; i < parts; i++)
            {
                part(i);
            }

            return;
        }

        var job = new Job(part, parts);
        Begin(job, parts - 1);
        job.Work();
        var wait = new SpinWait();
        while (!job.IsDone)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        job.Fault?.Throw();
    }

    /// <summary>Sends the threads home.</summary>
    public void Dispose()
    {
        stopped = true;
        Begin(new Job(_ => { }, 0), wake.Length);
    }

    // Whoever is awake comes by itself.
    private void Begin(Job job, int helpers)
    {
        Interlocked.Exchange(ref current, job);
        for (int i = 0; i < wake.Length && helpers > 0; i++, helpers--)
        {
            if (Interlocked.Exchange(ref asleep[i], 0) == 1)
            {
                wake[i].Release();
            }
        }
    }

    private void Serve(int member, Job seen)
    {
        while (true)
        {
            for (int spins = 0; Volatile.Read(ref current) == seen; spins++)
            {
                if (spins < Spins)
                {
                    Thread.SpinWait(20);
                    continue;
                }

                // Who begins a job from here on sees that this thread sleeps. Where one was begun just before, either this thread takes
                // its mark back, or a release is on its way.
                Interlocked.Exchange(ref asleep[member], 1);
                if (Volatile.Read(ref current) == seen || Interlocked.Exchange(ref asleep[member], 0) == 0)
                {
                    wake[member].Wait();
                }
            }

            if (stopped)
            {
                return;
            }

            seen = Volatile.Read(ref current);
            seen.Work();
        }
    }

    // A thread that comes late to one finds no part left.
    private sealed class Job(Action<int> body, int count)
    {
        private readonly int count = count;
        private int next = -1;
        private int left = count;
        private ExceptionDispatchInfo? fault;

        public ExceptionDispatchInfo? Fault => fault;

        public bool IsDone => Volatile.Read(ref left) == 0;

        public void Work()
        {
            int part;
            while ((part = Interlocked.Increment(ref next)) < count)
            {
                try
                {
                    if (fault is null)
                    {
                        body(part);
                    }
                }
                catch (Exception e)
                {
                    fault = ExceptionDispatchInfo.Capture(e);
                }

                Interlocked.Decrement(ref left);
            }
        }
    }
}
