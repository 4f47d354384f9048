namespace Pipeline.Cli;

/// <summary>What the person at the terminal sees beside the data: messages on stderr, and how wide stdout may be.</summary>
public static class Terminal
{
    private const int UsualWidth = 80;
    private const int NarrowestWidth = 40;

    /// <summary>Whoever writes to stderr holds it: a message must not land in the middle of a bar being drawn.</summary>
    internal static readonly Lock Gate = new();

    /// <summary>The bar being drawn; null for none. Changed under <see cref="Gate"/> only.</summary>
    internal static ProgressBar? Bar { get; set; }

    /// <summary>The line that changes at the bottom; null for none. Changed under <see cref="Gate"/> only.</summary>
    internal static LiveLine? Line { get; set; }

    /// <summary>Columns of the terminal that stderr is; 80 where it is none.</summary>
    internal static int ErrorWidth
    {
        get
        {
            try
            {
                return Console.IsErrorRedirected || Console.WindowWidth <= 0 ? UsualWidth : Console.WindowWidth;
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    /// <summary>Columns to lay a table out for: the terminal's when stdout is one, otherwise 80.</summary>
    public static int Width
    {
        get
        {
            if (Console.IsOutputRedirected)
            {
                return UsualWidth;
            }
            try
            {
                int width = Console.WindowWidth;
                return width <= 0 ? UsualWidth : Math.Max(width, NarrowestWidth);
            }
            catch (IOException)
            {
                return UsualWidth;
            }
        }
    }

    /// <summary>
    /// Prints <c>stage: text</c> as one line on stderr, above the progress bar where there is one.
    /// The name is there because make runs many stages into one terminal.
    /// </summary>
    public static void Message(string text)
    {
        string line = Stage.Name + ": " + Failure.OneLine(text);
        lock (Gate)
        {
            if (Bar is { } bar)
            {
                bar.WriteAbove(line);
            }
            else if (Line is { } live)
            {
                live.WriteAbove(line);
            }
            else
            {
                Console.Error.WriteLine(line);
            }
        }
    }

    /// <summary>Prints lines on stderr as they are, in one piece.</summary>
    internal static void Block(string lines)
    {
        lock (Gate)
        {
            Console.Error.Write(lines);
        }
    }

    /// <summary>Shows the cursor again and ends the bar's line, when the process ends without unwinding.</summary>
    internal static void Restore()
    {
        // Not waiting: the gate's holder may be what hangs.
        bool entered = Gate.TryEnter(TimeSpan.FromMilliseconds(200));
        if (Bar is not null)
        {
            Console.Error.Write("\u001b[?25h\n");
        }
        else if (Line is not null)
        {
            Console.Error.Write("\n");
        }
        if (entered)
        {
            Gate.Exit();
        }
    }
}
