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
            if (cancel.IsCancellationRequested)
            {
                Console.Out.WriteLine(); // what is said next begins a line
                cancel.ThrowIfCancellationRequested();
            }

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
                case ConsoleKey.W when hasControl:
                    RemoveWord();
                    break;
                case ConsoleKey.Tab:
                    Complete();
                    break;
                case ConsoleKey.Backspace when at > 0:
                    Remove(Before(), at);
                    break;
                case ConsoleKey.Delete when at < text.Length:
                    Remove(at, After());
                    break;
                case ConsoleKey.LeftArrow:
                    at = Before();
                    break;
                case ConsoleKey.RightArrow:
                    at = After();
                    break;
                case ConsoleKey.Home:
                case ConsoleKey.A when hasControl:
                    at = 0;
                    break;
                case ConsoleKey.End:
                case ConsoleKey.E when hasControl:
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

            if (!Console.KeyAvailable)
            {
                Draw(); // of what is pasted, only the whole
            }
        }
    }

    // A letter may be two chars.
    private int Before() => Math.Max(0, at - (at > 1 && char.IsLowSurrogate(text[at - 1]) ? 2 : 1));

    private int After() => Math.Min(text.Length, at + (at + 1 < text.Length && char.IsHighSurrogate(text[at]) ? 2 : 1));

    private void Remove(int from, int to)
    {
        text.Remove(from, to - from);
        at = from;
    }

    // Back to where a part of a path begins.
    private void RemoveWord()
    {
        int from = at;
        while (from > 0 && text[from - 1] is '/' or ' ')
        {
            from--;
        }

        while (from > 0 && text[from - 1] is not ('/' or ' '))
        {
            from--;
        }

        Remove(from, at);
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
            Console.Out.WriteLine(Shown.Of(string.Join("  ", choices)));
        }

        text.Clear().Append(completed).Append(rest);
        at = completed.Length;
    }

    // Of a line that is wider than the terminal the end before the cursor is shown.
    private void Draw()
    {
        int room = Math.Max(10, Cli.Terminal.Width - prompt.Length - 1);
        int first = Math.Max(0, at - room);
        string before = text.ToString(first, at - first);
        string after = text.ToString(at, Math.Min(room - before.Length, text.Length - at));

        // The terminal remembers the cursor's place: it knows how wide each letter is.
        Console.Out.Write($"\r\u001b[K{prompt}{before}{(after.Length > 0 ? $"\u001b7{after}\u001b8" : "")}");
        Console.Out.Flush();
    }
}
