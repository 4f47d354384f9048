using System.Text;

namespace Pipeline.Stages.Prediction;

/// <summary>Reads a line at the terminal: Tab completes paths, the arrows walk through the line and through earlier ones.</summary>
/// <param name="prompt">What stands before it.</param>
internal sealed class LineEditor(string prompt)
{
    private readonly List<string> earlier = [];
    private readonly StringBuilder text = new();
    private int at; // the cursor's place in the text
    private int back; // lines that the one shown lies back; 0 for the one being written

    /// <summary>A line without its end; null at the end of the input (Ctrl-D).</summary>
    public string? Read(CancellationToken cancel)
    {
        text.Clear();
        (at, back) = (0, 0);
        Draw();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (!Console.KeyAvailable)
            {
                cancel.WaitHandle.WaitOne(20);
                continue;
            }

            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            bool hasControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Console.Out.WriteLine();
                    Keep();
                    return text.ToString();
                case ConsoleKey.D when hasControl && text.Length == 0:
                    Console.Out.WriteLine();
                    return null;
                case ConsoleKey.U when hasControl:
                    Replace("");
                    break;
                case ConsoleKey.Tab:
                    Complete();
                    break;
                case ConsoleKey.Backspace when at > 0:
                    text.Remove(--at, 1);
                    break;
                case ConsoleKey.Delete when at < text.Length:
                    text.Remove(at, 1);
                    break;
                case ConsoleKey.LeftArrow:
                    at = Math.Max(0, at - 1);
                    break;
                case ConsoleKey.RightArrow:
                    at = Math.Min(text.Length, at + 1);
                    break;
                case ConsoleKey.Home:
                    at = 0;
                    break;
                case ConsoleKey.End:
                    at = text.Length;
                    break;
                case ConsoleKey.UpArrow when back < earlier.Count:
                    Replace(earlier[^++back]);
                    break;
                case ConsoleKey.DownArrow when back > 0:
                    Replace(--back == 0 ? "" : earlier[^back]);
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        text.Insert(at++, key.KeyChar);
                    }

                    break;
            }

            Draw();
        }
    }

    private void Keep()
    {
        string line = text.ToString();
        if (line.Trim().Length > 0 && (earlier.Count == 0 || earlier[^1] != line))
        {
            earlier.Add(line);
        }
    }

    private void Replace(string line)
    {
        text.Clear().Append(line);
        at = line.Length;
    }

    private void Complete()
    {
        (string completed, IReadOnlyList<string> choices) = PathCompletion.Of(text.ToString(0, at));
        string rest = text.ToString(at, text.Length - at);
        if (choices.Count > 1 && completed.Length == at)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine(string.Join("  ", choices));
        }

        text.Clear().Append(completed).Append(rest);
        at = completed.Length;
    }

    // Of a line that is wider than the terminal the end before the cursor is shown.
    private void Draw()
    {
        int room = Math.Max(10, Cli.Terminal.Width - prompt.Length - 1);
        int first = Math.Max(0, at - room);
        string shown = text.ToString(first, Math.Min(room, text.Length - first));
        int left = shown.Length - (at - first);
        Console.Out.Write($"\r\u001b[K{prompt}{shown}{(left > 0 ? $"\u001b[{left}D" : "")}");
        Console.Out.Flush();
    }
}
