using Pipeline.Stages.MakeCorpus.Composition.GameMusic;
using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>Makes up artists.</summary>
/// <param name="genres">Of the corpus: artists borrow from their neighbours among these.</param>
/// <param name="seed">Another corpus has other artists.</param>
internal sealed class ArtistTable(GenreTable genres, ulong seed)
{
    /// <summary>Artist <paramref name="number"/> of a genre; equal arguments give equal artists.</summary>
    public Artist Make(Genre genre, int number)
    {
        Dice dice = new Dice(seed).Child(genre.Name).Child("artist", number);
        Dictionary<Role, Instrument> band = Band(dice.Pick(genre.Ensembles), dice);
        int first = dice.Below(12);
        bool crosses = dice.Chance(0.45) && genre.Neighbours.Length > 0;
        return new Artist
        {
            Name = Titles.Artist(genres.PlaceOf(genre) + genres.All.Count * number, seed),
            Genre = genre,
            Number = number,
            Styles = dice.Chance(0.5) ? genre.Styles : [dice.Pick(genre.Styles), dice.Pick(genre.Styles)],
            Neighbour = crosses ? genres.Find(dice.Pick(genre.Neighbours)) : null,
            Borrows = dice.Between(0.1, 0.4),
            Keys = [first, (first + 5) % 12, (first + 7) % 12],
            Pace = dice.Between(0.1, 0.9),
            Band = band,
            Production = genre.Production.ForArtist(dice.Child("production")),
            Year = genre.Years.From + dice.Below(genre.Years.To - genre.Years.From + 1),
            Looseness = dice.Between(0.002, 0.009),
            Dice = dice,
        };
    }

    /// <summary>A game as the artist of its music of one class: all its classes share a console's sound, a name and a year.</summary>
    public Artist MakeGame(Genre genre, int number)
    {
        Dice dice = new Dice(seed).Child("game", number);
        int place = dice.Below(GameConsole.All.Count);
        return Make(genre, number) with
        {
            Name = Titles.Game(number, seed),
            Band = Band(genre.Ensembles[place], dice.Child("band")),
            Production = GameConsole.All[place].Production.ForArtist(dice.Child("production")),
            Year = GameConsole.All[place].Years.From + dice.Below(GameConsole.All[place].Years.To - GameConsole.All[place].Years.From + 1),
            Looseness = 0,
        };
    }

    private static Dictionary<Role, Instrument> Band(Ensemble ensemble, Dice dice)
    {
        var band = new Dictionary<Role, Instrument>();
        foreach (Role role in Enum.GetValues<Role>())
        {
            if (ensemble.Of(role) is { Length: > 0 } instruments)
            {
                band[role] = dice.Pick(instruments);
            }
        }

        return band;
    }
}
