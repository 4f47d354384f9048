using System.Text;

namespace Pipeline.Stages.Prediction;

/// <summary>Paths as people type them, or as a file manager puts them there: with quotes, with backslashes before blanks, with ~ for the home folder, as file:// addresses.</summary>
internal static class TypedPath
{
    /// <summary>The path that is meant; empty where nothing was typed. What there is under the very name is meant first.</summary>
    public static string Of(string typed)
    {
        string text = typed.Trim();
        if (text.Length == 0 || Path.Exists(typed))
        {
            return text.Length == 0 ? "" : typed;
        }

        if (text.Length >= 2 && text[0] is '\'' or '"' && text[^1] == text[0])
        {
            return text[1..^1];
        }

        if (Path.Exists(text))
        {
            return text;
        }

        if (text.StartsWith("file://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out Uri? address))
        {
            return address.LocalPath;
        }

        return AtHome(Unescaped(text));
    }

    /// <summary>The beginning of a path that is being typed, without an opening quote and backslashes.</summary>
    public static string Begun(string typed)
    {
        string text = typed.TrimStart();
        return text.Length > 0 && text[0] is '\'' or '"' ? text[1..] : Unescaped(text);
    }

    /// <summary>A path in which ~ may stand for the home folder.</summary>
    public static string AtHome(string path) => path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
        ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
        : path;

    private static string Unescaped(string text)
    {
        var path = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && !OperatingSystem.IsWindows())
            {
                i++;
            }

            path.Append(text[i]);
        }

        return path.ToString();
    }
}
