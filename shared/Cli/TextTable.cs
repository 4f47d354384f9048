namespace Pipeline.Cli;

/// <summary>A table for people: columns as wide as they need to be, within the terminal.</summary>
/// <param name="headings">What stands above the columns; a table whose headings are all empty has no such line.</param>
public sealed class TextTable(params string[] headings)
{
    private const int Gap = 2;
    private const int Narrowest = 8;

    private readonly List<string[]> rows = [];

    /// <summary>Columns whose cells are set flush right: numbers.</summary>
    public HashSet<int> FlushRight { get; } = [];

    /// <summary>Columns that are never cut, as numbers are not.</summary>
    public HashSet<int> Whole { get; } = [];

    /// <summary>Columns whose cells lose their middle where they are cut: names often differ at their ends alone.</summary>
    public HashSet<int> CutInside { get; } = [];

    /// <summary>Number of rows, the headings not counted.</summary>
    public int Rows => rows.Count;

    /// <summary>Adds a row, a cell for each heading.</summary>
    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>Width that the table needs to show everything.</summary>
    public int NaturalWidth => Widths().Sum() + Gap * (headings.Length - 1);

    /// <summary>Width that the table needs with its texts cut as far as they may be.</summary>
    public int LeastWidth => Widths().Select((w, i) => FlushRight.Contains(i) || Whole.Contains(i) ? w : Math.Min(w, Narrowest)).Sum() + Gap * (headings.Length - 1);

    /// <summary>Writes the table, its widest texts cut to fit the terminal.</summary>
    public void Write(TextWriter output)
    {
        int[] widths = Widths();
        for (int over = NaturalWidth - Terminal.Width; over > 0 && Widest(widths) is { } widest; over--)
        {
            widths[widest]--;
        }

        if (headings.Any(h => h.Length > 0))
        {
            WriteLine(output, headings, widths);
        }

        foreach (string[] row in rows)
        {
            WriteLine(output, row, widths);
        }
    }

    private void WriteLine(TextWriter output, string[] cells, int[] widths)
    {
        var line = new System.Text.StringBuilder();
        for (int i = 0; i < cells.Length; i++)
        {
            string cell = CutInside.Contains(i) ? Ellipsis.Inside(cells[i], widths[i]) : Ellipsis.AtEnd(cells[i], widths[i]);
            line.Append(FlushRight.Contains(i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            line.Append(' ', Gap);
        }

        output.WriteLine(line.ToString().TrimEnd());
    }

    /// <summary>The column that gives way: the widest text, because a number that is cut says nothing.</summary>
    private int? Widest(int[] widths)
    {
        int? widest = null;
        for (int i = 0; i < widths.Length; i++)
        {
            if (!FlushRight.Contains(i) && !Whole.Contains(i) && widths[i] > Narrowest && (widest is null || widths[i] > widths[widest.Value]))
            {
                widest = i;
            }
        }

        return widest;
    }

    private int[] Widths()
    {
        var widths = new int[headings.Length];
        for (int i = 0; i < widths.Length; i++)
        {
            widths[i] = Math.Max(headings[i].Length, rows.Count == 0 ? 0 : rows.Max(r => r[i].Length));
        }

        return widths;
    }
}
