namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>Makes up titles and names.</summary>
internal static class Titles
{
    private static readonly string[] Patterns = ["{0} {1}", "{1} of the {0}", "{0} and {1}", "No More {0}", "{0} Again", "One {1}", "Where the {0} Goes", "My {0} {1}"];
    private static readonly string[] First = ["Amber", "Silas", "Nora", "Cold", "Velvet", "Otis", "Marlene", "Iron", "Lucky", "Juno", "Delta", "Paper", "Hollow", "Clara", "Royal", "Basil", "Wren", "Golden", "Edda", "North"];
    private static readonly string[] Last = ["Harbour", "Finch", "Lanterns", "Castle", "Moreau", "Quartet", "Brothers", "Vane", "Holloway", "Engine", "Society", "Tanner", "Reed", "Orchard", "Signals", "Abbott", "Ferry", "Meridian", "Lowe", "Parade"];

    /// <summary>A song's title.</summary>
    public static string Make(Genre genre, Dice dice)
    {
        string first = dice.Pick(genre.TitleWords);
        string second = dice.Pick(genre.TitleWords);
        return string.Format(System.Globalization.CultureInfo.InvariantCulture, dice.Pick(Patterns), first, second == first ? "Song" : second);
    }

    /// <summary>
    /// An artist's name, of which no two are alike: 400 of first and last, then numbered.
    /// </summary>
    /// <param name="place">The artist's place among all genres' artists.</param>
    /// <param name="seed">Another corpus has other artists.</param>
    public static string Artist(int place, ulong seed)
    {
        int all = First.Length * Last.Length;
        // A step that shares no divisor with 400 visits every pair once.
        int pair = (int)(((ulong)place * 147 + seed % (ulong)all) % (ulong)all);
        string name = $"{First[pair % First.Length]} {Last[(pair / First.Length + pair % First.Length) % Last.Length]}";
        return place < all ? name : $"{name} {place / all + 1}";
    }
}
