using System.Diagnostics;

namespace Pipeline.Cli;

/// <summary>
/// A line at the bottom of the terminal that changes, under lines that stay: for work whose steps are worth a line each. There is one
/// at a time. Messages land above it.
/// </summary>
public sealed class LiveLine
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private string text = "";
    private long drawn;

    private LiveLine()
    {
    }

    /// <summary>Begins one where stderr is a terminal; null elsewhere.</summary>
    public static LiveLine? TryBegin()
    {
        if (!Progress.DrawsBar())
        {
            return null;
        }

        var line = new LiveLine();
        lock (Terminal.Gate)
        {
            Terminal.Line = line;
        }

        return line;
    }

    /// <summary>Replaces the line; what comes faster than the eye is left out.</summary>
    public void Show(string line)
    {
        text = line;
        if (Stopwatch.GetElapsedTime(drawn) > Redraw)
        {
            lock (Terminal.Gate)
            {
                Draw();
            }
        }
    }

    /// <summary>Puts lines above it, which stay.</summary>
    public void Above(string lines)
    {
        lock (Terminal.Gate)
        {
            WriteAbove(lines);
        }
    }

    /// <summary>Takes the line away.</summary>
    public void End()
    {
        lock (Terminal.Gate)
        {
            text = "";
            Draw();
            Terminal.Line = null;
        }
    }

    /// <summary>Takes away what a stage left, so that the terminal is clean before the last message.</summary>
    internal static void EndActive() => Terminal.Line?.End();

    /// <summary>The same for one who holds <see cref="Terminal.Gate"/>.</summary>
    internal void WriteAbove(string lines)
    {
        Console.Error.Write($"\r\u001b[K{lines}\n");
        Draw();
    }

    // A line that is wider than the terminal would become two, of which only the last can be replaced.
    private void Draw()
    {
        drawn = Stopwatch.GetTimestamp();
        int width = Math.Max(10, Terminal.ErrorWidth - 1);
        Console.Error.Write($"\r\u001b[K{(text.Length > width ? text[..width] : text)}");
    }
}
