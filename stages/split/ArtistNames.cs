using System.Text;
using System.Text.RegularExpressions;

namespace Pipeline.Stages.Splitting;

/// <summary>Artists' names, made comparable.</summary>
internal static partial class ArtistNames
{
    private const char Voicing = '\u3099'; // of the letter before it, in Japanese
    private const char HalfVoicing = '\u309A';
    private const char FirstSyllable = '\uAC00'; // of Korean

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
        foreach (char sign in text.Replace("&", "and", StringComparison.Ordinal).Replace(" + ", "and", StringComparison.Ordinal))
        {
            char letter = char.ToLowerInvariant(sign);
            if (Spelt(letter) is { } several)
            {
                letters.Append(several);
            }
            else if (letter is Voicing or HalfVoicing && letters.Length > 0)
            {
                letters[^1] = Voiced(letters[^1], letter);
            }
            else if (char.IsLetterOrDigit(letter) || char.IsSurrogate(letter))
            {
                letters.Append(Bare(letter));
            }
        }

        return letters.ToString();
    }

    private static string Comparable(string name)
    {
        string bare = name.Trim().Trim('(', ')', '[', ']').Trim();
        if (LeadingThe().Match(bare) is { Success: true } leading)
        {
            bare = bare[leading.Length..];
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
            'ø' => 'o',
            'ł' => 'l',
            'đ' or 'ð' => 'd',
            'ħ' => 'h',
            'ı' => 'i',
            >= '\u00C0' and < '\u0240' => FromC0[letter - 0xC0],
            >= '\u1E00' and < '\u1F00' => From1E00[letter - 0x1E00],
            >= '\uFF10' and <= '\uFF5A' => (char)(letter - 0xFEE0),
            'ά' => 'α',
            'έ' => 'ε',
            'ή' => 'η',
            'ί' or 'ϊ' or 'ΐ' => 'ι',
            'ό' => 'ο',
            'ύ' or 'ϋ' or 'ΰ' => 'υ',
            'ώ' => 'ω',
            'ς' => 'σ',
            'ё' or 'ѐ' => 'е',
            'й' or 'ѝ' => 'и',
            'ї' => 'і',
            'ў' => 'у',
            'ѓ' => 'г',
            'ќ' => 'к',
            _ => '.',
        };
        return bare == '.' ? letter : bare;
    }

    // Letters that are several where they cannot be typed, or where marks and the parts of syllables are written one by one.
    private static string? Spelt(char letter) => letter switch
    {
        'ß' or 'ẞ' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        >= FirstSyllable and <= '\uD7A3' => Syllable(letter - FirstSyllable),
        _ => null,
    };

    // By the arithmetic of Unicode's chapter 3.12: 19 beginnings, 21 vowels, and 27 endings or none.
    private static string Syllable(int number)
    {
        string open = $"{(char)('\u1100' + number / (21 * 28))}{(char)('\u1161' + number / 28 % 21)}";
        return number % 28 == 0 ? open : open + (char)('\u11A7' + number % 28);
    }

    // The voiced letters come right after those without the mark, and so do the half-voiced ones.
    private static char Voiced(char kana, char mark)
    {
        char hiragana = kana is >= 'ァ' and <= 'ヶ' ? (char)(kana - ('ァ' - 'ぁ')) : kana;
        return mark == Voicing && "かきくけこさしすせそたちつてとはひふへほ".Contains(hiragana, StringComparison.Ordinal) ? (char)(kana + 1)
            : mark == HalfVoicing && "はひふへほ".Contains(hiragana, StringComparison.Ordinal) ? (char)(kana + 2)
            : kana;
    }

    // With something before and behind: Little Feat is a band.
    [GeneratedRegex(
        @"(?<=\S)[\s(\[]+(?:(?:feat|ft)\.\s*|w/\s*|(?:feat|featuring|ft)\s+)(?=\S)|(?<=\S)\s+(?:/|vs\.?)\s+(?=\S)|\s*;\s*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^the\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LeadingThe();

    [GeneratedRegex(@"\s*,\s*the$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TrailingThe();
}
