using System.Globalization;

namespace Pipeline.Cli;

/// <summary>
/// Counts the items that are bad (a corrupt clip, an unreadable file) and decides at the end whether there were too many.
/// Safe to use from several threads.
/// </summary>
/// <param name="items">What is counted, in the plural: <c>"recordings"</c>.</param>
/// <param name="maxFailed">The share that is tolerated, 0 to 1.</param>
/// <param name="total">How many items there are; left out, they are counted with <see cref="Attempted"/>.</param>
public sealed class Faults(string items, double maxFailed, long? total = null)
{
    private const int ListedInFull = 20;

    private readonly Lock gate = new();
    private long attempted = total ?? 0;
    private long count;
    private string first = "";

    /// <summary>How many were bad so far.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>Counts items worked on, good and bad, where their number was not known before.</summary>
    public void Attempted(long n = 1)
    {
        if (total is not null)
        {
            throw new InvalidOperationException("The number of items was given already.");
        }
        Interlocked.Add(ref attempted, n);
    }

    /// <summary>
    /// Counts a bad item. The first twenty are printed; after that only how many there are, each time the number has doubled.
    /// </summary>
    /// <param name="item">Its identifier in the tables.</param>
    /// <param name="path">Where it was read from; empty where that says nothing more.</param>
    /// <param name="reason">What is wrong with it.</param>
    public void Report(string item, string path, string reason)
    {
        // One lock, so that lines come in the order of the count.
        lock (gate)
        {
            long n = Interlocked.Increment(ref count);
            string place = path.Length == 0 ? item : path;
            if (n == 1)
            {
                first = (place.Contains(item, StringComparison.Ordinal) ? place : $"{item} ({path})") + ": " + reason;
            }
            if (n <= ListedInFull)
            {
                Terminal.Message($"{place}: {reason}");
            }
            else if (n == ListedInFull + 1)
            {
                Terminal.Message($"more {items} failed; from here on they are only counted");
            }
            else if (n % ListedInFull == 0 && long.IsPow2(n / ListedInFull))
            {
                Terminal.Message($"{n} {items} failed so far");
            }
        }
    }

    /// <summary>
    /// Ends the counting: says how many failed if any did, and stops the stage if they are more than is tolerated.
    /// To be called before the output is committed.
    /// </summary>
    /// <exception cref="StageException">Too many failed.</exception>
    public void ThrowIfTooMany()
    {
        long failed = Count;
        long all = Math.Max(Interlocked.Read(ref attempted), failed);
        if (failed > maxFailed * all)
        {
            throw new StageException(
                $"{failed} of {all} {items} failed, more than the {Percent(maxFailed)} that --max-failed allows; first: {first}");
        }
        if (failed > 0)
        {
            Terminal.Message($"{failed} of {all} {items} failed, within the {Percent(maxFailed)} that --max-failed allows");
        }
    }

    private static string Percent(double share) => (share * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %";
}
