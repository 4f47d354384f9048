using System.Diagnostics;

namespace Pipeline.Cli;

/// <summary>
/// Shows on stderr how far the work is: a bar on a terminal, otherwise a plain line every few seconds. Stdout is never touched.
/// One is shown at a time: starting another ends the one before.
/// </summary>
public sealed class Progress : IDisposable
{
    // Work that is done sooner shows no bar: it would only flicker, and drawing one costs 0.1 s of processor time.
    private static readonly TimeSpan BarAfter = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WorthALine = TimeSpan.FromSeconds(1);

    private static Progress? active;

    private readonly string items;
    private readonly long? total;
    private readonly TimeSpan lineEvery;
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly ManualResetEventSlim ended = new();
    private readonly Thread? thread;
    private long done;

    private Progress(string items, long? total, bool quiet, TimeSpan lineEvery)
    {
        this.items = items;
        this.total = total;
        this.lineEvery = lineEvery;
        if (!quiet)
        {
            thread = new Thread(Show) { IsBackground = true, Name = "progress" };
            thread.Start();
        }
    }

    /// <summary>How many items are done.</summary>
    public long Done => Interlocked.Read(ref done);

    /// <summary>Starts showing; disposing the result ends it.</summary>
    /// <param name="items">What is counted, in the plural: <c>"examples"</c>.</param>
    /// <param name="total">How many there are; null where that is not known.</param>
    /// <param name="quiet">Show nothing (<c>--quiet</c>).</param>
    public static Progress Start(string items, long? total, bool quiet = false) => Start(items, total, quiet, LineEvery);

    internal static Progress Start(string items, long? total, bool quiet, TimeSpan lineEvery)
    {
        EndActive();
        var progress = new Progress(items, total, quiet, lineEvery);
        Volatile.Write(ref active, progress);
        return progress;
    }

    /// <summary>Ends what a stage left running, so that the terminal is clean before the last message.</summary>
    internal static void EndActive() => Interlocked.Exchange(ref active, null)?.Dispose();

    /// <summary>Counts items as done. Cheap enough for any loop, from any thread: nothing is drawn here.</summary>
    public void Advance(long n = 1) => Interlocked.Add(ref done, n);

    /// <summary>Ends the display, with a last line that says how long it took.</summary>
    public void Dispose()
    {
        Interlocked.CompareExchange(ref active, null, this);
        if (!ended.IsSet)
        {
            ended.Set();
            thread?.Join();
        }
    }

    private void Show()
    {
        try
        {
            if (DrawsBar())
            {
                if (!ended.Wait(BarAfter))
                {
                    new ProgressBar(items, total).Run(() => Done, started, ended);
                }
            }
            else
            {
                PrintLines();
            }
        }
        catch (Exception)
        {
            // A terminal that goes away must not take the work with it.
        }
    }

    private void PrintLines()
    {
        var pace = new Pace();
        while (!ended.Wait(lineEvery))
        {
            Terminal.Message($"{items} {ProgressText.Running(Done, total, pace.Update(Elapsed.TotalSeconds, Done))}");
        }
        if (Elapsed > WorthALine)
        {
            Terminal.Message($"{items} {ProgressText.Ended(Done, total, Elapsed.TotalSeconds)}");
        }
    }

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(started);

    /// <summary>Whether stderr is a terminal that can be drawn on.</summary>
    internal static bool DrawsBar() =>
        !Console.IsErrorRedirected && (OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb");
}
