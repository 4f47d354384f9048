using System.Globalization;
using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>Decides which tracks the made-up Million Song Dataset has.</summary>
internal static class TrackPlan
{
    private const int TracksPerArtist = 4;

    /// <summary>The tracks, by identifier.</summary>
    public static IReadOnlyList<PlannedTrack> Make(CorpusOptions options, ArtistTable artists)
    {
        Dice dice = new Dice(options.Seed).Child("tracks");
        var tracks = new List<PlannedTrack>();
        var taken = new HashSet<string>();
        for (int i = 0; i < options.Tracks; i++)
        {
            Genre genre = options.Genres[i % options.Genres.Count];
            int place = i / options.Genres.Count;
            // Half of the artists with clips are here too, as artists of GTZAN are in the real dataset:
            // who splits by artist must do so over both.
            Artist artist = artists.Make(genre, options.Artists / 2 + place / TracksPerArtist);
            string id = Identifier(dice);
            while (!taken.Add(id))
            {
                id = Identifier(dice);
            }

            tracks.Add(new PlannedTrack(id, artist, options.Clips + place % TracksPerArtist));
        }

        return [.. tracks.OrderBy(t => t.TrackId, StringComparer.Ordinal)];
    }

    private static string Identifier(Dice dice)
    {
        string letters = string.Concat(Enumerable.Range(0, 5).Select(_ => (char)('A' + dice.Below(26))));
        string hex = (dice.Bits() & 0xFFFFFFF).ToString("X7", CultureInfo.InvariantCulture);
        return $"TR{letters}128{dice.Pick(["F", "E"])}{hex}";
    }
}
