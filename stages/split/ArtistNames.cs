using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Pipeline.Stages.Splitting;

/// <summary>Artists' names, made comparable.</summary>
internal static partial class ArtistNames
{
    private static readonly HashSet<string> Nobody =
    [
        "", "anonymous", "artistunknown", "na", "nan", "noartist", "none", "null", "traditional", "unbekannt", "unknown", "unknownartist", "untitled",
        "va", "variosartistas", "various", "variousartist", "variousartists", "verschiedene",
    ];

    /// <summary>The artists that a name names, each in the form in which it is compared; none where it stands for nobody.</summary>
    public static IReadOnlyList<string> Of(string name) =>
        [.. Separators().Split(name).Select(Comparable).Where(n => !Nobody.Contains(n)).Distinct()];

    /// <summary>The letters and digits of a text, in lower case and without marks; <c>&amp;</c> is <c>and</c>.</summary>
    public static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (char letter in text.Replace("&", "and", StringComparison.Ordinal).Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(letter) || char.IsSurrogate(letter))
            {
                letters.Append(Undecomposed(letter) is { } plain ? plain : char.ToLowerInvariant(letter).ToString(CultureInfo.InvariantCulture));
            }
        }

        return letters.ToString();
    }

    private static string Comparable(string name)
    {
        string bare = name.Trim().Trim('(', ')', '[', ']').Trim();
        if (bare.StartsWith("the ", StringComparison.OrdinalIgnoreCase))
        {
            bare = bare[4..];
        }
        else if (TrailingThe().Match(bare) is { Success: true } the)
        {
            bare = bare[..the.Index];
        }

        string letters = Letters(bare);

        // Of signs alone are the names of some bands, such as !!!, and of nobody.
        return letters.Length > 0 || bare.All(c => c is '?' or '-' or '_' or '.' or '/' or ' ') ? letters : bare;
    }

    // Letters that Unicode does not take apart, as they are written without.
    private static string? Undecomposed(char letter) => letter switch
    {
        'ø' or 'Ø' => "o",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'ß' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'þ' or 'Þ' => "th",
        'ı' => "i",
        _ => null,
    };

    // With something before and behind: Little Feat is a band.
    [GeneratedRegex(@"(?<=\S)[\s(\[]+(?:feat\.?|featuring|ft\.)\s+(?=\S)|(?<=\S)\s+(?:/|vs\.?)\s+(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"\s*,\s*the$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TrailingThe();
}
