using Pipeline.Audio;
using Pipeline.Cli;
using Pipeline.Listening;

namespace Pipeline.Stages.Prediction;

/// <summary>The pieces that are asked about: files, folders with all in them that the model can hear, and patterns such as <c>*.wav</c>.</summary>
internal static class Asked
{
    /// <summary>The files, in the order in which they were named; a folder's in the order of their names.</summary>
    /// <param name="names">What was named.</param>
    /// <param name="kinds">What the model can be asked about.</param>
    /// <param name="useFfmpeg">Whether a file counts that only ffmpeg may read.</param>
    /// <param name="cancel">Ends the search.</param>
    public static IEnumerable<Piece> Pieces(IEnumerable<string> names, IReadOnlyList<PieceKind> kinds, bool useFfmpeg, CancellationToken cancel)
    {
        foreach (string name in names)
        {
            foreach (string found in Pattern.Expand(name))
            {
                if (!Directory.Exists(found))
                {
                    foreach (Piece piece in Piece.In(found, found))
                    {
                        yield return piece;
                    }

                    continue;
                }

                int others = 0, taken = 0;
                string example = "";
                foreach (string file in InputTree.Files(found, cancel))
                {
                    string path = Path.Combine(found, file);
                    if (!IsHeard(path, kinds, useFfmpeg))
                    {
                        (others, example) = (others + 1, file);
                        continue;
                    }

                    taken++;
                    foreach (Piece piece in Piece.In(path, path))
                    {
                        yield return piece;
                    }
                }

                if (taken == 0)
                {
                    throw new StageException($"there is nothing in the folder '{found}' that the model can be asked about" + (others > 0 ? $", only other files such as {example}" : ""));
                }

                if (others > 0)
                {
                    Terminal.Message($"{Amount.Of(others, "file")} of other kinds in {found} left out, such as {example}");
                }
            }
        }
    }

    private static bool IsHeard(string path, IReadOnlyList<PieceKind> kinds, bool useFfmpeg)
    {
        PieceKind kind = Piece.KindOf(path);
        return kinds.Contains(kind) && (kind != PieceKind.Sound || SoundFiles.Has(path, useFfmpeg));
    }
}
