using System.Text;

namespace Pipeline.Stages.Prediction;

/// <summary>Paths as people type them, or as a file manager puts them there: with quotes, with backslashes before blanks, with ~ for the home folder.</summary>
internal static class TypedPath
{
    /// <summary>The path that is meant.</summary>
    public static string Of(string typed)
    {
        string text = typed.Trim();
        if (text.Length >= 2 && text[0] is '\'' or '"' && text[^1] == text[0])
        {
            return text[1..^1];
        }

        if (Path.Exists(text))
        {
            return text;
        }

        var path = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && !OperatingSystem.IsWindows())
            {
                i++;
            }

            path.Append(text[i]);
        }

        string plain = path.ToString();
        return plain == "~" || plain.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + plain[1..]
            : plain;
    }
}
