using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>Makes up artists.</summary>
internal static class ArtistTable
{
    /// <summary>Artist <paramref name="number"/> of a genre; equal arguments give equal artists.</summary>
    public static Artist Make(Genre genre, int number, ulong seed)
    {
        Dice dice = new Dice(seed).Child(genre.Name).Child("artist", number);
        Ensemble ensemble = dice.Pick(genre.Ensembles);
        var band = new Dictionary<Role, Instrument>();
        foreach (Role role in Enum.GetValues<Role>())
        {
            if (ensemble.Of(role) is { Length: > 0 } instruments)
            {
                band[role] = dice.Pick(instruments);
            }
        }

        int first = dice.Below(12);
        bool crosses = dice.Chance(0.45);
        return new Artist
        {
            Name = Titles.Artist(Array.IndexOf(GenreTable.All, genre) + GenreTable.All.Length * number, seed),
            Genre = genre,
            Number = number,
            Styles = dice.Chance(0.5) ? genre.Styles : [dice.Pick(genre.Styles), dice.Pick(genre.Styles)],
            Neighbour = crosses ? GenreTable.Find(dice.Pick(genre.Neighbours)) : null,
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
}
