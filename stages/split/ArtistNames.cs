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

    // What Unicode's decompositions (version 14) make of the Latin letters from U+00C0 and from U+1E00 on; a dot where that is no letter
    // of ASCII. .NET has none of them where it does without ICU, as the stages do.
    private const string FromC0 =
        "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.y"
        + "aaaaaaccccccccdd..eeeeeeeeeegggggggghh..iiiiiiiii...jjkk.llllll."
        + "...nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzzs"
        + "................................oo.............uu..............."
        + ".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...."
        + "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............";

    private const string From1E00 =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
        + "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
        + "wwwwwwwwwwxxxxyyzzzzzzhtwy.s....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
        + "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

    /// <summary>The artists that a name names, each in the form in which it is compared; none where it stands for nobody.</summary>
    public static IReadOnlyList<string> Of(string name) =>
        [.. Separators().Split(name).Select(Comparable).Where(n => !Nobody.Contains(n)).Distinct()];

    /// <summary>The letters and digits of a text, in lower case and without marks; <c>&amp;</c> is <c>and</c>.</summary>
    public static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (char letter in text.Replace("&", "and", StringComparison.Ordinal))
        {
            if (char.IsLetterOrDigit(letter) || char.IsSurrogate(letter))
            {
                _ = Spelt(letter) is { } two ? letters.Append(two) : letters.Append(char.ToLowerInvariant(Bare(letter)));
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

    // Without its marks, and of the usual width.
    private static char Bare(char letter)
    {
        char bare = letter switch
        {
            'ø' or 'Ø' => 'o',
            'ł' or 'Ł' => 'l',
            'đ' or 'Đ' or 'ð' or 'Ð' => 'd',
            'ħ' or 'Ħ' => 'h',
            'ı' => 'i',
            >= '\u00C0' and < '\u0240' => FromC0[letter - 0xC0],
            >= '\u1E00' and < '\u1F00' => From1E00[letter - 0x1E00],
            >= '\uFF10' and <= '\uFF5A' => (char)(letter - 0xFEE0),
            _ => '.',
        };
        return bare == '.' ? letter : bare;
    }

    // Letters that are two where they cannot be typed.
    private static string? Spelt(char letter) => letter switch
    {
        'ß' or 'ẞ' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'þ' or 'Þ' => "th",
        _ => null,
    };

    // With something before and behind: Little Feat is a band.
    [GeneratedRegex(@"(?<=\S)[\s(\[]+(?:feat\.?|featuring|ft\.)\s+(?=\S)|(?<=\S)\s+(?:/|vs\.?)\s+(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"\s*,\s*the$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TrailingThe();
}
