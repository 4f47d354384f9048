using Pipeline.Cli;
using Pipeline.Listening;

namespace Pipeline.Stages.Prediction;

/// <summary>The pieces that are asked about: files, folders with all in them that the model can hear, and patterns such as <c>*.wav</c>.</summary>
/// <param name="listener">The model.</param>
internal sealed class Asked(Listener listener)
{
    /// <summary>The pieces of a name: a folder's in the order of their names. A name that leads to none is a piece with a fault, so that it is told of in its place.</summary>
    /// <param name="name">What was named.</param>
    /// <param name="cancel">Ends the search.</param>
    public IEnumerable<Piece> Pieces(string name, CancellationToken cancel)
    {
        foreach (string found in Pattern.Expand(name))
        {
            IEnumerable<Piece> pieces = Directory.Exists(found) ? InFolder(found, cancel) : Path.Exists(found) ? Piece.In(found, found) : [Lost(found)];
            foreach (Piece piece in pieces)
            {
                yield return piece;
            }
        }
    }

    private IEnumerable<Piece> InFolder(string folder, CancellationToken cancel)
    {
        int others = 0, taken = 0;
        string example = "";
        string? broken = null;
        using IEnumerator<string> files = InputTree.Files(folder, cancel).GetEnumerator();
        while (HasNext(files, ref broken))
        {
            string path = Path.Combine(folder, files.Current);
            if (!listener.Takes(path))
            {
                (others, example) = (others + 1, files.Current);
                continue;
            }

            taken++;
            foreach (Piece piece in Piece.In(path, path))
            {
                yield return piece;
            }
        }

        if (others > 0)
        {
            Terminal.Message($"{Amount.Of(others, "file")} of other kinds in {folder} left out, such as {example}");
        }

        if (broken is not null)
        {
            yield return Faulty(folder, $"it cannot be searched to its end ({broken})");
        }
        else if (taken == 0)
        {
            yield return Faulty(folder, "there is nothing in this folder that the model can be asked about");
        }
    }

    private static bool HasNext(IEnumerator<string> files, ref string? broken)
    {
        try
        {
            return files.MoveNext();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            broken = e.Message.TrimEnd('.');
            return false;
        }
    }

    private static Piece Lost(string name)
    {
        if (Pattern.Is(name))
        {
            return Faulty(name, "no file or folder is named like this");
        }

        string folder = Path.GetDirectoryName(name) ?? "";
        string[] beside = [];
        try
        {
            beside = [.. Directory.EnumerateFileSystemEntries(folder.Length == 0 ? "." : folder).Select(e => Path.GetFileName(e)!)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a folder that is not there has no names to mistake
        }

        string? meant = NearestName.Of(Path.GetFileName(name), beside);
        return Faulty(name, "there is no such file" + (meant is null ? "" : $" (did you mean '{Path.Combine(folder, meant)}'?)"));
    }

    private static Piece Faulty(string name, string fault) => new(name, name, PieceKind.Sound, Fault: fault);
}
