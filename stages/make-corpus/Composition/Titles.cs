namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>Makes up titles and names.</summary>
internal static class Titles
{
    private static readonly string[] Patterns = ["{0} {1}", "{1} of the {0}", "{0} and {1}", "No More {0}", "{0} Again", "One {1}", "Where the {0} Goes", "My {0} {1}"];
    private static readonly string[] Kinds = ["Saga", "Quest", "Legend", "Tales", "Chronicle", "Odyssey", "Tactics", "Wars", "Trials", "Story", "Realms", "Knights"];
    private static readonly string[] Subjects = ["Ember", "Azure", "Shadow", "Crystal", "Dragon", "Rune", "Moon", "Storm", "Ivory", "Comet", "Thorn"];
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
    public static string Artist(int place, ulong seed) => Pair(First, Last, 147, place, seed);

    /// <summary>A game's title: 132 of two words, then numbered.</summary>
    /// <param name="place">The game's place among all.</param>
    /// <param name="seed">Another corpus has other games.</param>
    public static string Game(int place, ulong seed) => Pair(Subjects, Kinds, 43, place, seed);

    // A step that shares no divisor with the number of pairs visits every one once.
    private static string Pair(string[] first, string[] last, int step, int place, ulong seed)
    {
        int all = first.Length * last.Length;
        int pair = (int)(((ulong)place * (ulong)step + seed % (ulong)all) % (ulong)all);
        string name = $"{first[pair % first.Length]} {last[(pair / first.Length + pair % first.Length) % last.Length]}";
        return place < all ? name : $"{name} {place / all + 1}";
    }
}
