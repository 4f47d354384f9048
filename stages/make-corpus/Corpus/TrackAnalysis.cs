using Pipeline.Dsp.Segments;
using Pipeline.Msd;
using Pipeline.Stages.MakeCorpus.Composition;
using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>
/// Describes a song as the Million Song Dataset does: an excerpt of it is rendered and analysed. It keeps plans and is for
/// one thread at a time.
/// </summary>
internal sealed class TrackAnalysis
{
    // Records are cut at different levels, in decibels, below a full scale that the loudest just touch.
    private const double QuietestCut = -12;

    private readonly SongAnalyzer analyzer = new();

    /// <summary>The song with its analysis.</summary>
    /// <param name="track">Its identifier and artist.</param>
    /// <param name="song">The composed song.</param>
    /// <param name="seconds">Length of the excerpt.</param>
    /// <param name="cancel">Ends the rendering.</param>
    public MsdSong Describe(PlannedTrack track, Song song, double seconds, CancellationToken cancel)
    {
        Dice dice = new Dice(0).Child(track.TrackId);
        float[] samples = ClipSound.Excerpt(song, seconds, cancel);
        float gain = (float)Math.Pow(10, dice.Between(QuietestCut, 0) / 20);
        foreach (ref float sample in samples.AsSpan())
        {
            sample *= gain;
        }

        return new MsdSong
        {
            TrackId = track.TrackId,
            SongId = Identifier("SO", song.Title + song.Artist.Name),
            Title = song.Title,
            Release = Titles.Make(song.Genre, song.Artist.Dice.Child("release", track.Song / 5)),
            ArtistName = song.Artist.Name,
            ArtistId = Identifier("AR", song.Artist.Name),
            Year = dice.Chance(0.5) ? song.Year : 0, // half of the dataset's years are not known
            SampleRate = Samples.Rate,
        }.With(analyzer.Analyze(samples));
    }

    // As the Echo Nest's: two letters and sixteen digits, the same for the same name.
    private static string Identifier(string prefix, string name)
    {
        Dice dice = new Dice(18).Child(prefix + name);
        return prefix + string.Concat(Enumerable.Range(0, 16).Select(_ => "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[dice.Below(36)]));
    }
}
