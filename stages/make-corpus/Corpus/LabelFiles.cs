using System.Text;
using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>
/// Writes what people say of the tracks, in the forms of the two label sets of the Million Song Dataset. As with the real ones,
/// each knows tracks that the other does not, and sometimes they disagree.
/// </summary>
internal static class LabelFiles
{
    private const double Known = 0.92;
    private const double Disagrees = 0.1;
    private const double HasMinority = 0.15;

    private const string TagtraumHeader =
        "############################################################################################\n" +
        "#    Song-level genre labels of made-up songs, in the form of Tagtraum's for the MSD.\n" +
        "#    Format: '#'  = comment\n" +
        "#            '\\t' = field separator\n" +
        "#            '\\n' = line separator\n" +
        "#    Fields: trackId, majority-genre, minority-genre?\n" +
        "############################################################################################\n";

    /// <summary>Writes <c>tagtraum.cls</c> and <c>topmagd.cls</c> into a folder.</summary>
    public static void Write(string folder, IReadOnlyList<PlannedTrack> tracks, ulong seed, CancellationToken cancel)
    {
        var tagtraum = new StringBuilder(TagtraumHeader);
        var topMagd = new StringBuilder();
        foreach (PlannedTrack track in tracks)
        {
            cancel.ThrowIfCancellationRequested();
            Dice dice = new Dice(seed).Child(track.TrackId);
            Genre genre = track.Artist.Genre;
            Genre flavour = Composer.Flavour(track.Artist, track.Song);
            if (dice.Chance(Known))
            {
                // Who hears the borrowed style says so.
                string? minority = flavour.Label != genre.Label ? flavour.Label : dice.Chance(HasMinority) ? dice.Pick(genre.NearbyLabels) : null;
                tagtraum.Append(track.TrackId).Append('\t').Append(genre.Label).Append(minority is null ? "" : '\t' + minority).Append('\n');
            }

            if (dice.Chance(Known))
            {
                string label = dice.Chance(Disagrees) ? dice.Pick(genre.NearbyLabels) : genre.Label;
                topMagd.Append(track.TrackId).Append('\t').Append(label).Append('\n');
            }
        }

        File.WriteAllText(Path.Combine(folder, "tagtraum.cls"), tagtraum.ToString());
        File.WriteAllText(Path.Combine(folder, "topmagd.cls"), topMagd.ToString());
    }
}
